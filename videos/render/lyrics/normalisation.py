"""Sorts parsed lines into moments, ends each, and names what of them cannot be shown."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from math import inf, isfinite

from videos.render.errors import gettext_noop as _
from videos.render.lyrics.lines import Line, Problems, SourceLine
from videos.render.lyrics.long_lines import clamp_words, split_long
from videos.render.lyrics.sections import choose_section

MAX_LINES = 5000
MAX_LINE_DURATION = 10.0  # seconds, for a line without an end time
MAX_SIMULTANEOUS = 4  # rows of one moment: voices, or translations
MOMENT_TOLERANCE = 0.05  # seconds: lines that start no further apart are rows of one moment
GUESSED_DURATION = 4.0  # seconds of a line, where nothing else is known
ROUNDING = 1e-6  # seconds


def normalise_lines(
    lines: Iterable[SourceLine], duration: float, problems: Problems
) -> tuple[Line, ...]:
    """Return the lines in the order of their starts; those of one moment have the same start.

    A line without an end (its ``end`` is not after its ``start``) lasts until the next moment, but
    at most ``MAX_LINE_DURATION``. A line without text only ends the lines before it. No line lasts
    longer than the song of ``duration`` seconds, 0 for unknown, nor into the next moment.
    """
    moments, ends = _group(lines, problems)
    result: list[Line] = []
    for rows, next_start in zip(moments, _next_starts(moments, ends), strict=True):
        _check_duration(rows, duration, problems)
        distinct = _drop_repeated(rows, problems)
        if len(distinct) > MAX_SIMULTANEOUS:
            result += _spread(distinct, next_start, duration, problems)
        else:
            limit = min(next_start, _song_end(rows[0].line.start, duration))
            result += split_long(_end_rows([line for _, line in distinct], limit))
        if len(result) > MAX_LINES:
            reason = _("what follows is left out: no more than %(count)d lines are shown.") % {
                "count": MAX_LINES
            }
            problems.add(rows[0].number, result[MAX_LINES].text, reason)
            break
    return tuple(result[:MAX_LINES])


def _group(
    lines: Iterable[SourceLine], problems: Problems
) -> tuple[list[list[SourceLine]], list[float]]:
    """Return the moments, each in the order of the file, and the times at which lines end."""
    usable = [each for each in lines if _is_usable(each, problems)]
    order = sorted(range(len(usable)), key=lambda index: usable[index].line.start)
    moments: list[list[int]] = []
    ends: list[float] = []
    section = ""
    for index in order:
        line = usable[index].line
        if not line.text:
            ends.append(line.start)
            section = choose_section(section, line.section)
            continue
        begins = not moments or _begins_moment(line, usable[moments[-1][0]].line)
        if begins:
            moments.append([])
        moments[-1].append(index)
        if section and begins:
            chosen = choose_section(section, line.section)
            usable[index] = usable[index]._replace(line=replace(line, section=chosen))
            section = ""
    return [_align([usable[index] for index in sorted(group)]) for group in moments], ends


def _begins_moment(line: Line, first: Line) -> bool:
    """Return whether ``line`` is no row of the moment whose first row is ``first``."""
    if line.is_guessed or first.is_guessed:
        return line.start > first.start
    return line.start - first.start > MOMENT_TOLERANCE + ROUNDING


def _is_usable(source: SourceLine, problems: Problems) -> bool:
    if isfinite(source.line.start) and source.line.start >= 0:
        return True
    problems.add(
        source.number, source.line.text, _("its time is no time in a song; it is left out.")
    )
    return False


def _align(rows: list[SourceLine]) -> list[SourceLine]:
    """Return rows of one moment with the same start and the section at the first one."""
    if len(rows) == 1:
        return rows
    start = min(row.line.start for row in rows)
    section = next((row.line.section for row in rows if row.line.section), "")
    return [
        row._replace(line=replace(row.line, start=start, section="" if number else section))
        for number, row in enumerate(rows)
    ]


def _next_starts(moments: Sequence[Sequence[SourceLine]], ends: Sequence[float]) -> Iterator[float]:
    """Yield for each moment when its lines end at the latest: infinity where nothing tells."""
    starts = [rows[0].line.start for rows in moments]
    at = 0
    for start, next_start in zip(starts, [*starts, inf][1:], strict=True):
        while at < len(ends) and ends[at] <= start:
            at += 1
        yield min(next_start, ends[at]) if at < len(ends) else next_start


def _song_end(start: float, duration: float) -> float:
    """Return the song's end, or the start of a line after it; infinity for no duration."""
    return max(duration, start) if duration > 0 else inf


def _check_duration(rows: Sequence[SourceLine], duration: float, problems: Problems) -> None:
    if 0 < duration <= rows[0].line.start:
        for number, line in rows:
            minutes, seconds = divmod(int(line.start), 60)
            words = {"time": f"{minutes}:{seconds:02}"}
            reason = _("its time %(time)s is after the song's end.") % words
            problems.add(number, line.text, reason)


def _drop_repeated(rows: Sequence[SourceLine], problems: Problems) -> list[SourceLine]:
    """Return rows without those whose text another row of the moment has."""
    if len(rows) == 1:
        return list(rows)
    by_text: dict[str, SourceLine] = {}
    for row in rows:
        first = by_text.setdefault(row.line.text, row)
        if first.number != row.number:
            reason = _("line %(number)d says the same at the same time; it is shown once.") % {
                "number": first.number
            }
            problems.add(row.number, row.line.text, reason)
    return list(by_text.values())


def _spread(
    rows: Sequence[SourceLine], next_start: float, duration: float, problems: Problems
) -> Iterator[Line]:
    """Yield too many lines of one moment one after the other, evenly until the next moment."""
    start = rows[0].line.start
    text = _(
        "%(count)d lines have the same time, and %(max)d can stand together: their times are "
        "guessed."
    )
    reason = text % {"count": len(rows), "max": MAX_SIMULTANEOUS}
    problems.add(rows[0].number, rows[0].line.text, reason)
    end = min(next_start, _song_end(start, duration))
    if not start < end < inf:
        end = min(next_start, start + GUESSED_DURATION * len(rows))
    bounds = [start + (end - start) * number / len(rows) for number in range(len(rows))]
    for (_number, line), at, line_end in zip(rows, bounds, [*bounds[1:], end], strict=True):
        yield from split_long([replace(line, start=at, end=line_end, words=(), is_guessed=True)])


def _end_rows(rows: Sequence[Line], limit: float) -> list[Line]:
    """Return the rows of a moment with ends; one without takes that of the others."""
    start = rows[0].start
    known_ends = [line.end for line in rows if isfinite(line.end) and line.end > start]
    default = max(known_ends, default=start + MAX_LINE_DURATION)
    return [
        _limit_end(line, line.end if line.end in known_ends else default, limit) for line in rows
    ]


def _limit_end(line: Line, end: float, limit: float) -> Line:
    """Return ``line`` with an end no later than ``limit``, and its words within it."""
    end = max(line.start, min(end, limit))
    return replace(line, end=end, words=clamp_words(line.words, line.start, end))
