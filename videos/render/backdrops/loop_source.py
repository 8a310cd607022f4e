"""Opens a stranger's video safely, and refuses what cannot become a looping video."""

from math import ceil
from pathlib import Path

import av
from av.codec.codec import codecs_available
from av.container import InputContainer
from av.stream import Disposition
from av.video.stream import VideoStream

from videos.render.backdrops.formats import find_demuxer
from videos.render.errors import BackdropError
from videos.render.errors import gettext_noop as _

MAX_SECONDS, MIN_SECONDS = 15.0, 0.5
MAX_RATE = 60.0  # frames a second
MAX_SIDE, MAX_PIXELS, MIN_SIDE = 1920, 1920 * 1088, 64
MAX_BYTES = 50 << 20
START = 64  # bytes that tell a format
SLACK = 0.35  # seconds by which a video may be longer, as files measure their length differently

# FFmpeg's decoders that may run, also while it looks at the streams of a file: none for sounds.
CODECS = {"h264", "hevc", "vp8", "vp9", "av1", "mpeg4", "mjpeg", "prores"}
DECODERS = sorted({*CODECS, "libdav1d"} & codecs_available)
# Transfer curves of HDR, as ITU-T H.273 numbers them: PQ and HLG
HDR_CURVES = {16: "PQ", 18: "HLG"}

NO_VIDEO = _("This file is no video that can be used: choose an MP4, MOV or WebM file.")
DAMAGED = _("This video cannot be read: its file is damaged or not whole. Export it again.")
SOUND_ONLY = _("This file has sound but no moving picture. Choose a video.")
TOO_LONG = _("This video lasts %(seconds)d s; a loop has at most %(max)d s. Cut it shorter.")
TOO_SHORT = _("This video has hardly more than one picture. Save a picture of it and use that.")
TOO_LARGE = _(
    "This video has %(width)s × %(height)s pixels; at most %(max)d × 1080 can be used. Export it "
    "smaller."
)
TOO_FAST = _(
    "This video has %(rate)d pictures a second; at most %(max)d can be used. Export it with 30."
)
HDR = _(
    "This video is in HDR, whose colours a film for all screens cannot show. "
    "Export it in SDR, as phones do with the setting for compatible files."
)
FLASHING = _(
    "This video flashes more than three times a second, which can hurt people. Use a calmer one."
)
UNSUPPORTED = _(
    "The pictures in this video are coded as %(name)s, which is not supported. "
    "Export it as MP4 with H.264."
)


def open_loop_source(path: Path) -> tuple[InputContainer, VideoStream]:
    """Open a video, and no other file; return it with its stream of pictures.

    Raises BackdropError with a sentence for what cannot be used, as far as its headers tell.
    """
    path = path.absolute()
    try:
        with path.open("rb") as file:
            demuxer = find_demuxer(file.read(START))
    except OSError as error:
        raise BackdropError(
            _("The video cannot be read: %(error)s.") % {"error": error.strerror}
        ) from error
    if demuxer is None:
        raise BackdropError(NO_VIDEO)
    options = {
        "protocol_whitelist": "file",
        "format_whitelist": demuxer,
        "codec_whitelist": ",".join(DECODERS),
    }
    try:
        container = av.open(
            str(path), format=demuxer, options=options, container_options=options,
            metadata_errors="replace",
        )  # fmt: skip
    except (av.FFmpegError, OSError, ValueError) as error:
        raise BackdropError(DAMAGED) from error
    try:
        stream = _choose_stream(container)
        _check_stream(stream, _duration(container, stream))
    except BaseException:
        container.close()
        raise
    return container, stream


def check_frame(width: int, height: int, curve: int) -> None:
    """Raise BackdropError if a decoded frame is larger than is taken, or HDR."""
    if max(width, height) > MAX_SIDE or width * height > MAX_PIXELS:
        words = {"width": f"{width:,}", "height": f"{height:,}", "max": MAX_SIDE}
        raise BackdropError(TOO_LARGE % words)
    if curve in HDR_CURVES:
        raise BackdropError(HDR)


def _choose_stream(container: InputContainer) -> VideoStream:
    streams = [
        stream
        for stream in container.streams.video
        if not stream.disposition & Disposition.attached_pic
    ]
    if not streams:
        raise BackdropError(SOUND_ONLY if container.streams.audio else NO_VIDEO)
    return streams[0]


def _check_stream(stream: VideoStream, seconds: float | None) -> None:
    context = stream.codec_context
    if context is None or context.codec.canonical_name not in CODECS:
        name = context.codec.canonical_name if context else _("something unknown")
        raise BackdropError(UNSUPPORTED % {"name": name})
    check_frame(context.width, context.height, int(context.color_trc))
    if min(context.width, context.height) < MIN_SIDE:
        raise BackdropError(NO_VIDEO)
    check_seconds(seconds)
    rate = stream.average_rate
    if rate is not None and rate > MAX_RATE * 1.01:
        raise BackdropError(TOO_FAST % {"rate": ceil(rate), "max": MAX_RATE})


def check_seconds(seconds: float | None) -> None:
    """Raise BackdropError if a video lasts too long or hardly at all; None is not known."""
    if seconds is None:
        return
    if seconds > MAX_SECONDS + SLACK:
        raise BackdropError(TOO_LONG % {"seconds": ceil(seconds), "max": MAX_SECONDS})
    if seconds < MIN_SECONDS:
        raise BackdropError(TOO_SHORT)


def _duration(container: InputContainer, stream: VideoStream) -> float | None:
    if stream.duration and stream.time_base:
        return float(stream.duration * stream.time_base)
    return container.duration / av.time_base if container.duration else None
