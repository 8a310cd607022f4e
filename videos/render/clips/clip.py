"""A clip as people write it: the length of a hook that is proposed, two times of the song, or a
Canvas, the silent loop that Spotify shows.
"""

import re
from dataclasses import dataclass

from videos.render.errors import InputError
from videos.render.errors import gettext_noop as _

CLIP_LENGTHS = (15, 30, 60)  # seconds of a hook that is proposed
MIN_CLIP_SECONDS = 3.0
CANVAS, CANVAS_SECONDS = "canvas", 6.0
# Seconds by which a clip may end after the song, whose length people know in whole seconds
MAX_OVERRUN = 1.0

_TIME = r"(?:(?:[0-9]{1,2}:)?[0-9]{1,3}:)?[0-9]{1,5}(?:[.,][0-9]{1,3})?"
_RANGE = re.compile(rf"(-?{_TIME})\s*[-–—]\s*(-?{_TIME})", re.ASCII)
# What ``parse_clip`` reads, except that it also compares the times
CLIP_PATTERN = rf"^(?:|{'|'.join(map(str, CLIP_LENGTHS))}|{CANVAS}|{_TIME} ?[-–—] ?{_TIME})$"
SYNTAX = _(
    "A clip is 15, 30 or 60, for a part that is proposed, or two times of the song, such as "
    "0:34-0:52, or canvas."
)


class ClipError(InputError):
    """A clip that a song does not have. The text is a sentence for the person who wants it."""


@dataclass(frozen=True)
class Clip:
    """The part of a song that a film shows: ``length`` seconds from ``start``.

    Without a ``start`` it is the hook, which is proposed and may be a little shorter; or, if it
    ``is_canvas``, it shows the cover alone, without sound.
    """

    length: float
    start: float | None = None
    is_canvas: bool = False

    def __str__(self) -> str:
        """Return the clip as ``parse_clip`` reads it; equal clips have equal texts."""
        if self.is_canvas:
            return CANVAS
        if self.start is None:
            return _format_seconds(self.length)
        return f"{_format_seconds(self.start)}-{_format_seconds(self.start + self.length)}"

    def check_within(self, duration: float) -> None:
        """Raise ClipError if a song of ``duration`` seconds ends before the clip does."""
        if self.start is None or self.start + self.length <= duration + MAX_OVERRUN:
            return
        end = format_clip_time(self.start + self.length)
        song_end = format_clip_time(int(duration))
        raise ClipError(
            _("The song ends at %(song_end)s: a clip cannot last until %(end)s.")
            % {"song_end": song_end, "end": end}
        )


def parse_clip(text: str) -> Clip | None:
    """Return the clip that ``text`` names, None for "", the whole song.

    Raises ClipError where it is none that a song could have.
    """
    text = text.strip()
    if not text:
        return None
    if text == CANVAS:
        return Clip(CANVAS_SECONDS, is_canvas=True)
    if text in map(str, CLIP_LENGTHS):
        return Clip(float(text))
    match = _RANGE.fullmatch(text)
    if match is None:
        raise ClipError(SYNTAX)
    start, end = map(_parse_seconds, match.groups())
    if start < 0 or end < 0:
        raise ClipError(_("A clip cannot begin before the song does."))
    if end <= start:
        times = {"end": format_clip_time(end), "start": format_clip_time(start)}
        raise ClipError(_("A clip ends after it begins: %(end)s is not after %(start)s.") % times)
    if end - start < MIN_CLIP_SECONDS:
        raise ClipError(
            _("A clip lasts %(seconds)d seconds at least.") % {"seconds": MIN_CLIP_SECONDS}
        )
    return Clip(round(end - start, 3), start)


def format_clip_time(seconds: float) -> str:
    """Return a time of a song as people write it: 0:34, or 1:02:03.5."""
    minutes, rest = divmod(round(seconds * 1000), 60_000)
    hours, minutes = divmod(minutes, 60)
    whole, thousandths = divmod(rest, 1000)
    fraction = f".{thousandths:03}".rstrip("0") if thousandths else ""
    head = f"{hours}:{minutes:02}" if hours else str(minutes)
    return f"{head}:{whole:02}{fraction}"


def _parse_seconds(text: str) -> float:
    sign = -1 if text.startswith("-") else 1
    seconds = 0.0
    for part in text.removeprefix("-").replace(",", ".").split(":"):
        seconds = seconds * 60 + float(part)
    return sign * round(seconds, 3)


def _format_seconds(seconds: float) -> str:
    return f"{seconds:.3f}".rstrip("0").rstrip(".")
