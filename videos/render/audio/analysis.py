"""What the painter must know of a song before the first frame: how it sounds and its length."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray

from videos.render.audio.decoding import LONGEST, heard_as, mono, open_audio, sound
from videos.render.audio.loudness import SILENT, Loudness, Measure, metered_aside
from videos.render.audio.row_files import Rows, new_rows
from videos.render.audio.spectrum import BANDS, Spectrum
from videos.render.audio.true_peaks import NO_PEAKS, Peaks, true_peak, usual_peak
from videos.render.audio.waveform import POINTS, Beats, Waveform

FRAME = np.dtype([("levels", np.float16, BANDS), ("wave", np.int8, POINTS), ("beat", np.float16)])
"""What is heard in one frame: levels and beat from 0 to 1, the wave from -127 to 127. Half
precision is finer than a pixel.
"""


@dataclass(frozen=True)
class Analysis:
    """What is `heard` in every frame, rows of `FRAME`, the song's length in seconds, the samples a
    second and the layout of the film's sound, how loud the song is, and its peaks, float16.
    """

    heard: Rows
    duration: float
    sample_rate: int
    layout: str
    measure: Measure = SILENT
    peaks: Rows = field(default_factory=lambda: NO_PEAKS)

    @property
    def frames(self) -> int:
        """Return how many frames the film has; the last one may outlast the sound."""
        return len(self.heard)


class _Ear:
    """Hears what is in each frame."""

    def __init__(self, rate: int, fps: int) -> None:
        self._spectrum, self._waveform = Spectrum(rate, fps, BANDS), Waveform(rate, fps)
        self._beats = Beats(fps)
        self._levels = np.empty((0, BANDS), np.float16)
        """Those of frames whose waves are not known yet: they take more of what follows."""

    def hear(self, samples: NDArray[np.float32]) -> NDArray[Any]:
        """Take in more samples, one channel; return the frames that are complete."""
        return self._frames(self._spectrum.hear(samples), self._waveform.hear(samples))

    def finish(self) -> NDArray[Any]:
        """Return the last frames, as if silence followed."""
        return self._frames(self._spectrum.finish(), self._waveform.finish())

    def _frames(self, levels: NDArray[np.float32], waves: NDArray[np.int8]) -> NDArray[Any]:
        known = np.concatenate([self._levels, levels.astype(np.float16)])
        frames = np.empty(len(waves), FRAME)
        frames["levels"], self._levels = known[: len(waves)], known[len(waves) :]
        frames["wave"] = waves
        frames["beat"] = self._beats.hear(frames["levels"])
        return frames


def analyse(
    path: Path, fps: int, on_fraction: Callable[[float], None], longest: float = LONGEST
) -> Analysis:
    """Listen to all of `path`, telling `on_fraction` several times a second of it how far it is.

    Raises AudioError if it cannot be read, or as soon as it lasts `longest` seconds or more, and
    OSError if there is no room for what is heard.
    """
    with open_audio(path) as container:
        rate, layout = heard_as(container.streams.audio[0])
        announced = max(1.0, (container.duration or 0) / av.time_base)
    ear, loudness, peaks = _Ear(rate, fps), Loudness(), Peaks()
    heard, samples = new_rows(FRAME), 0
    with closing(metered_aside(sound(path, longest), loudness, peaks)) as frames:
        for frame in frames:
            heard.append(ear.hear(mono(frame)))
            samples += frame.samples
            on_fraction(min(1.0, samples / rate / announced))
    heard.append(ear.finish())
    heights = peaks.finish()
    measure = Measure(loudness.integrated, true_peak(heights), usual_peak(heights))
    return Analysis(heard, samples / rate, rate, layout, measure, heights)


def imagined(duration: float, fps: int) -> Analysis:
    """Return what might be heard in a song of `duration` seconds that nobody has heard yet."""
    times = np.arange(max(1, round(duration * fps)), dtype=np.float32)[:, np.newaxis] / fps
    bands = np.linspace(0, 1, BANDS, dtype=np.float32)
    swing = np.sin(2.6 * times + 19 * bands) * np.sin(1.7 * times - 31 * bands)
    points = np.linspace(-1, 1, POINTS, dtype=np.float32)
    line = np.sin(11 * points + 3 * times) * np.cos(23 * points) * (1 - points**2)
    heard = np.empty(len(times), FRAME)
    heard["levels"] = (0.42 + 0.38 * swing) * (1 - 0.5 * bands)
    heard["wave"] = 90 * line
    heard["beat"] = heard["levels"][:, 0]
    return Analysis(heard, len(times) / fps, 48000, "stereo")
