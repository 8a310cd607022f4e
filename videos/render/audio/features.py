"""The analysis of a song: the features of each frame of its film, its length and loudness."""

from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from videos.render.audio.file_tables import Table, TablePart
from videos.render.audio.spectrum import BANDS
from videos.render.audio.waveform import POINTS

PeakArray = NDArray[np.float16]
PEAK_DTYPE = np.dtype(np.float16)
SILENT_PEAK = -120.0  # dBTP that stand for the peak of digital silence
EMPTY_PEAKS: PeakArray = np.empty(0, PEAK_DTYPE)

# The features of one frame: levels and beat from 0 to 1, the wave from -127 to 127. Half precision
# is finer than a pixel.
FRAME_DTYPE = np.dtype(
    [("levels", np.float16, BANDS), ("wave", np.int8, POINTS), ("beat", np.float16)]
)


@dataclass(frozen=True)
class LoudnessMeasurement:
    """How loud a sound is.

    ``integrated`` is in LUFS (None for silence), ``true_peak`` in dBTP, ``usual_peak`` is the true
    peak without the few outliers.
    """

    integrated: float | None
    true_peak: float
    usual_peak: float


SILENT = LoudnessMeasurement(None, SILENT_PEAK, SILENT_PEAK)


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

    def part(self, first: int, last: int, fps: int) -> "Analysis":
        """Return the frames from ``first`` to before ``last``, as if they were the whole song.

        How loud that part is, and what is missing in it, is not known then.
        """
        last = min(last, self.frames)
        duration = min(last / fps, self.duration) - first / fps
        features = TablePart(self.features, range(first, last))
        cut = replace(self, features=features, duration=duration, silence=0.0)
        return replace(cut, loudness=SILENT, peaks=EMPTY_PEAKS)


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
