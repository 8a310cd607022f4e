"""Reading WebVTT and SubRip, which differ by little, and writing WebVTT."""

import html
import re
from collections.abc import Iterable, Iterator, Sequence

from videos.render.lyrics.lines import Line
from videos.render.lyrics.stamps import seconds, stamped_line

CLOCK = r"(?:([0-9]{1,4}):)?([0-9]{1,4}):([0-9]{1,2})(?:[.,]([0-9]{1,6}))?"
TIMING = re.compile(rf"[ \t]*{CLOCK}[ \t]*-->[ \t]*{CLOCK}")
# Markup has a letter behind the bracket, so that "I <3 you" stays; stamps are kept for later.
MARKUP = re.compile(r"</?[a-zA-Z][^<>]{0,200}>|\{\\[^{}]{0,100}\}")
ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{1,31});")
COMMENT = re.compile(r"(?:NOTE|STYLE|REGION)(?:\s|$)")
SHORTEST = 0.001  # seconds: a cue of WebVTT ends after it starts


def has_cues(lines: Sequence[str]) -> bool:
    """Return whether a file says that it is WebVTT, or any line is the timing of a cue."""
    return bool(lines) and (lines[0].startswith("WEBVTT") or any(map(TIMING.match, lines)))


def parse_cues(lines: Iterable[str]) -> Iterator[Line]:
    """Yield the cues of a WebVTT or SubRip file as lines, in the file's order."""
    timing: re.Match[str] | None = None
    payload: list[str] = []
    comment = False
    for line in lines:
        started = None if comment else TIMING.match(line)
        if started:
            yield from _cue(timing, _without_number(payload))
            timing, payload = started, []
        elif not line.strip():
            yield from _cue(timing, payload)
            timing, payload, comment = None, [], False
        elif timing is None:
            comment = comment or bool(COMMENT.match(line))
        else:
            payload.append(line)
    yield from _cue(timing, payload)


def to_vtt(lines: Iterable[Line]) -> str:
    """Return `lines` as a WebVTT file, with a stamp before each word that has a time."""
    cues = ["WEBVTT\n"]
    for line in lines:
        end = max(line.end, line.start + SHORTEST)
        cues.append(f"\n{_clock(line.start)} --> {_clock(end)}\n{_stamped(line)}\n")
    return "".join(cues)


def _cue(timing: re.Match[str] | None, payload: Sequence[str]) -> Iterator[Line]:
    """Yield the line of a cue, if there is one."""
    if timing is not None:
        parts = timing.groups()
        text = MARKUP.sub("", " ".join(payload))
        text = ENTITY.sub(lambda entity: html.unescape(entity[0]), text)
        yield stamped_line(seconds(*parts[:4]), seconds(*parts[4:]), text)


def _without_number(payload: list[str]) -> list[str]:
    """Return a cue's text without the next cue's number, where no blank line parts them."""
    return payload[:-1] if payload and payload[-1].strip().isdecimal() else payload


def _stamped(line: Line) -> str:
    """Return a line's text, escaped, with the stamps of its words where they begin."""
    parts: list[str] = []
    at = 0
    for word in line.words:
        found = line.text.find(word.text, at)
        if found < 0 or not line.start < word.start < line.end:
            continue
        parts += [_escaped(line.text[at:found]), f"<{_clock(word.start)}>"]
        at = found
    return "".join([*parts, _escaped(line.text[at:])])


def _escaped(text: str) -> str:
    return html.escape(text, quote=False)


def _clock(time: float) -> str:
    """Return seconds as hours, minutes, seconds and thousandths."""
    thousandths = round(time * 1000)
    minutes = thousandths // 60_000
    rest = thousandths % 60_000
    return f"{minutes // 60:02}:{minutes % 60:02}:{rest // 1000:02}.{rest % 1000:03}"
