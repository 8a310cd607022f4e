"""How much each moment of a song sounds like its hook, and where its onsets are."""

import numpy as np
from numpy.typing import NDArray

from videos.render.audio.features import Analysis
from videos.render.audio.file_tables import iterate_chunks

Scores = NDArray[np.float32]

MAX_CELLS = 1200  # of a song: what is compared grows with their square
MIN_CELL_SECONDS = 0.5
PHRASE_SECONDS = 4.0  # that must be alike to count as repeated
MIN_REPEAT_SECONDS = 8.0  # between a passage and its repetition
# What a hook has, and how much that counts: it is sung again, loud, bright and lively
REPETITION, LOUDNESS, BRIGHTNESS, LIVELINESS = 0.35, 0.25, 0.25, 0.15
LOW, HIGH = 10, 95  # percentiles of a song that count as nothing and as all of one of them


class SoundScores:
    """Scores from 0 to 1 for the cells of a song: short times of equal length."""

    def __init__(self, analysis: Analysis, fps: int) -> None:
        """Compare the cells of a song, whose features have ``fps`` frames a second."""
        frames = max(round(MIN_CELL_SECONDS * fps), -(-analysis.frames // MAX_CELLS))
        self.cell_seconds = frames / fps
        levels, flux = _average_cells(analysis, frames)
        self.scores: Scores = (
            REPETITION * _spread(_find_repetitions(levels, self.cell_seconds))
            + LOUDNESS * _spread(levels.mean(axis=1))
            + BRIGHTNESS * _spread(levels[:, levels.shape[1] // 2 :].mean(axis=1))
            + LIVELINESS * _spread(flux)
        )
        self._sum()

    def _sum(self) -> None:
        self._sums = np.concatenate([[0.0], np.cumsum(self.scores, dtype=np.float64)])

    def favour(self, start: float, end: float, bonus: float) -> None:
        """Raise the scores between two times in seconds."""
        first, last = round(start / self.cell_seconds), round(end / self.cell_seconds)
        self.scores[first:last] += np.float32(bonus)
        self._sum()

    def mean(self, start: float, end: float) -> float:
        """Return the mean score between two times in seconds."""
        count = len(self.scores)
        first = min(count - 1, max(0, round(start / self.cell_seconds)))
        last = min(count, max(first + 1, round(end / self.cell_seconds)))
        return float((self._sums[last] - self._sums[first]) / (last - first))

    def best_start(self, length: float) -> float:
        """Return when the best ``length`` seconds begin: with a rise, for a start is remembered."""
        count = len(self.scores)
        width = min(count, max(1, round(length / self.cell_seconds)))
        means = (self._sums[width:] - self._sums[:-width]) / width
        ahead = max(1, round(2 / self.cell_seconds))
        padded = np.pad(self.scores, ahead, "edge")
        sums = np.concatenate([[0.0], np.cumsum(padded, dtype=np.float64)])
        around = (sums[ahead:] - sums[:-ahead]) / ahead
        rises = around[ahead:] - around[:-ahead]
        return float((means + 0.15 * rises[: len(means)]).argmax()) * self.cell_seconds


def find_onset(analysis: Analysis, fps: int, start: float, end: float) -> float | None:
    """Return the strongest onset between two times, in seconds; None if nothing begins there."""
    first, last = max(0, round(start * fps)), min(analysis.frames, round(end * fps) + 1)
    rows = analysis.features[max(0, first - 2) : last]["levels"].astype(np.float32)
    if len(rows) < 3:
        return None
    rise = np.maximum(0, rows[2:] - rows[:-2]).mean(axis=1)
    index = int(rise.argmax())
    if rise[index] < 2 * float(np.median(rise)) or rise[index] < 0.01:
        return None
    # The window of a frame reaches as far ahead as the rise needs to show
    return (max(0, first - 2) + 1 + index) / fps


def _average_cells(analysis: Analysis, frames: int) -> tuple[Scores, Scores]:
    """Return the mean levels of the cells, (cells, bands), and how much they rise, (cells,)."""
    levels, flux, rest = [], [], None
    for rows in iterate_chunks(analysis.features):
        chunk = rows["levels"].astype(np.float32)
        chunk = chunk if rest is None else np.concatenate([rest, chunk])
        whole = len(chunk) // frames * frames
        cells = chunk[:whole].reshape(-1, frames, chunk.shape[1])
        levels.append(cells.mean(axis=1))
        flux.append(np.maximum(0, np.diff(cells, axis=1)).mean(axis=(1, 2)))
        rest = chunk[whole:]
    if not sum(map(len, levels)) and rest is not None:  # a song of less than a cell
        return rest.mean(axis=0, keepdims=True), np.zeros(1, np.float32)
    return np.concatenate(levels), np.concatenate(flux)


def _find_repetitions(levels: Scores, seconds: float) -> Scores:
    """Return how alike each cell is to the one that repeats it best, with those around it."""
    phrase = max(1, round(PHRASE_SECONDS / seconds))
    count = len(levels)
    best = np.zeros(count, np.float32)
    spectra = levels - levels.mean(axis=0)
    spectra /= np.linalg.norm(spectra, axis=1, keepdims=True) + 1e-6
    likeness = spectra @ spectra.T
    for lag in range(max(1, round(MIN_REPEAT_SECONDS / seconds)), count - phrase + 1):
        sums = np.concatenate([[0.0], np.cumsum(np.diagonal(likeness, lag))])
        means = (sums[phrase:] - sums[:-phrase]) / phrase
        for offset in (phrase // 2, phrase // 2 + lag):
            part = best[offset : offset + len(means)]
            np.maximum(part, means[: len(part)], out=part)
    return best


def _spread(values: Scores) -> Scores:
    """Return ``values`` stretched so that those of the song lie between 0 and 1."""
    low, high = np.percentile(values, (LOW, HIGH))
    spread: Scores = np.clip((values - low) / max(1e-6, high - low), 0, 1).astype(np.float32)
    return spread
