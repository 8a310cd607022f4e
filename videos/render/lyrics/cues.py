"""Parsing the cues of WebVTT and SubRip, which differ little, and writing WebVTT."""

import html
import re
from collections.abc import Iterable, Iterator, Sequence

from videos.render.lyrics.lines import Line
from videos.render.lyrics.timestamps import parse_timed_line, to_seconds

TIME = r"(?:([0-9]{1,4}):)?([0-9]{1,4}):([0-9]{1,2})(?:[.,]([0-9]{1,6}))?"
CUE_TIMINGS = re.compile(rf"[ \t]*{TIME}[ \t]*-->[ \t]*{TIME}")
# Markup has a letter after the bracket: "I <3 you" and timestamps do not match.
MARKUP = re.compile(r"</?[a-zA-Z][^<>]{0,200}>|\{\\[^{}]{0,100}\}")
ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{1,31});")
NON_CUE_BLOCK = re.compile(r"(?:NOTE|STYLE|REGION)(?:\s|$)")
MIN_CUE_DURATION = 0.001  # seconds: WebVTT requires that a cue ends after it starts


def has_cues(lines: Sequence[str]) -> bool:
    """Return whether a file has the header of WebVTT, or any line has cue timings."""
    return bool(lines) and (lines[0].startswith("WEBVTT") or any(map(CUE_TIMINGS.match, lines)))


def parse_cues(lines: Iterable[str]) -> Iterator[Line]:
    """Yield the cues of a WebVTT or SubRip file as lines, in the order of the file."""
    timing: re.Match[str] | None = None
    payload: list[str] = []
    is_skipping = False
    for line in lines:
        next_timing = None if is_skipping else CUE_TIMINGS.match(line)
        if next_timing:
            yield from _parse_cue(timing, _drop_identifier(payload))
            timing, payload = next_timing, []
        elif not line.strip():
            yield from _parse_cue(timing, payload)
            timing, payload, is_skipping = None, [], False
        elif timing is None:
            is_skipping = is_skipping or bool(NON_CUE_BLOCK.match(line))
        else:
            payload.append(line)
    yield from _parse_cue(timing, payload)


def to_vtt(lines: Iterable[Line]) -> str:
    """Return ``lines`` as a WebVTT file, with a timestamp before each word that has a time."""
    cues = ["WEBVTT\n"]
    for line in lines:
        end = max(line.end, line.start + MIN_CUE_DURATION)
        timings = f"{_format_time(line.start)} --> {_format_time(end)}"
        cues.append(f"\n{timings}\n{_format_payload(line)}\n")
    return "".join(cues)


def _parse_cue(timing: re.Match[str] | None, payload: Sequence[str]) -> Iterator[Line]:
    """Yield the line of a cue, or nothing where ``timing`` is None."""
    if timing is not None:
        parts = timing.groups()
        text = MARKUP.sub("", " ".join(payload))
        text = ENTITY.sub(lambda entity: html.unescape(entity[0]), text)
        yield parse_timed_line(to_seconds(*parts[:4]), to_seconds(*parts[4:]), text)


def _drop_identifier(payload: list[str]) -> list[str]:
    """Return a cue's payload without the next cue's identifier, where no blank line is between."""
    return payload[:-1] if payload and payload[-1].strip().isdecimal() else payload


def _format_payload(line: Line) -> str:
    """Return the payload of a line's cue: its escaped text with timestamps before its words."""
    parts: list[str] = []
    at = 0
    for word in line.words:
        start = line.text.find(word.text, at)
        if start < 0 or not line.start < word.start < line.end:
            continue
        parts += [_escape(line.text[at:start]), f"<{_format_time(word.start)}>"]
        at = start
    return "".join([*parts, _escape(line.text[at:])])


def _escape(text: str) -> str:
    return html.escape(text, quote=False)


def _format_time(time: float) -> str:
    """Return seconds as ``hh:mm:ss.ttt``."""
    thousandths = round(time * 1000)
    minutes = thousandths // 60_000
    rest = thousandths % 60_000
    return f"{minutes // 60:02}:{minutes % 60:02}:{rest // 1000:02}.{rest % 1000:03}"
