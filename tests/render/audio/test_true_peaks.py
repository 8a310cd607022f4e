import numpy as np
import pytest
from av.audio.frame import AudioFrame

from videos.render.audio.true_peaks import (
    BLOCK,
    SILENT_PEAK,
    PeakArray,
    TruePeakMeter,
    find_true_peak,
    find_usual_peak,
)


def measure_peaks(samples: np.ndarray, size: int = 1000) -> PeakArray:
    peaks = TruePeakMeter()
    for start in range(0, samples.shape[1], size):
        part = np.ascontiguousarray(samples[:, start : start + size])
        frame = AudioFrame.from_ndarray(part, "fltp", "stereo")
        frame.sample_rate = 44100
        peaks.add_frame(frame)
    return peaks.finish()[:]


def test_every_block_has_its_peak_of_all_channels() -> None:
    samples = np.zeros((2, 10 * BLOCK + 7), np.float32)
    samples[0, 3 * BLOCK + 30], samples[1, 7 * BLOCK + 30] = 0.5, -0.8
    peaks = measure_peaks(samples, 100)
    assert peaks.shape == (11,)
    assert peaks[3] == pytest.approx(0.5, abs=0.02)
    assert peaks[7] == pytest.approx(0.8, abs=0.02)
    assert peaks[[1, 5, 9, 10]].max() < 0.02


def test_peaks_between_the_samples_are_seen() -> None:
    time = np.arange(44100)
    wave = (0.5 * np.sin(np.pi / 2 * time + np.pi / 4)).astype(np.float32)
    assert np.abs(wave).max() < 0.36
    inner = measure_peaks(np.stack([wave, wave]))[2:-2]  # the ends of a sound that breaks off ring
    assert find_true_peak(inner) == pytest.approx(-6, abs=0.1)


def test_frames_may_come_in_any_size() -> None:
    samples = np.random.default_rng(5).uniform(-1, 1, (2, 5000)).astype(np.float32)
    expected = measure_peaks(samples, 5000)
    assert np.array_equal(measure_peaks(samples, 77), expected)


def test_silence_has_no_peak() -> None:
    assert find_true_peak(TruePeakMeter().finish()) == SILENT_PEAK
    assert find_true_peak(measure_peaks(np.zeros((2, 999), np.float32))) == SILENT_PEAK


def test_a_thousandth_of_the_peaks_may_stand_out() -> None:
    peaks = np.full(5000, 0.25, np.float16)
    peaks[[3, 999, 1000, 1001, 4000]] = 0.9
    assert find_usual_peak(peaks) == pytest.approx(-12, abs=0.1)
    peaks[7] = 0.9
    assert find_usual_peak(peaks) == pytest.approx(-1, abs=0.1)
    assert find_usual_peak(peaks[:10]) == find_true_peak(peaks[:10])
