"""The encoder of the pictures and how it is set."""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Any, NamedTuple, TypeAlias

from av.codec.context import CodecContext, Flags
from av.packet import Packet
from av.video.codeccontext import VideoCodecContext

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

Coded: TypeAlias = "Packet[Any]"


class Picture(NamedTuple):
    """An encoded frame: its place in the film, whether it stands alone, and its bitstream."""

    number: int
    is_key: bool
    data: bytes


def open_picture_encoder(width: int, height: int, fps: int) -> VideoCodecContext:
    """Return an opened x264. Raises RenderError if an option did not take."""
    encoder = CodecContext.create("libx264", "w")
    set_up_pictures(encoder, width, height, fps)
    encoder.open()
    require_taken(encoder)
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


def set_up_pictures(encoder: VideoCodecContext, width: int, height: int, fps: int) -> None:
    """Set everything that decides how an encoder that is not open yet codes pictures."""
    encoder.width, encoder.height = width, height
    encoder.pix_fmt = "yuv420p"
    encoder.framerate, encoder.time_base = Fraction(fps), Fraction(1, fps)
    encoder.color_primaries = encoder.color_trc = encoder.colorspace = AS_BT709
    encoder.color_range = AS_LIMITED
    encoder.flags |= Flags.global_header | Flags.closed_gop
    encoder.thread_count = 1  # the chunks are what runs side by side
    encoder.options = dict(X264)


def require_taken(encoder: CodecContext) -> None:
    """PyAV leaves in `options` what the encoder did not know, and says nothing."""
    if encoder.options:
        raise RenderError(f"{encoder.name} does not know these options: {encoder.options}.")


def _picture(packet: Coded) -> Picture:
    return Picture(packet.pts or 0, packet.is_keyframe, bytes(packet))
