"""Finds the bars of a song: its tempo, where its beats are, and on which of them a bar begins."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from videos.render.audio.features import Analysis
from videos.render.audio.file_tables import iterate_chunks

Values = NDArray[np.float64]

MIN_BPM, MAX_BPM = 60.0, 180.0
USUAL_BPM = 105.0  # of tempos that fit equally well, the one nearest to it is chosen
TEMPO_SPREAD = 0.9  # octaves around it that hardly count less
BEATS_PER_BAR = 4
LAGS = 4  # multiples of a beat that are compared: a tempo fits all of them
TEMPO_STEPS = 240


class Bars(NamedTuple):
    """The starts of a song's bars in seconds, one after the other, and how long each lasts."""

    starts: Values
    seconds: float


def find_bars(analysis: Analysis, fps: int) -> Bars | None:
    """Return the bars of a song with ``fps`` frames a second; None where no beat is heard."""
    onsets, bass = _onsets(analysis)
    if len(onsets) < 8 * fps or not onsets.any():
        return None
    beat = _find_beat(onsets, fps)
    phase = _best_phase(onsets, beat)
    count = int((len(onsets) - phase) / beat)
    beats = phase + beat * np.arange(count)
    strengths = _sample(bass, beats)
    downbeat = max(
        range(BEATS_PER_BAR), key=lambda first: float(strengths[first::BEATS_PER_BAR].mean())
    )
    first = downbeat * beat + phase
    seconds = BEATS_PER_BAR * beat / fps
    starts = np.arange(first / fps % seconds, analysis.duration, seconds)
    return Bars(starts, seconds)


def _onsets(analysis: Analysis) -> tuple[Values, Values]:
    """Return for each frame how much begins in it: in all bands, and in the lowest eighth."""
    rises, basses = [], []
    last = None
    for rows in iterate_chunks(analysis.features):
        levels = rows["levels"].astype(np.float32)
        before = levels[:1] if last is None else last
        rise = np.maximum(0, np.diff(levels, axis=0, prepend=before))
        rises.append(rise.mean(axis=1))
        basses.append(rise[:, : max(1, levels.shape[1] // 8)].mean(axis=1))
        last = levels[-1:]
    if not rises:
        return np.zeros(0), np.zeros(0)
    onsets = np.concatenate(rises).astype(np.float64)
    return onsets - onsets.mean(), np.concatenate(basses).astype(np.float64)


def _find_beat(onsets: Values, fps: int) -> float:
    """Return the frames from one beat to the next, a fraction of a frame exactly."""
    size = 1 << (2 * len(onsets) - 1).bit_length()
    spectrum = np.fft.rfft(onsets, size)
    likeness = np.fft.irfft(np.abs(spectrum) ** 2)[: len(onsets)]
    tempos = np.geomspace(MIN_BPM, MAX_BPM, TEMPO_STEPS)
    beats = 60 * fps / tempos
    sums = sum(_sample(likeness, beats * lag) / lag**0.5 for lag in range(1, LAGS + 1))
    prior = np.exp(-0.5 * (np.log2(tempos / USUAL_BPM) / TEMPO_SPREAD) ** 2)
    rough = float(beats[int(np.argmax(np.maximum(sums, 0) * prior))])
    # Long lags tell the fraction: an error of one hundredth of a frame is a beat after 3 minutes
    far = max(1, int(0.5 * len(onsets) / rough))
    fine = rough * np.linspace(0.99, 1.01, 201)
    lags = np.unique(np.linspace(1, min(far, 64), 16).astype(int))
    fits = sum(_sample(likeness, fine * lag) for lag in lags)
    return float(fine[int(np.argmax(fits))])


def _best_phase(onsets: Values, beat: float) -> float:
    """Return the frame of the first beat: most begins on the beats then."""
    steps = np.arange(0, beat, 0.5)
    count = int(len(onsets) / beat) - 1
    fits = [float(_sample(onsets, step + beat * np.arange(count)).sum()) for step in steps]
    return float(steps[int(np.argmax(fits))])


def _sample(values: Values, places: NDArray[np.floating]) -> Values:
    """Return values at fractional places, 0 behind the end."""
    sampled: Values = np.interp(places, np.arange(len(values)), values, right=0.0)
    return sampled
