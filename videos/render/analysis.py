"""What the painter must know of a song before the first frame: how it sounds and its length."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from videos.render.audio import LONGEST, heard_as, mono, open_audio, sound
from videos.render.loudness import SILENT, Loudness, Measure, metered_aside
from videos.render.peaks import NO_PEAKS, Heights, Peaks, decibels, usual
from videos.render.spectrum import BANDS, Spectrum
from videos.render.waveform import POINTS, Waveform, Waves, beats


@dataclass(frozen=True)
class Analysis:
    """What is heard in every frame, the song's length in seconds, the samples a second and the
    layout of the film's sound, how loud the song is, and its peaks.

    `levels` are (frames, BANDS) from 0 to 1, `waves` (frames, POINTS) from -127 to 127, `beats`
    (frames,) from 0 to 1. Half precision is finer than a pixel; a minute at 30 frames a second
    takes 520 kB, an hour 31 MB.
    """

    levels: NDArray[np.float16]
    waves: Waves
    beats: NDArray[np.float16]
    duration: float
    sample_rate: int
    layout: str
    measure: Measure = SILENT
    peaks: Heights = field(default_factory=lambda: NO_PEAKS)

    @property
    def frames(self) -> int:
        """Return how many frames the film has; the last one may outlast the sound."""
        return len(self.levels)


def analyse(
    path: Path, fps: int, on_fraction: Callable[[float], None], longest: float = LONGEST
) -> Analysis:
    """Listen to all of `path`, telling `on_fraction` several times a second of it how far it is.

    Raises AudioError if it cannot be read, or as soon as it lasts `longest` seconds or more.
    """
    with open_audio(path) as container:
        rate, layout = heard_as(container.streams.audio[0])
        announced = max(1.0, (container.duration or 0) / av.time_base)
    spectrum, waveform = Spectrum(rate, fps, BANDS), Waveform(rate, fps)
    loudness, peaks = Loudness(), Peaks()
    # Grown in one piece each: parts would lie in memory a second time when they are joined.
    levels, waves, samples = bytearray(), bytearray(), 0
    with closing(metered_aside(sound(path, longest), loudness, peaks)) as frames:
        for frame in frames:
            heard = mono(frame)
            levels += spectrum.hear(heard).astype(np.float16).data
            waves += waveform.hear(heard).data
            samples += frame.samples
            on_fraction(min(1.0, samples / rate / announced))
    levels += spectrum.finish().astype(np.float16).data
    waves += waveform.finish().data
    seen, heights = np.frombuffer(levels, np.float16).reshape(-1, BANDS), peaks.finish()
    return Analysis(
        seen,
        np.frombuffer(waves, np.int8).reshape(-1, POINTS),
        beats(seen, fps),
        samples / rate,
        rate,
        layout,
        Measure(loudness.integrated, decibels(heights), decibels(usual(heights))),
        heights,
    )


def imagined(duration: float, fps: int) -> Analysis:
    """Return what might be heard in a song of `duration` seconds that nobody has heard yet."""
    times = np.arange(max(1, round(duration * fps)), dtype=np.float32)[:, np.newaxis] / fps
    bands = np.linspace(0, 1, BANDS, dtype=np.float32)
    swing = np.sin(2.6 * times + 19 * bands) * np.sin(1.7 * times - 31 * bands)
    levels = ((0.42 + 0.38 * swing) * (1 - 0.5 * bands)).astype(np.float16)
    points = np.linspace(-1, 1, POINTS, dtype=np.float32)
    line = np.sin(11 * points + 3 * times) * np.cos(23 * points) * (1 - points**2)
    waves = (90 * line).astype(np.int8)
    return Analysis(levels, waves, levels[:, 0], len(times) / fps, 48000, "stereo")
