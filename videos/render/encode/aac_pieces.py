"""Encodes a sound as AAC in pieces, which threads share.

A piece has an encoder of its own, which hears a few packets before it, that are left out: at the
joint the sound is as good as anywhere. The pieces are the same however many threads there are, and
so is the film.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from fractions import Fraction
from typing import NamedTuple

import av
import numpy as np
from av.audio.codeccontext import AudioCodecContext
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from numpy.typing import NDArray

from videos.render.encode.pictures import EncodedPacket, require_options_taken

# The fast coder takes half the time. By itself the encoder cuts off at 18 kHz at this bit rate,
# which makes noisy songs half a decibel quieter and their peaks one decibel higher; and it puts
# noise and one side in place of the other (PNS, intensity stereo), which saves nothing at this bit
# rate and costs 3 to 11 decibels of likeness.
AAC_OPTIONS = {"aac_coder": "fast", "cutoff": "20000", "aac_is": "0", "aac_pns": "0"}
AAC_BIT_RATE = 192_000

PACKET_SAMPLES = 1024  # samples of a packet of AAC
PIECE_PACKETS = 860  # twenty seconds of sound
# Packets before a piece that its encoder hears, until it has as many bits to give as one that has
# heard all: with 4 to 16 of them some joints were 5 to 7 decibels worse, with 32 less than one. And
# the one after it, into which its last packet reaches.
LEAD_PACKETS, TAIL_PACKETS = 32, 1


class Piece(NamedTuple):
    """Samples, (channels, samples), of which the first is number ``start`` of the sound.

    ``skip`` packets before those of the piece are left out, then ``length`` of them are taken, all
    if it is None.
    """

    start: int
    samples: NDArray[np.float32]
    skip: int
    length: int | None


def encode_sound(
    frames: Iterable[AudioFrame], stream: AudioStream, threads: int = 1
) -> Iterator[EncodedPacket]:
    """Encode planar floats like the encoder of ``stream`` would, with so many ``threads``.

    The samples are numbered from 0, so that the first packet (the encoder's priming) comes before
    the start and players leave it out.
    """
    rate, layout = stream.codec_context.sample_rate, stream.codec_context.layout.name
    pending: deque[Future[list[EncodedPacket]]] = deque()
    pool = ThreadPoolExecutor(threads, "aac")
    try:
        for piece in split_into_pieces(map(_to_samples, frames)):
            pending.append(pool.submit(_encode_piece, piece, rate, layout))
            if len(pending) > threads:
                yield from _assign(pending.popleft().result(), stream)
        while pending:
            yield from _assign(pending.popleft().result(), stream)
    finally:
        pool.shutdown(cancel_futures=True)


def _to_samples(frame: AudioFrame) -> NDArray[np.float32]:
    return frame.to_ndarray().astype(np.float32, copy=False)


def split_into_pieces(blocks: Iterable[NDArray[np.float32]]) -> Iterator[Piece]:
    """Yield the pieces of a sound that comes in blocks of (channels, samples)."""
    length = PIECE_PACKETS * PACKET_SAMPLES
    held: list[NDArray[np.float32]] = []
    start, skip, held_samples = 0, 0, 0
    for block in blocks:
        held.append(block)
        held_samples += block.shape[1]
        while held_samples >= (needed := skip * PACKET_SAMPLES + length + _tail()):
            samples = np.concatenate(held, axis=1)
            yield Piece(start, samples[:, :needed], skip, PIECE_PACKETS)
            # Packet ``n`` has the samples before number ``n`` times its length
            skip_next = 1 + LEAD_PACKETS
            used = (skip + PIECE_PACKETS - skip_next) * PACKET_SAMPLES
            start, skip = start + used, skip_next
            held, held_samples = [samples[:, used:]], samples.shape[1] - used
    if held:
        yield Piece(start, np.concatenate(held, axis=1), skip, None)


def _tail() -> int:
    return TAIL_PACKETS * PACKET_SAMPLES


def _encode_piece(piece: Piece, rate: int, layout: str) -> list[EncodedPacket]:
    encoder = open_aac_encoder(rate, layout)
    frame = AudioFrame.from_ndarray(np.ascontiguousarray(piece.samples), "fltp", layout)
    frame.sample_rate, frame.pts, frame.time_base = rate, piece.start, Fraction(1, rate)
    packets: Sequence[EncodedPacket] = [*encoder.encode(frame), *encoder.encode(None)]
    end = None if piece.length is None else piece.skip + piece.length
    return list(packets[piece.skip : end])


def open_aac_encoder(rate: int, layout: str) -> AudioCodecContext:
    """Return an opened encoder. Raises RenderError if it does not know an option."""
    encoder = av.CodecContext.create("aac", "w")
    encoder.sample_rate, encoder.layout, encoder.format = rate, layout, "fltp"
    encoder.bit_rate, encoder.time_base = AAC_BIT_RATE, Fraction(1, rate)
    encoder.options = dict(AAC_OPTIONS)
    encoder.open()
    require_options_taken(encoder)
    return encoder


def _assign(packets: Iterable[EncodedPacket], stream: AudioStream) -> Iterator[EncodedPacket]:
    for packet in packets:
        packet.time_base = Fraction(1, stream.codec_context.sample_rate)
        packet.stream = stream
        yield packet
