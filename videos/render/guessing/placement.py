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
# What speaks against a placement: a block that is longer or shorter than its syllables need, or has
# an odd number of bars, and one that begins where nothing new does; each bar without words between
# two blocks, and, less, each before the first and behind the last one
LENGTH, ODDNESS, NOVELTY, PAUSE, EDGE = 3.0, 0.15, 1.5, 0.45, 0.08
CLOSE = 0.3  # how much it counts beside NOVELTY that the last block ends where something begins
REPETITION = 0.4  # what speaks for a block of repeated words where the sound is repeated
QUIET, MIN_FULLNESS = 1.0, 0.05  # what speaks against a block where hardly anything is heard
RATE = 0.8  # for each block: that the singer is unusually fast or slow


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
    waits = [EDGE * np.arange(count + 1), *[PAUSE * np.arange(count + 1)] * (len(blocks) - 1)]
    novelty = np.append(NOVELTY * (1 - structure.novelty), np.inf)
    repetition = np.concatenate([[0.0], np.cumsum(structure.repetition - 0.5)])
    silence = np.concatenate([[0.0], np.cumsum(structure.fullness < MIN_FULLNESS)])
    ends = np.full(count + 1, np.inf)  # what it costs that the blocks so far end before a bar
    ends[0] = 0.0
    steps: list[tuple[NDArray[np.int64], NDArray[np.int64]]] = []
    for block, wait in zip(blocks, waits, strict=True):
        # Any number of bars without words may come before a block
        sources = _running_argmin(ends - wait)
        begins = (ends - wait)[sources] + wait + novelty
        ends = np.full(count + 1, np.inf)
        lengths = np.zeros(count + 1, np.int64)
        for length, cost in enumerate(_misfits(block, rate, bars), 1):
            if length > count:
                break
            quiet = (silence[length:] - silence[:-length]) / length
            total = begins[:-length] + cost + QUIET * quiet
            if block.is_repeated:
                total -= REPETITION * (repetition[length:] - repetition[:-length]) / length
            is_better = total < ends[length:]
            ends[length:][is_better] = total[is_better]
            lengths[length:][is_better] = length
        steps.append((lengths, sources))
    closing = ends + EDGE * np.arange(count, -1, -1) + np.append(novelty[:-1], 0) * CLOSE
    at = int(np.argmin(closing))
    cost, spans = float(closing[at]), []
    for lengths, sources in reversed(steps):
        length = int(lengths[at])
        spans.append((at - length, at))
        at = int(sources[at - length])
    return cost, spans[::-1]


def _misfits(block: Block, rate: float, bars: Bars) -> list[float]:
    """Return what it costs that a block lasts 1, 2, 3 … bars."""
    lengths = np.arange(1, MAX_BLOCK_BARS + 1)
    needed = block.syllables * rate / bars.seconds
    odd = (lengths % 2 > 0).astype(float) + (lengths % 4 > 0)
    costs: list[float] = (LENGTH * np.log(lengths / needed) ** 2 + ODDNESS * odd).tolist()
    return costs


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
