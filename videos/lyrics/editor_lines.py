"""The lines of lyrics as the lyrics editor reads and sends them: JSON with an item a moment."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from math import isfinite
from typing import Any

from django.utils.translation import gettext as _

from videos.render.lyrics import Line, LyricsError, Word

MAX_MOMENTS = 5000
MAX_ROWS = 4  # of a moment: what is sung, and its translations
MAX_TEXT_LENGTH = 1000  # characters of a row
MAX_SECTION_LENGTH = 40
MAX_TIME = 24 * 3600.0  # seconds


def to_items(lines: Iterable[Line]) -> list[dict[str, Any]]:
    """Return an item for each moment: its first row, and the others in ``rows``."""
    items = []
    for _start, group in groupby(lines, key=lambda line: line.start):
        first, *others = group
        items.append(
            {
                "start": _rounded(first.start),
                "end": _rounded(max(line.end for line in (first, *others))),
                "section": first.section,
                "guessed": first.is_guessed,
                **_row(first),
                "rows": [_row(line) for line in others],
            }
        )
    return items


def from_items(items: object) -> tuple[Line, ...]:
    """Return the lines of what an editor sent, in the order of their times.

    Raises LyricsError with a sentence for what no editor of ours sends.
    """
    if not isinstance(items, list) or len(items) > MAX_MOMENTS:
        raise LyricsError(_("These are no lyrics that the editor could have sent."))
    moments = sorted(map(_moment, items), key=lambda lines: lines[0].start if lines else 0.0)
    return tuple(line for lines in moments for line in lines)


def _row(line: Line) -> dict[str, Any]:
    words = [[_rounded(word.start), _rounded(word.end), word.text] for word in line.words]
    return {"text": line.text, "words": words}


def _moment(item: object) -> Sequence[Line]:
    """Return the rows of a moment that have a text."""
    if not isinstance(item, dict):
        raise LyricsError(_("These are no lyrics that the editor could have sent."))
    start, end = _time(item.get("start")), _time(item.get("end"))
    section = _text(item.get("section", ""), MAX_SECTION_LENGTH)
    others = item.get("rows")
    rows = [item, *(others if isinstance(others, list) else [])][:MAX_ROWS]
    lines = list(_lines(rows, start, max(start, end), is_guessed=bool(item.get("guessed"))))
    return [
        Line(
            line.start,
            line.end,
            line.text,
            line.words,
            "" if number else section,
            line.is_guessed,
        )
        for number, line in enumerate(lines)
    ]


def _lines(rows: Iterable[object], start: float, end: float, *, is_guessed: bool) -> Iterator[Line]:
    for row in rows:
        values: Mapping[str, object] = row if isinstance(row, dict) else {}
        text = _text(values.get("text", ""), MAX_TEXT_LENGTH)
        if not text:
            continue
        words = () if is_guessed else tuple(_words(values.get("words"), text, start, end))
        yield Line(start, end, text, words, is_guessed=is_guessed)


def _words(items: object, text: str, start: float, end: float) -> Iterator[Word]:
    """Yield the words with times within the line; none from one on that is not in its text."""
    at, time = 0, start
    for item in items if isinstance(items, list) else []:
        if not isinstance(item, list) or len(item) != 3 or not isinstance(item[2], str):
            return
        word = " ".join(item[2].split())
        at = text.find(word, at) if word else -1
        if at < 0:
            return
        at += len(word)
        time = min(end, max(time, _time(item[0])))
        yield Word(time, max(time, min(end, _time(item[1]))), word)


def _time(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        raise LyricsError(_("A line of these lyrics has no time."))
    return round(min(max(float(value), 0.0), MAX_TIME), 3)


def _text(value: object, max_length: int) -> str:
    if not isinstance(value, str):
        raise LyricsError(_("A line of these lyrics is no text."))
    text = " ".join(value.split())
    if len(text) > max_length:
        sentence = _("A line has at most %(count)d characters; “%(text)s…” is longer.")
        raise LyricsError(sentence % {"count": max_length, "text": text[:40]})
    return text


def _rounded(time: float) -> float:
    return round(time, 3)
