"""Rows of an LRC file that have no timestamp: they belong to the row above, or are guessed."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice, takewhile
from typing import NamedTuple

from videos.render.errors import gettext_noop as _
from videos.render.lyrics.lines import Line, Problems, SourceLine
from videos.render.lyrics.normalisation import MAX_LINE_DURATION, MAX_SIMULTANEOUS
from videos.render.lyrics.plain import DEFAULT_LINE_DURATION, PlainRow, distribute, sung_part
from videos.render.lyrics.timestamps import NO_END

MIN_ROW_DURATION = 1.0  # seconds for each guessed row between two timestamps of a plain text
MIN_TIMED_SHARE = 0.3  # of the rows: with fewer timestamps a file is plain text


class LrcRow(NamedTuple):
    """A row of a file: its number, its text without times, and a line for each of its timestamps.

    ``is_after_pause`` tells of a blank row or a tag between it and the row before.
    """

    number: int
    text: str
    lines: tuple[Line, ...]
    section: str
    is_after_pause: bool


def place_untimed(
    rows: Sequence[LrcRow], duration: float, problems: Problems
) -> Iterator[SourceLine]:
    """Yield the lines of all rows; those without a time stand between the times around them."""
    texts = [row for row in rows if row.text]
    if _are_times_unusable(texts, duration, problems):
        plain = [PlainRow(row.number, row.text, row.section, row.is_after_pause) for row in texts]
        return distribute(plain, *sung_part(duration))
    return _place_between(rows, duration, problems)


# Whether the times can be used, and whether there is but one
_FEW_TIMES = {
    (True, True): _("only this line has a time; the other times are guessed."),
    (True, False): _("only %(count)d lines have times; the other times are guessed."),
    (False, True): _(
        "only this line has a time, which leaves no room; the other times are guessed."
    ),
    (False, False): _(
        "only %(count)d lines have times, which leave no room; the other times are guessed."
    ),
}


def _are_times_unusable(texts: Sequence[LrcRow], duration: float, problems: Problems) -> bool:
    """Return whether the times must be ignored, and name the problem with them."""
    timed = [row for row in texts if row.lines]
    if not timed:
        return False
    starts = {line.start for row in timed for line in row.lines}
    first = timed[0]
    if len(starts) == 1 and len(timed) > (1 if starts == {0.0} else MAX_SIMULTANEOUS):
        reason = _("all %(count)d lines have the same time; their times are guessed.") % {
            "count": len(timed)
        }
        problems.add(first.number, first.text, reason)
        return True
    if len(timed) >= MIN_TIMED_SHARE * len(texts):
        return False
    are_plausible = _are_plausible(texts, duration)
    reason = _FEW_TIMES[are_plausible, len(timed) == 1] % {"count": len(timed)}
    problems.add(first.number, first.text, reason)
    return not are_plausible


def _are_plausible(texts: Sequence[LrcRow], duration: float) -> bool:
    """Return whether the times increase and leave enough room for the rows between them."""
    time, count = 0.0, 0
    for row in texts:
        if not row.lines:
            count += 1
            continue
        start = row.lines[0].start
        if start - time < MIN_ROW_DURATION * count or len(row.lines) > 1:
            return False
        time, count = start, 1
    return not duration or duration - time > MIN_ROW_DURATION * count


def _place_between(
    rows: Sequence[LrcRow], duration: float, problems: Problems
) -> Iterator[SourceLine]:
    starts = sorted({line.start for row in rows for line in row.lines})
    is_plain = sum(bool(row.lines) for row in rows) < MIN_TIMED_SHARE * len(rows)
    for anchor, untimed in _runs(rows):
        if anchor:
            yield from _timed_lines(anchor)
            count = 0 if is_plain else _count_continuations(anchor, untimed, starts)
            for row in untimed[:count]:
                for line in anchor.lines:
                    yield SourceLine(row.number, Line(line.start, NO_END, row.text))
            untimed = untimed[count:]
        if untimed:
            yield from _guess(anchor, untimed, starts, duration)
            if not is_plain:
                for row in untimed:
                    problems.add(row.number, row.text, "it has no time; its time is guessed.")


def _runs(rows: Sequence[LrcRow]) -> Iterator[tuple[LrcRow | None, list[LrcRow]]]:
    """Yield each row with a time and the rows without one below it; at first those above all."""
    anchor: LrcRow | None = None
    untimed: list[LrcRow] = []
    for row in rows:
        if row.lines:
            yield anchor, untimed
            anchor, untimed = row, []
        else:
            untimed.append(row)
    yield anchor, untimed


def _timed_lines(row: LrcRow) -> Iterator[SourceLine]:
    for number, line in enumerate(row.lines):
        yield SourceLine(row.number, replace(line, section="" if number else row.section))


def _count_continuations(anchor: LrcRow, untimed: Sequence[LrcRow], starts: Sequence[float]) -> int:
    """Return how many rows directly below a row with a time are rows of its moment."""
    direct = list(takewhile(lambda row: not row.is_after_pause and not row.section, untimed))
    start = anchor.lines[0].start
    next_start = next(iter(starts[bisect_right(starts, start) :][:1]), start)
    is_short = next_start - start <= MAX_LINE_DURATION and len(direct) < MAX_SIMULTANEOUS
    return len(direct) if anchor.text and is_short else 0


def _guess(
    anchor: LrcRow | None, untimed: Sequence[LrcRow], starts: Sequence[float], duration: float
) -> Iterator[SourceLine]:
    """Yield rows between the time above them and the next one, where these leave room."""
    rows = [PlainRow(row.number, row.text, row.section, row.is_after_pause) for row in untimed]
    if not anchor:
        end = next((start for start in starts if start > 0), 0.0)
        start = sung_part(duration)[0]
        yield from distribute(rows, start if start < end / 2 else 0.0, end)
        return
    start = anchor.lines[0].start
    if anchor.text:
        rows.insert(0, PlainRow(anchor.number, anchor.text))
    if later := starts[bisect_right(starts, start) :][:1]:
        end = min(later[0], start + MAX_LINE_DURATION * len(rows))
    else:
        end = max(sung_part(duration)[1], start + DEFAULT_LINE_DURATION * len(rows))
    yield from islice(distribute(rows, start, end), 1 if anchor.text else 0, None)
