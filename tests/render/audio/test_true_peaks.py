import numpy as np
import pytest
from av.audio.frame import AudioFrame

from videos.render.audio.true_peaks import BLOCK, NO_PEAK, Heights, Peaks, true_peak, usual_peak


def found(samples: np.ndarray, size: int = 1000) -> Heights:
    peaks = Peaks()
    for start in range(0, samples.shape[1], size):
        part = np.ascontiguousarray(samples[:, start : start + size])
        frame = AudioFrame.from_ndarray(part, "fltp", "stereo")
        frame.sample_rate = 44100
        peaks.hear(frame)
    return peaks.finish()[:]


def test_every_block_has_its_peak_of_all_channels() -> None:
    samples = np.zeros((2, 10 * BLOCK + 7), np.float32)
    samples[0, 3 * BLOCK + 30], samples[1, 7 * BLOCK + 30] = 0.5, -0.8
    peaks = found(samples, 100)
    assert peaks.shape == (11,)
    assert peaks[3] == pytest.approx(0.5, abs=0.02)
    assert peaks[7] == pytest.approx(0.8, abs=0.02)
    assert peaks[[1, 5, 9, 10]].max() < 0.02


def test_peaks_between_the_samples_are_seen() -> None:
    time = np.arange(44100)
    wave = (0.5 * np.sin(np.pi / 2 * time + np.pi / 4)).astype(np.float32)
    assert np.abs(wave).max() < 0.36
    inside = found(np.stack([wave, wave]))[2:-2]  # the ends of a sound that breaks off ring
    assert true_peak(inside) == pytest.approx(-6, abs=0.1)


def test_frames_may_come_in_any_size() -> None:
    samples = np.random.default_rng(5).uniform(-1, 1, (2, 5000)).astype(np.float32)
    alike = found(samples, 5000)
    assert np.array_equal(found(samples, 77), alike)


def test_silence_has_no_peak() -> None:
    assert true_peak(Peaks().finish()) == NO_PEAK
    assert true_peak(found(np.zeros((2, 999), np.float32))) == NO_PEAK


def test_a_thousandth_of_the_peaks_may_stand_out() -> None:
    peaks = np.full(5000, 0.25, np.float16)
    peaks[[3, 999, 1000, 1001, 4000]] = 0.9
    assert usual_peak(peaks) == pytest.approx(-12, abs=0.1)
    peaks[7] = 0.9
    assert usual_peak(peaks) == pytest.approx(-1, abs=0.1)
    assert usual_peak(peaks[:10]) == true_peak(peaks[:10])
