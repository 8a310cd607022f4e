"""The sound of a part of a song: cut from the decoded song, and faded at both ends."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from av.audio.frame import AudioFrame
from numpy.typing import NDArray

from videos.render.audio.decoding import decode_audio
from videos.render.audio.features import LoudnessMeasurement
from videos.render.audio.file_tables import Table
from videos.render.audio.loudness import LoudnessMeter
from videos.render.audio.true_peaks import TruePeakMeter, find_true_peak, find_usual_peak

FADE_SECONDS = 0.02  # at each end: a sound that is cut anywhere would click


def decode_passage(path: Path, samples: range) -> Iterator[AudioFrame]:
    """Yield these ``samples`` of the song as the film plays them, faded at both ends.

    Raises like ``decode_audio``; what follows them is not read.
    """
    yield from fade_ends(cut_frames(decode_audio(path), samples), len(samples))


def measure_frames(frames: Iterable[AudioFrame]) -> tuple[LoudnessMeasurement, Table]:
    """Return how loud a sound is, and the true peaks of its blocks."""
    loudness_meter, peak_meter = LoudnessMeter(), TruePeakMeter()
    for frame in frames:
        loudness_meter.add_frame(frame)
        peak_meter.add_frame(frame)
    peaks = peak_meter.finish()
    highest = find_true_peak(peaks), find_usual_peak(peaks)
    return LoudnessMeasurement(loudness_meter.integrated, *highest), peaks


def cut_frames(frames: Iterable[AudioFrame], samples: range) -> Iterator[AudioFrame]:
    """Yield the parts of planar ``frames`` within ``samples``; a sound may end before them."""
    position = 0
    for frame in frames:
        first, last = samples.start - position, samples.stop - position
        position += frame.samples
        if first <= 0 and frame.samples <= last:
            yield frame
        elif first < frame.samples:
            yield _replace_samples(frame, frame.to_ndarray()[:, max(0, first) : last])
        if position >= samples.stop:
            return


def fade_ends(frames: Iterable[AudioFrame], count: int) -> Iterator[AudioFrame]:
    """Yield planar floats, ``count`` samples in all, that swell from silence and end in it."""
    position = 0
    for frame in frames:
        length = min(round(FADE_SECONDS * frame.sample_rate), count // 2)
        first, last = position, position + frame.samples
        position = last
        if first < length or last > count - length:
            places = np.arange(first, last)
            gains = np.clip(np.minimum(places + 1, count - places) / (length + 1), 0, 1)
            yield _replace_samples(frame, frame.to_ndarray() * gains.astype(np.float32))
        else:
            yield frame


def _replace_samples(frame: AudioFrame, samples: NDArray[Any]) -> AudioFrame:
    contiguous = np.ascontiguousarray(samples)
    changed = AudioFrame.from_ndarray(contiguous, frame.format.name, frame.layout.name)
    changed.sample_rate = frame.sample_rate
    return changed
