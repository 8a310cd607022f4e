"""Analyses a song before it is painted: the features of each frame, its length and loudness."""

from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray

from videos.render.audio.analysis_cache import AnalysisCache, compute_digest
from videos.render.audio.decoding import (
    decode_audio,
    open_audio,
    output_format,
    sound_stream,
)
from videos.render.audio.features import (
    FRAME_DTYPE,
    Analysis,
    LoudnessMeasurement,
    make_placeholder_analysis,
)
from videos.render.audio.file_tables import create_table
from videos.render.audio.info import MAX_SECONDS
from videos.render.audio.loudness import LoudnessMeter, meter_frames_in_thread
from videos.render.audio.mono_mix import MonoMixer
from videos.render.audio.spectrum import BANDS, Spectrum
from videos.render.audio.timeline import Gaps
from videos.render.audio.true_peaks import (
    TruePeakMeter,
    find_true_peak,
    find_usual_peak,
)
from videos.render.audio.waveform import BeatFollower, Waveform

__all__ = ["FRAME_DTYPE", "Analysis", "analyse", "load_or_analyse", "make_placeholder_analysis"]


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
    *,
    is_metered: bool = True,
) -> Analysis:
    """Decode and analyse all of ``path``; its loudness and its peaks only if ``is_metered``.

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
    # Each meter has a thread of its own: neither takes as long as the rest
    metered = meter_frames_in_thread(decoded, *[loudness_meter] * is_metered)
    metered = meter_frames_in_thread(metered, *[peak_meter] * is_metered)
    with closing(metered) as frames:
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


def load_or_analyse(
    audio: Path,
    fps: int,
    cache: AnalysisCache,
    on_fraction: Callable[[float], None],
    max_seconds: float = MAX_SECONDS,
) -> tuple[Analysis, str]:
    """Return the analysis of a song, from ``cache`` if it is there, and the song's digest.

    Raises like ``analyse``.
    """
    digest = compute_digest(audio)
    analysis = cache.load_analysis(digest, fps)
    if analysis is None or analysis.duration >= max_seconds:
        analysis = analyse(audio, fps, on_fraction, max_seconds)
        with suppress(OSError):  # a full disk: it will be analysed again
            cache.store_analysis(digest, fps, analysis)
    return analysis, digest
