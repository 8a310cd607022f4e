"""Parsing the subtitles that pysubs2 reads: ASS and SSA with karaoke times, MicroDVD, MPL2, TMP.

Each event is read alone, so that one which cannot be read is a problem of its own row.
"""

import re
import warnings
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pysubs2 import SSAEvent, SSAFile
from pysubs2.exceptions import Pysubs2Error

from videos.render.errors import gettext_noop as _
from videos.render.lyrics.lines import LyricsError, Problems, SourceLine
from videos.render.lyrics.pieces import Piece, build_line

_SCRIPT = re.compile(r"\s*\[(?:Script Info|V4\+? Styles|Events)\]\s*", re.I)
_EVENT = re.compile(r"[ \t]*(Dialogue|Comment):(.*)", re.I | re.S)
_FORMAT = re.compile(r"[ \t]*Format:(.*)", re.I)
_HEADING = re.compile(r"\s*\[([A-Za-z0-9+ ]+)\]\s*")
_OTHER = re.compile(r"\s*(?:;|!:|(?:Format|Picture|Sound|Movie|Command):|$)", re.I)
_ROWS = {
    "microdvd": re.compile(r" *\{ *[0-9]+ *\} *\{ *[0-9]* *\}"),
    "mpl2": re.compile(r"\[-?[0-9]+\]\[-?[0-9]*\]"),
    "tmp": re.compile(r"[0-9]{1,2}:[0-9]{2}:[0-9]{2}[:=](?![0-9]{1,3}\s*-->)"),
}
_FIELDS = [
    "layer",
    "start",
    "end",
    "style",
    "name",
    "marginl",
    "marginr",
    "marginv",
    "effect",
    "text",
]
_OVERRIDES = re.compile(r"\{([^{}]*)\}")
_KARAOKE = re.compile(r"\\(k[fot]?|K)([0-9]+(?:\.[0-9]+)?)")
_SPACE = re.compile(r"\\[Nnh]")


class Subtitles(NamedTuple):
    """A format: pysubs2's name of it, and its frames a second where it counts frames."""

    identifier: str
    fps: float | None = None


def detect_subtitles(rows: Sequence[str]) -> Subtitles | None:
    """Return the format of a file's rows, None if they are none of these formats.

    Raises LyricsError for one that counts frames and does not tell how many a second has.
    """
    first = next((row for row in rows if row.strip()), "")
    if _SCRIPT.fullmatch(first) or any(map(_SCRIPT.fullmatch, rows[:50])):
        return Subtitles("ass")
    for identifier, pattern in _ROWS.items():
        if pattern.match(first) and sum(bool(pattern.match(row)) for row in rows) * 2 >= sum(
            bool(row.strip()) for row in rows
        ):
            return Subtitles(identifier, _read_fps(first) if identifier == "microdvd" else None)
    return None


def parse_subtitles(
    rows: Sequence[str], subtitles: Subtitles, problems: Problems
) -> Iterator[SourceLine]:
    """Yield the lines of a file's events."""
    events = (
        _read_script(rows, problems)
        if subtitles.identifier == "ass"
        else _read_rows(rows, subtitles, problems)
    )
    for number, event in events:
        if not event.is_drawing:
            start, end = event.start / 1000, event.end / 1000
            pieces = list(_split_karaoke(event.text, start))
            yield build_line(number, start, end, pieces, problems)


def _read_fps(row: str) -> float:
    match = re.fullmatch(r" *\{[01]?\} *\{[01]?\} *([0-9]{2,3}(?:\.[0-9]+)?) *", row)
    if not match:
        raise LyricsError(
            _(
                "These are MicroDVD subtitles, which count frames and do not tell how many a "
                "second has. Convert them to SRT."
            )
        )
    return float(match[1])


def _read_script(rows: Sequence[str], problems: Problems) -> list[tuple[int, SSAEvent]]:
    """Return the visible events of ASS or SSA: of karaoke effects, the lines they were made of."""
    fields = _FIELDS
    section = "events" if any(map(_EVENT.match, rows[:1])) else ""
    events: list[tuple[int, SSAEvent]] = []
    for number, row in enumerate(rows, 1):
        if heading := _HEADING.fullmatch(row):
            section = heading[1].lower()
        elif section != "events":
            continue
        elif order := _FORMAT.match(row):
            fields = [name.strip().lower() for name in order[1].split(",")]
        elif match := _EVENT.match(row):
            if event := _read_event(match[1], match[2], fields):
                events.append((number, event))
            elif match[1].lower() == "dialogue":
                problems.add(number, row, _("its times cannot be read: h:mm:ss.cc is needed."))
        elif not _OTHER.match(row):
            problems.add(number, row, _("it is no event of these subtitles; it is left out."))
    karaoke = [each for each in events if each[1].is_comment and each[1].effect == "karaoke"]
    return karaoke or [each for each in events if not each[1].is_comment]


def _read_event(kind: str, values: str, fields: Sequence[str]) -> SSAEvent | None:
    """Return an event of ASS or SSA, None if it cannot be read."""
    parts = values.split(",", len(fields) - 1)
    if len(parts) < len(fields) or not {"start", "end", "text"} <= set(fields):
        return None
    by_name = {"layer": "0", "marginl": "0", "marginr": "0", "marginv": "0"}
    by_name |= {
        name: part.strip() if name != "text" else part
        for name, part in zip(fields, parts, strict=True)
        if name in {"start", "end", "style", "name", "effect", "text"}
    }
    ordered = ",".join(by_name.get(name, "") for name in _FIELDS)
    events = _load(f"[Events]\n{kind.capitalize()}: {ordered}", Subtitles("ass"))
    return events[0] if events else None


def _read_rows(
    rows: Sequence[str], subtitles: Subtitles, problems: Problems
) -> Iterator[tuple[int, SSAEvent]]:
    """Yield the events of a format that has one in each row."""
    is_rate = subtitles.fps is not None
    for number, row in enumerate(rows, 1):
        if not row.strip():
            continue
        if is_rate:  # the first row tells the rate
            is_rate = False
            continue
        events = _load(row, subtitles)
        if not events and row.strip():
            problems.add(number, row, _("it is no event of these subtitles; it is left out."))
        yield from ((number, event) for event in events)


def _load(text: str, subtitles: Subtitles) -> list[SSAEvent]:
    """Return the events of a text, none if pysubs2 cannot read it."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            script = SSAFile.from_string(text, format_=subtitles.identifier, fps=subtitles.fps)
    except (Pysubs2Error, ValueError, OverflowError, IndexError):
        return []
    return list(script.events)


def _split_karaoke(text: str, start: float) -> Iterator[Piece]:
    r"""Yield the pieces of a text with ``{\k}`` tags, whose numbers are hundredths of a second."""
    parts = _OVERRIDES.split(text)
    time = start
    for index in range(0, len(parts), 2):
        tags = _KARAOKE.findall(parts[index - 1]) if index else []
        if not tags:
            yield Piece(_SPACE.sub(" ", parts[index]))
            continue
        for name, number in tags[:-1]:
            time = start + float(number) / 100 if name == "kt" else time + float(number) / 100
        end = time + float(tags[-1][1]) / 100
        yield Piece(_SPACE.sub(" ", parts[index]), time, end)
        time = end
