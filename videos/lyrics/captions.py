"""The lyrics of a song as files that players read beside its film: captions and karaoke."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from videos.render.lyrics import Line, to_lrc, to_vtt, to_word_lrc

# SubRip has no way to write a bracket that is no markup
_MARKUP = re.compile(r"<(/?[a-zA-Z][^<>]*)>")
MIN_CUE_SECONDS = 0.001  # players leave out a caption that ends when it starts


@dataclass(frozen=True)
class CaptionFormat:
    """A format of timed lyrics, by its suffix: its media type, and what writes it."""

    content_type: str
    write: Callable[[Iterable[Line]], str]


def to_srt(lines: Iterable[Line]) -> str:
    """Return ``lines`` as a SubRip file, which has times of lines only."""
    cues = []
    for number, line in enumerate(lines, 1):
        text = _MARKUP.sub(r"‹\1›", line.text)
        cues.append(f"{number}\n{_srt_time(line.start)} --> {_srt_time(_end(line))}\n{text}\n")
    return "\n".join(cues)


# SubRip and LRC have no registered types; a browser that opens them shows text
CAPTION_FORMATS = {
    "vtt": CaptionFormat("text/vtt; charset=utf-8", to_vtt),
    "srt": CaptionFormat("application/x-subrip; charset=utf-8", to_srt),
    "lrc": CaptionFormat("text/plain; charset=utf-8", to_lrc),
}
# What a song's owner can save: also LRC with the times of words
EXPORT_FORMATS = {
    "lrc": CAPTION_FORMATS["lrc"],
    "words.lrc": CaptionFormat("text/plain; charset=utf-8", to_word_lrc),
    "vtt": CAPTION_FORMATS["vtt"],
    "srt": CAPTION_FORMATS["srt"],
}


def _end(line: Line) -> float:
    return max(line.end, line.start + MIN_CUE_SECONDS)


def _srt_time(time: float) -> str:
    """Return seconds as ``hh:mm:ss,ttt``."""
    seconds, thousandths = divmod(round(time * 1000), 1000)
    minutes, seconds = divmod(seconds, 60)
    return f"{minutes // 60:02}:{minutes % 60:02}:{seconds:02},{thousandths:03}"
