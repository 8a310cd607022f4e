"""Examining a vendor's film in a child process, ``examine_child``: its size and a poster."""

import math
from dataclasses import dataclass
from pathlib import Path
from subprocess import TimeoutExpired

from videos.render.errors import gettext_noop as _
from videos.render.sandbox.answers import decode_answer
from videos.render.sandbox.child_process import run_module

MAX_POSTER_SIDE = 1920  # pixels
TIMEOUT = 60  # seconds; the child has less processor time
MAX_PIXELS = 4096 * 4096  # of a film; a decoder holds up to twenty pictures of it
# FFmpeg's decoders of what films in an MP4 are made of: no other is opened.
DECODERS = ("h264", "hevc", "libdav1d", "av1", "vp9", "libvpx-vp9", "mpeg4", "aac", "mp3float")
OPTIONS = {
    "protocol_whitelist": "file",
    "format_whitelist": "mov",
    "codec_whitelist": ",".join(DECODERS),
}
JPEG_START = b"\xff\xd8\xff"
UNREADABLE = _("The vendor's file is no film that can be played.")
TRUNCATED = _("The vendor's file ends before the film does.")


class FilmError(ValueError):
    """The file cannot be used as a film. The text is a sentence that says why."""


@dataclass(frozen=True)
class FilmInfo:
    """The size of a film as players show it, and its duration."""

    width: int  # pixels
    height: int
    duration: float  # seconds


def examine_in_child(path: Path, poster: Path) -> FilmInfo:
    """Examine the film at ``path`` in a child process and write its ``poster``, a JPEG.

    Raises ``FilmError``, also where the child crashes or takes too long, and OSError.
    """
    module = "videos.render.sandbox.examine_child"
    try:
        fields, jpeg = decode_answer(run_module(module, str(path.absolute()), timeout=TIMEOUT))
        if "error" in fields:
            raise FilmError(str(fields["error"]))
        width, height = int(fields["width"]), int(fields["height"])
        info = FilmInfo(width, height, float(fields["duration"]))
        if not (jpeg.startswith(JPEG_START) and math.isfinite(info.duration)):
            raise FilmError(UNREADABLE)
    except FilmError:
        raise
    except (TimeoutExpired, ValueError, TypeError, KeyError, OverflowError) as error:
        raise FilmError(UNREADABLE) from error
    poster.write_bytes(jpeg)
    return info
