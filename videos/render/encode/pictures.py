"""The encoder of the pictures and how it is set."""

from fractions import Fraction
from typing import Any, NamedTuple, TypeAlias

from av.codec.context import CodecContext, Flags
from av.packet import Packet
from av.video.codeccontext import VideoCodecContext

from videos.render.errors import RenderError
from videos.render.paint.colour import AS_BT709, AS_LIMITED

GROUP = 10
"""Seconds from one key frame to the next: what one process encodes at a time."""

X264 = {
    "preset": "superfast",
    "profile": "high",
    # A constant quantiser, since nothing is won by weighing frames that are all alike, and twice:
    # the encoder needs no look at how hard a frame is, and each of a film's many encoders codes
    # the same frame in the same way, whatever it had before.
    "qp": "27",
    # The picture hardly changes: a good first frame serves all those that refer to it.
    "i_qfactor": "0.3",
    "x264-params": ":".join(
        [
            # Each frame refers to the one before, which is what bands can be spliced from.
            "bframes=0",
            "scenecut=0",
            "weightp=0",
            "no-deblock=1",
            "aq-mode=0",
            # What the preset leaves out and pays: a tenth of the size each.
            "analyse=i4x4,i8x8,p8x8",
            "subme=2",
            # Faint detail is kept: the grain of the background, the shine of the
            # bars. For the same size that looks better than a finer quantiser.
            "deadzone-intra=2",
            "deadzone-inter=7",
            # Motion is kept short, so that it stays within a band (see `splice.bands`).
            "mvrange=32",
            "merange=4",
            # No frame has to wait to learn how long it lasts.
            "force-cfr=1",
        ]
    ),
}
"""How pictures are coded."""


class Manner(NamedTuple):
    """What is different for some pictures: `params` of x264, and by how many steps its quantiser is
    `finer`.
    """

    params: str = ""
    finer: int = 0


USUAL = Manner()

IN_PLACE = Manner("subme=0")
"""For pictures whose parts change but do not travel: where they went is not refined. That saves a
quarter of the time, for a little more size.
"""

FADING = Manner("analyse=none", finer=9)
"""For pictures of which all changes: no good still helps those out, and in them small blocks save
nothing of the size for a third of the time.
"""

Coded: TypeAlias = "Packet[Any]"


class Picture(NamedTuple):
    """An encoded frame: its place in the film, whether it stands alone, and its bitstream."""

    number: int
    is_key: bool
    data: bytes


def group_length(fps: int) -> int:
    """Return the frames from one key frame to the next."""
    return GROUP * fps


def open_picture_encoder(
    width: int, height: int, fps: int, manner: Manner = USUAL
) -> VideoCodecContext:
    """Return an opened x264. Raises RenderError if an option did not take."""
    encoder = CodecContext.create("libx264", "w")
    set_up_pictures(encoder, width, height, fps)
    params = ":".join(filter(None, [X264["x264-params"], manner.params]))
    quantiser = str(int(X264["qp"]) - manner.finer)
    encoder.options = {**encoder.options, "qp": quantiser, "x264-params": params}
    encoder.open()
    require_taken(encoder)
    return encoder


def set_up_pictures(encoder: VideoCodecContext, width: int, height: int, fps: int) -> None:
    """Set everything that decides how an encoder that is not open yet codes pictures."""
    encoder.width, encoder.height = width, height
    encoder.pix_fmt = "yuv420p"
    encoder.framerate, encoder.time_base = Fraction(fps), Fraction(1, fps)
    encoder.color_primaries = encoder.color_trc = encoder.colorspace = AS_BT709
    encoder.color_range = AS_LIMITED
    encoder.flags |= Flags.global_header | Flags.closed_gop
    encoder.thread_count = 1  # the chunks are what runs side by side
    encoder.options = {**X264, "g": str(group_length(fps))}


def require_taken(encoder: CodecContext) -> None:
    """PyAV leaves in `options` what the encoder did not know, and says nothing."""
    if encoder.options:
        raise RenderError(f"{encoder.name} does not know these options: {encoder.options}.")
