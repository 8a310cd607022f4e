"""Writing LRC with section tags and the times of words, for karaoke players and for storing."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from math import inf

from videos.render.lyrics.lines import Line
from videos.render.lyrics.normalisation import MAX_LINE_DURATION
from videos.render.lyrics.timestamps import GUESS_MARK

ROUNDING = 0.0005  # seconds: times that are no further apart are the same


def to_word_lrc(lines: Iterable[Line]) -> str:
    """Return ``lines`` as an enhanced LRC file: hundredths of seconds, as players read them."""
    return "".join(_Writer(digits=2, is_for_players=True).write(lines))


def to_stored_text(lines: Iterable[Line]) -> str:
    """Return ``lines`` as LRC that ``parse_lyrics`` reads as the same lines.

    Times are in thousandths of seconds, and those that are guessed are marked ("[~00:12.500]").
    """
    return "".join(_Writer(digits=3, is_for_players=False).write(lines))


class _Writer:
    """Writes lines as rows; ``digits`` are those of a time's fraction.

    Players know no mark of a guess, and read the end of a line without words in a row of its own.
    """

    def __init__(self, digits: int, *, is_for_players: bool) -> None:
        self._digits = digits
        self._is_for_players = is_for_players

    def write(self, lines: Iterable[Line]) -> Iterator[str]:
        """Yield the rows of all lines, each with its line break."""
        moments = [list(rows) for _, rows in groupby(lines, key=lambda line: line.start)]
        starts = [rows[0].start for rows in moments]
        for rows, next_start in zip(moments, [*starts[1:], inf], strict=True):
            if rows[0].section:
                yield f"[{rows[0].section}]\n"
            for line in rows:
                yield f"{self._line(line, next_start)}\n"
            if self._is_for_players and any(_has_own_end(line, next_start) for line in rows):
                yield f"[{self._time(max(line.end for line in rows))}]\n"

    def _line(self, line: Line, next_start: float) -> str:
        mark = GUESS_MARK if line.is_guessed and not self._is_for_players else ""
        text = self._text(line)
        if text == line.text and not self._is_for_players and _has_own_end(line, next_start):
            text += f"<{self._time(line.end)}>"
        return f"[{mark}{self._time(line.start)}]{text}"

    def _text(self, line: Line) -> str:
        """Return a line's text with a time before each word, and one after each that ends early."""
        pieces = _locate(line)
        if not pieces:
            return line.text
        parts = [line.text[: pieces[0][2]]]
        bounds = [at for _start, _end, at in pieces[1:]] + [len(line.text)]
        nexts = [start for start, _end, _at in pieces[1:]] + [inf]
        for (start, end, at), bound, next_start in zip(pieces, bounds, nexts, strict=True):
            parts.append(f"<{self._time(start)}>{line.text[at:bound]}")
            if end < next_start - ROUNDING:
                # A last word lasts as long as its line, whose end this time is then
                parts.append(f"<{self._time(line.end if next_start == inf else end)}>")
        return "".join(parts)

    def _time(self, time: float) -> str:
        unit = 10**self._digits
        count = round(time * unit)
        minutes, rest = divmod(count, 60 * unit)
        return f"{minutes:02}:{rest // unit:02}.{rest % unit:0{self._digits}}"


def _has_own_end(line: Line, next_start: float) -> bool:
    """Return whether a line ends at another time than readers think where none is written."""
    is_implied = line.end > next_start - ROUNDING and line.end - line.start <= MAX_LINE_DURATION
    return not is_implied and line.start < line.end < inf


def _locate(line: Line) -> Sequence[tuple[float, float, int]]:
    """Return the start, the end and the place in the text of each word that is in the text."""
    pieces: list[tuple[float, float, int]] = []
    at = 0
    for word in line.words:
        index = line.text.find(word.text, at) if word.text else -1
        if index >= 0:
            pieces.append((word.start, word.end, index))
            at = index + len(word.text)
    return pieces
