"""Places the blocks of untimed lyrics on the bars of a song, and their lines within them."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from videos.render.audio.features import Analysis
from videos.render.guessing.bars import Bars, find_bars
from videos.render.guessing.blocks import Block, find_blocks
from videos.render.guessing.structure import Structure, find_structure
from videos.render.lyrics.directions import fold_rows
from videos.render.lyrics.lines import Line, Problems, SourceLine
from videos.render.lyrics.normalisation import normalise_lines
from videos.render.lyrics.parsing import strip_timestamps
from videos.render.lyrics.plain import PlainRow, read_rows

Values = NDArray[np.float64]

MAX_BLOCK_BARS = 24
MAX_BLOCKS = 60
# Seconds that a syllable may last; each is tried, and the one with the best placement is taken
SYLLABLE_SECONDS = (0.16, 0.2, 0.24, 0.28, 0.33, 0.39, 0.46, 0.55)
USUAL_SYLLABLE_SECONDS = 0.3
# What speaks against a placement: a block that is longer or shorter than its syllables need, one
# that begins where nothing new does, or with an odd number of bars, a pause where much is heard
LENGTH, NOVELTY, ODDNESS, PAUSE, REPETITION = 3.0, 1.0, 0.25, 0.55, 0.4
RATE = 0.6  # how much it counts that a singer is unusually fast or slow


def guess_lines(analysis: Analysis, fps: int, text: str) -> tuple[Line, ...] | None:
    """Return the lines of lyrics with times guessed from a sound with ``fps`` frames a second.

    Times in ``text`` are not heeded. None where the song has no beat, or too few bars for these
    words.
    """
    rows = list(read_rows(fold_rows(strip_timestamps(text).split("\n")), Problems()))
    bars = find_bars(analysis, fps)
    if bars is None or not rows:
        return None
    blocks = find_blocks(rows)
    if len(blocks) > min(MAX_BLOCKS, len(bars.starts) // 2):
        return None
    spans = _place(blocks, bars, find_structure(analysis, fps, bars))
    lines = _place_rows(rows, blocks, spans, bars)
    return normalise_lines(lines, analysis.duration, Problems())


def _place(blocks: Sequence[Block], bars: Bars, structure: Structure) -> list[tuple[int, int]]:
    """Return the first bar of each block and the bar behind it."""
    best_cost, best = np.inf, []
    for rate in SYLLABLE_SECONDS:
        cost, spans = _place_at_rate(blocks, bars, structure, rate)
        cost += RATE * len(blocks) * abs(np.log(rate / USUAL_SYLLABLE_SECONDS)) ** 2
        if cost < best_cost:
            best_cost, best = cost, spans
    return best


def _place_at_rate(
    blocks: Sequence[Block], bars: Bars, structure: Structure, rate: float
) -> tuple[float, list[tuple[int, int]]]:
    """Return the cheapest placement where syllables last ``rate`` seconds, and what it costs."""
    count = len(structure.novelty)
    pauses = np.concatenate([[0.0], np.cumsum(PAUSE * (0.15 + structure.fullness))])
    repetition = np.concatenate([[0.0], np.cumsum(structure.repetition - 0.5)])
    lengths = np.arange(1, MAX_BLOCK_BARS + 1)
    ends = np.full(count + 1, np.inf)  # what it costs that the blocks so far end before a bar
    ends[0] = 0.0
    steps: list[tuple[Values, NDArray[np.int64], NDArray[np.int64]]] = []
    for block in blocks:
        # Any number of bars without words may come before a block
        waits = ends - pauses
        sources = _running_argmin(waits)
        begins = waits[sources] + pauses + np.append(NOVELTY * (1 - structure.novelty), np.inf)
        needed = block.syllables * rate / bars.seconds
        misfit = LENGTH * np.log(lengths / needed) ** 2 + ODDNESS * (
            (lengths % 2 > 0) + (lengths % 4 > 0)
        )
        following = np.full(count + 1, np.inf)
        chosen = np.zeros(count + 1, np.int64)
        for length, cost in zip(lengths.tolist(), misfit.tolist(), strict=True):
            if length > count:
                break
            total = begins[: count + 1 - length] + cost
            if block.is_repeated:
                total = total - REPETITION * (repetition[length:] - repetition[:-length]) / length
            is_better = total < following[length:]
            following[length:][is_better] = total[is_better]
            chosen[length:][is_better] = length
        steps.append((following, chosen, sources))
        ends = following
    closing = ends + pauses[-1] - pauses
    at = int(np.argmin(closing))
    cost, spans = float(closing[at]), []
    for _following, chosen, sources in reversed(steps):
        length = int(chosen[at])
        spans.append((at - length, at))
        at = int(sources[at - length])
    return cost, spans[::-1]


def _running_argmin(values: Values) -> NDArray[np.int64]:
    """Return for each place where the smallest value up to it is."""
    smallest = np.minimum.accumulate(values)
    is_new = np.concatenate([[True], values[1:] < smallest[:-1]])
    places: NDArray[np.int64] = np.maximum.accumulate(np.where(is_new, np.arange(len(values)), 0))
    return places


def _place_rows(
    rows: Sequence[PlainRow],
    blocks: Sequence[Block],
    spans: Sequence[tuple[int, int]],
    bars: Bars,
) -> Iterator[SourceLine]:
    """Yield the lines of all blocks: those of a block are equally long."""
    for block, (first, last) in zip(blocks, spans, strict=True):
        start = float(bars.starts[first])
        seconds = (last - first) * bars.seconds / (block.last - block.first)
        for number, row in enumerate(rows[block.first : block.last]):
            at = start + number * seconds
            line = Line(at, at + seconds, row.text, section=row.section, is_guessed=True)
            yield SourceLine(row.number, line)
