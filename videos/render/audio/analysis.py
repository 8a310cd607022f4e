"""Analyses a song before it is painted: the features of each frame, its length and loudness."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray

from videos.render.audio.decoding import (
    MAX_SECONDS,
    decode_audio,
    open_audio,
    output_format,
    sound_stream,
)
from videos.render.audio.file_tables import Table, create_table
from videos.render.audio.loudness import (
    SILENT,
    LoudnessMeasurement,
    LoudnessMeter,
    meter_frames_in_thread,
)
from videos.render.audio.mono_mix import MonoMixer
from videos.render.audio.spectrum import BANDS, Spectrum
from videos.render.audio.timeline import Gaps
from videos.render.audio.true_peaks import (
    EMPTY_PEAKS,
    TruePeakMeter,
    find_true_peak,
    find_usual_peak,
)
from videos.render.audio.waveform import POINTS, BeatFollower, Waveform

# The features of one frame: levels and beat from 0 to 1, the wave from -127 to 127. Half precision
# is finer than a pixel.
FRAME_DTYPE = np.dtype(
    [("levels", np.float16, BANDS), ("wave", np.int8, POINTS), ("beat", np.float16)]
)


@dataclass(frozen=True)
class Analysis:
    """What a film must know of its song.

    ``features`` has a row of ``FRAME_DTYPE`` for each frame. ``duration`` is in seconds;
    ``sample_rate`` (hertz) and ``layout`` are those of the film's sound; ``peaks`` are the true
    peaks of its blocks, float16; ``silence`` is the seconds that are missing within the sound.
    """

    features: Table
    duration: float
    sample_rate: int
    layout: str
    loudness: LoudnessMeasurement = SILENT
    peaks: Table = field(default_factory=lambda: EMPTY_PEAKS)
    silence: float = 0.0

    @property
    def frames(self) -> int:
        """The number of frames of the film; the last one may end after the sound."""
        return len(self.features)


class _FrameAnalyser:
    """Computes the features of each frame."""

    def __init__(self, rate: int, fps: int) -> None:
        self._spectrum, self._waveform = Spectrum(rate, fps, BANDS), Waveform(rate, fps)
        self._beats = BeatFollower(fps)
        # The levels of frames whose waves are still missing: a wave needs more of what follows.
        self._pending_levels = np.empty((0, BANDS), np.float16)

    def process(self, samples: NDArray[np.float32]) -> NDArray[Any]:
        """Take more samples of one channel; return the frames that are complete."""
        return self._join(self._spectrum.process(samples), self._waveform.process(samples))

    def finish(self) -> NDArray[Any]:
        """Return the last frames, as if silence followed."""
        return self._join(self._spectrum.finish(), self._waveform.finish())

    def _join(self, levels: NDArray[np.float32], waves: NDArray[np.int8]) -> NDArray[Any]:
        pending = np.concatenate([self._pending_levels, levels.astype(np.float16)])
        frames = np.empty(len(waves), FRAME_DTYPE)
        frames["levels"], self._pending_levels = pending[: len(waves)], pending[len(waves) :]
        frames["wave"] = waves
        frames["beat"] = self._beats.process(frames["levels"])
        return frames


def analyse(
    path: Path,
    fps: int,
    on_fraction: Callable[[float], None],
    max_seconds: float = MAX_SECONDS,
) -> Analysis:
    """Decode and analyse all of ``path``.

    ``on_fraction`` is called with the fraction done (0 to 1) several times a second of the song.
    Raises AudioError if the file cannot be read, or as soon as it lasts ``max_seconds`` or more,
    and OSError if the disk is full.
    """
    with open_audio(path) as container:
        rate, layout = output_format(sound_stream(container))
        declared_seconds = max(1.0, (container.duration or 0) / av.time_base)
    analyser, loudness_meter, peak_meter = (
        _FrameAnalyser(rate, fps),
        LoudnessMeter(),
        TruePeakMeter(),
    )
    features, samples = create_table(FRAME_DTYPE), 0
    mixer, gaps = MonoMixer(), Gaps()
    decoded = decode_audio(path, max_seconds, gaps)
    with closing(meter_frames_in_thread(decoded, loudness_meter, peak_meter)) as frames:
        for frame in frames:
            features.append(analyser.process(mixer.process(frame)))
            samples += frame.samples
            on_fraction(min(1.0, samples / rate / declared_seconds))
    features.append(analyser.finish())
    peaks = peak_meter.finish()
    loudness = LoudnessMeasurement(
        loudness_meter.integrated, find_true_peak(peaks), find_usual_peak(peaks)
    )
    return Analysis(features, samples / rate, rate, layout, loudness, peaks, gaps.seconds)


def make_placeholder_analysis(duration: float, fps: int) -> Analysis:
    """Return an invented analysis of ``duration`` seconds, for songs that are not analysed yet."""
    times = np.arange(max(1, round(duration * fps)), dtype=np.float32)[:, np.newaxis] / fps
    bands = np.linspace(0, 1, BANDS, dtype=np.float32)
    swing = np.sin(2.6 * times + 19 * bands) * np.sin(1.7 * times - 31 * bands)
    points = np.linspace(-1, 1, POINTS, dtype=np.float32)
    line = np.sin(11 * points + 3 * times) * np.cos(23 * points) * (1 - points**2)
    features = np.empty(len(times), FRAME_DTYPE)
    features["levels"] = (0.42 + 0.38 * swing) * (1 - 0.5 * bands)
    features["wave"] = 90 * line
    features["beat"] = features["levels"][:, 0]
    return Analysis(features, len(times) / fps, 48000, "stereo")
