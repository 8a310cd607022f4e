"""The encoder of the pictures (x264) and its settings."""

from fractions import Fraction
from typing import Any, NamedTuple, TypeAlias

from av.codec.context import CodecContext, Flags
from av.packet import Packet
from av.video.codeccontext import VideoCodecContext

from videos.render.errors import RenderError
from videos.render.paint.yuv import FFMPEG_BT709, FFMPEG_LIMITED_RANGE

GROUP_SECONDS = 10  # from one key frame to the next: what one process encodes at a time

# How pictures are encoded.
X264_OPTIONS = {
    "preset": "superfast",
    "profile": "high",
    # A constant quantiser: to weigh frames that are all alike would gain nothing. So the encoder
    # need not measure how hard a frame is, and each of a film's many encoders encodes the same
    # frame in the same way, whatever it encoded before.
    "qp": "27",
    # The picture hardly changes: a good first frame serves all those that refer to it.
    "i_qfactor": "0.3",
    "x264-params": ":".join(
        [
            # Each frame refers to the one before: bands can be spliced from that.
            "bframes=0",
            "scenecut=0",
            "weightp=0",
            "no-deblock=1",
            "aq-mode=0",
            # What the preset leaves out and is worth it: a tenth of the size each.
            "analyse=i4x4,i8x8,p8x8",
            # Half pixels suffice for what moves here, and motion that is searched by how it looks
            # gains nothing on still ground: the same quality for a tenth of the time.
            "subme=1",
            "no-psy=1",
            # Faint detail stays: the grain of the background, the shine of the
            # bars. For the same size that looks better than a finer quantiser.
            "deadzone-intra=2",
            "deadzone-inter=7",
            # Motion vectors are short, so that they stay within a band (see ``splice.bands``).
            "mvrange=32",
            "merange=4",
            # No frame has to wait until its duration is known.
            "force-cfr=1",
        ]
    ),
}


class EncoderSettings(NamedTuple):
    """What differs for some pictures: ``params`` of x264, and by how many steps the quantiser is
    ``finer``.
    """

    params: str = ""
    finer: int = 0


DEFAULT_SETTINGS = EncoderSettings()

# For pictures whose parts change but do not move: motion is not refined. That saves a quarter of
# the time, for a little more size.
IN_PLACE_SETTINGS = EncoderSettings("subme=0")

# For pictures that move slowly as a whole, by whole pixels: large blocks follow them, and to search
# nothing between pixels saves a fifth of the time, for a tenth more size.
DRIFT_SETTINGS = EncoderSettings("subme=0:analyse=i8x8")

# For pictures that change everywhere: they cannot profit from a good first frame, and small blocks
# save nothing of the size for a third of the time.
FADE_SETTINGS = EncoderSettings("analyse=none", finer=9)

EncodedPacket: TypeAlias = "Packet[Any]"


class EncodedPicture(NamedTuple):
    """An encoded frame: its number in the film, whether it is a key frame, and its bitstream."""

    number: int
    is_key: bool
    data: bytes


def group_length(fps: int) -> int:
    """Return the number of frames from one key frame to the next."""
    return GROUP_SECONDS * fps


def open_picture_encoder(
    width: int, height: int, fps: int, settings: EncoderSettings = DEFAULT_SETTINGS
) -> VideoCodecContext:
    """Return an opened x264 encoder. Raises RenderError if it does not know an option."""
    encoder = CodecContext.create("libx264", "w")
    configure_encoder(encoder, width, height, fps, settings)
    encoder.open()
    require_options_taken(encoder)
    return encoder


def configure_encoder(
    encoder: VideoCodecContext,
    width: int,
    height: int,
    fps: int,
    settings: EncoderSettings = DEFAULT_SETTINGS,
) -> None:
    """Set everything that decides how an encoder that is not open yet encodes pictures."""
    encoder.width, encoder.height = width, height
    encoder.pix_fmt = "yuv420p"
    encoder.framerate, encoder.time_base = Fraction(fps), Fraction(1, fps)
    encoder.color_primaries = encoder.color_trc = encoder.colorspace = FFMPEG_BT709
    encoder.color_range = FFMPEG_LIMITED_RANGE
    encoder.flags |= Flags.global_header | Flags.closed_gop
    encoder.thread_count = 1  # the groups are what runs in parallel
    params = ":".join(filter(None, [X264_OPTIONS["x264-params"], settings.params]))
    quantiser = str(int(X264_OPTIONS["qp"]) - settings.finer)
    changed = {"g": str(group_length(fps)), "qp": quantiser, "x264-params": params}
    encoder.options = {**X264_OPTIONS, **changed}


def require_options_taken(encoder: CodecContext) -> None:
    """Raise RenderError if the encoder did not know an option: PyAV leaves those in ``options``
    and raises no error.
    """
    if encoder.options:
        raise RenderError(f"{encoder.name} does not know these options: {encoder.options}.")
