"""The encoders and how they are set, and the MP4 that holds what they make."""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from heapq import merge
from pathlib import Path
from typing import Any, NamedTuple, Self, TypeAlias

import av
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.codec.context import CodecContext, Flags
from av.container import OutputContainer
from av.packet import Packet
from av.video.codeccontext import VideoCodecContext
from av.video.stream import VideoStream

from videos.render.colour import AS_BT709, AS_LIMITED
from videos.render.errors import RenderError
from videos.render.paint import Painter

CHUNK = 300
"""Frames from one key frame to the next: what one process encodes at a time."""

X264 = {
    "preset": "ultrafast",
    "profile": "high",
    "crf": "28",
    # The picture hardly changes: a good first frame serves the 299 that refer to it. Nothing is
    # won by looking ahead or by frames between frames, which the preset leaves out already.
    "i_qfactor": "0.4",
    "g": str(CHUNK),
    # The two that it leaves out too, and that pay: together a quarter of the size.
    "coder": "cabac",
    "x264-params": "8x8dct=1",
}

AAC = {"aac_coder": "fast"}
AAC_BIT_RATE = 192_000

Coded: TypeAlias = "Packet[Any]"


class Picture(NamedTuple):
    """An encoded frame: its place in the film, whether it stands alone, and its bitstream."""

    number: int
    is_key: bool
    data: bytes


def open_picture_encoder(width: int, height: int, fps: int) -> VideoCodecContext:
    """Return an opened x264. Raises RenderError if an option did not take."""
    encoder = CodecContext.create("libx264", "w")
    _set_up_pictures(encoder, width, height, fps)
    encoder.open()
    _require_taken(encoder)
    return encoder


def encode_chunk(
    painter: Painter, frames: Iterable[int], fps: int, header: bytes
) -> Iterator[Picture]:
    """Paint and encode consecutive `frames` as one closed group of pictures.

    Raises RenderError if the encoder's parameter sets are not those of `header`, under which all
    chunks of the film are decoded.
    """
    frame = painter.canvas.frame
    encoder = open_picture_encoder(frame.width, frame.height, fps)
    if bytes(encoder.extradata or b"") != header:
        raise RenderError("x264 chose other parameters for a part of the film than for the first.")
    for index in frames:
        painter.paint(index)
        frame.pts = index
        yield from map(_picture, encoder.encode(frame))
    yield from map(_picture, encoder.encode(None))


class Movie:
    """An MP4 file in the making. Use it as a context manager: leaving completes the file."""

    def __init__(self, path: Path, metadata: dict[str, str]) -> None:
        """Create the file at `path`, to be tagged with `metadata`."""
        # The header goes to the front in the end, so that a player can start at once.
        options = {"movflags": "+faststart"}
        self._container: OutputContainer = av.open(
            str(path.absolute()), "w", format="mp4", container_options=options
        )
        self._container.metadata.update(metadata)

    def add_pictures(self, width: int, height: int, fps: int) -> VideoStream:
        """Add the stream of pictures, which some `open_picture_encoder` of the same size makes."""
        stream = self._container.add_stream("libx264", rate=fps)
        _set_up_pictures(stream.codec_context, width, height, fps)
        return stream

    def add_sound(self, rate: int, layout: str) -> AudioStream:
        """Add the stream of sound, to be encoded with its own encoder."""
        stream = self._container.add_stream("aac", rate=rate, layout=layout)
        stream.codec_context.options = dict(AAC)
        stream.bit_rate = AAC_BIT_RATE
        return stream

    def start(self) -> None:
        """Open the encoders and write what precedes the first packet."""
        self._container.start_encoding()
        for stream in self._container.streams:
            _require_taken(stream.codec_context)

    def write(self, *tracks: Iterator[Coded]) -> Iterator[float]:
        """Write packets in the order of their time, yielding it in seconds as it goes on."""
        for packet in merge(*tracks, key=_seconds):
            time = _seconds(packet)
            self._container.mux(packet)
            yield time

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._container.close()


def picture_packets(pictures: Iterable[Picture], stream: VideoStream, fps: int) -> Iterator[Coded]:
    """Wrap encoded pictures for `stream`."""
    for picture in pictures:
        packet: Coded = Packet(picture.data)
        packet.pts = packet.dts = picture.number
        packet.duration = 1
        packet.time_base = Fraction(1, fps)
        packet.is_keyframe = picture.is_key
        packet.stream = stream
        yield packet


def sound_packets(frames: Iterable[AudioFrame], stream: AudioStream) -> Iterator[Coded]:
    """Encode the sound with the encoder of `stream`."""
    for frame in frames:
        yield from stream.encode(frame)
    yield from stream.encode(None)


def _set_up_pictures(encoder: VideoCodecContext, width: int, height: int, fps: int) -> None:
    encoder.width, encoder.height = width, height
    encoder.pix_fmt = "yuv420p"
    encoder.framerate, encoder.time_base = Fraction(fps), Fraction(1, fps)
    encoder.color_primaries = encoder.color_trc = encoder.colorspace = AS_BT709
    encoder.color_range = AS_LIMITED
    encoder.flags |= Flags.global_header | Flags.closed_gop
    encoder.thread_count = 1  # the chunks are what runs side by side
    encoder.options = dict(X264)


def _require_taken(encoder: CodecContext) -> None:
    """PyAV leaves in `options` what the encoder did not know, and says nothing."""
    if encoder.options:
        raise RenderError(f"{encoder.name} does not know these options: {encoder.options}.")


def _picture(packet: Coded) -> Picture:
    return Picture(packet.pts or 0, packet.is_keyframe, bytes(packet))


def _seconds(packet: Coded) -> float:
    return float((packet.dts or 0) * packet.time_base)
