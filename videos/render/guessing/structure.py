"""What each bar of a song sounds like: where something new begins, and what comes again."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from videos.render.audio.features import Analysis
from videos.render.guessing.bars import Bars

Values = NDArray[np.float64]

MAX_BARS = 600
SIDE_BARS = 4  # on each side of a boundary that are compared
MIN_REPEAT_BARS = 8  # from a bar to one that repeats it
FIRST_NOVELTY = 0.5  # of the first bar, which has nothing before it
LOW, HIGH = 10, 95  # percentiles that count as nothing and as all
VOICE_BANDS = slice(18, 54)  # of 72: about 200 to 4000 Hz, where voices are


class Structure(NamedTuple):
    """A value from 0 to 1 for each bar.

    ``novelty`` is how much begins with it, ``repetition`` how well another bar repeats it,
    ``fullness`` how much is heard where voices are.
    """

    novelty: Values
    repetition: Values
    fullness: Values


def find_structure(analysis: Analysis, fps: int, bars: Bars) -> Structure:
    """Return the structure of a song with those bars."""
    levels = _bar_levels(analysis, fps, bars)
    fullness = _spread(levels[:, VOICE_BANDS].mean(axis=1))
    spectra = levels - levels.mean(axis=0)
    spectra = spectra / (np.linalg.norm(spectra, axis=1, keepdims=True) + 1e-6)
    likeness = spectra @ spectra.T
    return Structure(_find_novelty(likeness), _find_repetition(likeness), fullness)


def _bar_levels(analysis: Analysis, fps: int, bars: Bars) -> Values:
    """Return the mean levels of each bar: (bars, bands)."""
    result = []
    for start in bars.starts[:MAX_BARS]:
        first, last = round(start * fps), round((start + bars.seconds) * fps)
        rows = analysis.features[first : min(last, analysis.frames)]["levels"]
        bands = rows.shape[1]
        result.append(rows.astype(np.float64).mean(axis=0) if len(rows) else np.zeros(bands))
    return np.array(result)


def _find_novelty(likeness: Values) -> Values:
    """Return how unlike the bars before each bar those from it on are (a checkerboard)."""
    count = len(likeness)
    novelty = np.zeros(count)
    for bar in range(count):
        side = min(SIDE_BARS, max(1, bar), max(1, count - bar))
        before, after = slice(max(0, bar - side), bar), slice(bar, bar + side)
        if bar == 0:
            continue
        within = likeness[before, before].mean() + likeness[after, after].mean()
        novelty[bar] = within / 2 - likeness[before, after].mean()
    # Only the bar that is newer than those beside it begins something
    padded = np.pad(novelty, 1)
    novelty[(novelty < padded[:-2]) | (novelty < padded[2:])] *= 0.3
    spread = _spread(novelty)
    spread[:1] = FIRST_NOVELTY
    return spread


def _find_repetition(likeness: Values) -> Values:
    """Return how alike each bar, with the one behind it, is to the bars that repeat it best."""
    count = len(likeness)
    best = np.zeros(count)
    for lag in range(MIN_REPEAT_BARS, count):
        diagonal = np.diagonal(likeness, lag)
        pairs = (diagonal + np.append(diagonal[1:], diagonal[-1:])) / 2
        for offset in (0, lag):
            part = best[offset : offset + len(pairs)]
            np.maximum(part, pairs, out=part)
    return _spread(best)


def _spread(values: Values) -> Values:
    """Return ``values`` stretched so that those of the song lie between 0 and 1."""
    low, high = np.percentile(values, (LOW, HIGH))
    spread: Values = np.clip((values - low) / max(1e-6, high - low), 0, 1)
    return spread
