"""``python -m benchmarks.lyrics``: how near the guesses of untimed lines are, on songs of our own.

The songs are the demo song in other orders and at other levels, so that the true times are known.
Its voice is synthetic and its tempo steady: on real songs every way does worse. For each way the
table has the errors of the lines' starts in seconds, and the share of lines within a second.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from statistics import fmean, median
from typing import NamedTuple

from tests.render.clips.composed import DEMO, FPS, PARTS, SONGS, compose
from videos.render.audio.features import Analysis
from videos.render.guessing import guess_lines
from videos.render.lyrics import Line, parse

Guess = Callable[[str, Analysis], Sequence[Line]]


class Errors(NamedTuple):
    """How far the starts of lines are from when they are sung, in seconds."""

    median: float
    mean: float
    worst: float
    within_a_second: float  # share of the lines

    @classmethod
    def of(cls, guess: Sequence[Line], true: Sequence[Line]) -> "Errors":
        """Compare the lines of a guess with the true ones, which are as many."""
        errors = [abs(a.start - b.start) for a, b in zip(guess, true, strict=True)]
        share = sum(error < 1 for error in errors) / len(errors)
        return cls(median(errors), fmean(errors), max(errors), share)


def spread(text: str, analysis: Analysis) -> Sequence[Line]:
    """Spread the lines over the song by their syllables, as films do."""
    return parse(text, analysis.duration)


def by_structure(text: str, analysis: Analysis) -> Sequence[Line]:
    """Place the lines by bars, sections and repeats, as the lyrics editor begins."""
    return guess_lines(analysis, FPS, text) or spread(text, analysis)


WAYS: dict[str, Guess] = {"spread": spread, "structure": by_structure}


def true_lines(name: str) -> Iterator[Line]:
    """Yield the lines of the demo as they are sung in a song of ``SONGS``."""
    demo = parse((DEMO / "lyrics.lrc").read_text(encoding="utf-8"), PARTS["outro"][1])
    time = 0.0
    for part, _decibels in SONGS[name]:
        start, end = PARTS[part]
        for line in demo if part != "solo" else ():
            if start - 0.1 <= line.start < end - 0.1:
                yield replace(line, start=time + line.start - start)
        time += end - start


def without_times(lines: Sequence[Line]) -> str:
    """Return the words as they are pasted: with section tags, and no times."""
    rows: list[str] = []
    for line in lines:
        rows += ["", f"[{line.section}]"] if line.section else []
        rows.append(line.text)
    return "\n".join(rows)


def compare() -> Iterator[tuple[str, str, Errors]]:
    """Yield the errors of each way on each song: its name, the way's, the errors."""
    for name, song in compose().items():
        true = list(true_lines(name))
        text = without_times(true)
        for way, guess in WAYS.items():
            yield name, way, Errors.of(guess(text, song.analysis), true)


def main() -> None:
    """Print the table, with the means of all songs below."""
    print(f"{'song':14}{'way':12}{'median':>8}{'mean':>8}{'worst':>8}{'within 1 s':>12}")
    by_way: dict[str, list[Errors]] = {way: [] for way in WAYS}
    for name, way, errors in compare():
        by_way[way].append(errors)
        _print(name, way, errors)
    for way, rows in by_way.items():
        _print("all", way, Errors(*map(fmean, zip(*rows, strict=True))))


def _print(name: str, way: str, errors: Errors) -> None:
    middle, mean, worst, share = errors
    print(f"{name:14}{way:12}{middle:8.2f}{mean:8.2f}{worst:8.1f}{share:12.0%}")


if __name__ == "__main__":
    main()
