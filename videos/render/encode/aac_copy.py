"""Copies AAC packets of a song into a film without re-encoding them."""

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

from av.audio.stream import AudioStream
from av.container import InputContainer

from videos.render.audio.decoding import open_audio, output_format, sound_stream
from videos.render.encode.aac_pieces import PACKET_SAMPLES
from videos.render.encode.pictures import EncodedPacket


def can_copy_aac(path: Path, duration: float) -> bool:
    """Whether the packets of ``path`` sound the same when a film copies them.

    They do if the film would have the same rate and layout, each packet begins where the one before
    ends, and all of them could be decoded: ``duration`` is the seconds that were decoded.
    """
    with open_audio(path) as container:
        stream = sound_stream(container)
        context = stream.codec_context
        rate, layout = output_format(stream)
        if (context.name, context.profile) != ("aac", "LC"):
            return False
        if (rate, layout) != (stream.sample_rate, context.layout.name):
            return False
        if stream.time_base != Fraction(1, stream.sample_rate):
            return False
        end = _find_end(container, stream)
    return end is not None and abs(end - duration * rate) < PACKET_SAMPLES


def _find_end(container: InputContainer, stream: AudioStream) -> int | None:
    """Return the sample after the last packet, None if there are gaps between packets."""
    expected: int | None = None
    for packet in container.demux(stream):
        if packet.pts is None:
            continue
        if packet.is_corrupt or packet.pts > 0 if expected is None else packet.pts != expected:
            return None
        expected = packet.pts + (packet.duration or PACKET_SAMPLES)
    return expected


def copy_aac_packets(container: InputContainer, stream: AudioStream) -> Iterator[EncodedPacket]:
    """Yield the packets of the sound in ``container`` for ``stream``."""
    for packet in container.demux(sound_stream(container)):
        if packet.size:
            packet.stream = stream
            yield packet
