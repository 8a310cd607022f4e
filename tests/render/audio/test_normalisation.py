import numpy as np
import pytest
from av.audio.frame import AudioFrame

from tests.render.samples import music, tone
from videos.render.audio.features import SILENT, LoudnessMeasurement
from videos.render.audio.file_tables import Table
from videos.render.audio.normalisation import (
    CODEC_HEADROOM,
    MAX_GAIN,
    MAX_LIMITING,
    TRUE_PEAK_CEILING,
    UNCHANGED,
    Normalisation,
    is_at_target,
    normalise_frames,
    plan_normalisation,
)
from videos.render.audio.true_peaks import TruePeakMeter, find_true_peak


def make_frames(samples: np.ndarray, size: int = 1152) -> list[AudioFrame]:
    frames = []
    for start in range(0, len(samples), size):
        frame = AudioFrame.from_ndarray(
            np.tile(samples[start : start + size], (2, 1)), "fltp", "stereo"
        )
        frame.sample_rate = 44100
        frames.append(frame)
    return frames


def measure_peaks(frames: list[AudioFrame]) -> Table:
    peaks = TruePeakMeter()
    for frame in frames:
        peaks.add_frame(frame)
    return peaks.finish()


def normalise(
    samples: np.ndarray, normalisation: Normalisation, size: int = 1152
) -> list[AudioFrame]:
    frames = make_frames(samples, size)
    return list(normalise_frames(frames, normalisation, measure_peaks(frames)))


def join_samples(frames: list[AudioFrame]) -> np.ndarray:
    return np.concatenate([frame.to_ndarray() for frame in frames], axis=1)


def test_what_is_too_loud_is_lowered_and_what_is_too_quiet_lifted() -> None:
    assert plan_normalisation(LoudnessMeasurement(-9, 0, 0)) == Normalisation(-5, is_limited=False)
    assert plan_normalisation(LoudnessMeasurement(-20, -12, -12)) == Normalisation(
        6, is_limited=False
    )


def test_peaks_that_would_clip_are_held_down() -> None:
    gain, is_limited = plan_normalisation(LoudnessMeasurement(-18, -1, -1))
    assert is_limited
    assert 4 < gain < 5


def test_a_song_is_not_crushed_to_reach_the_target() -> None:
    gain, is_limited = plan_normalisation(LoudnessMeasurement(-30, -1, -1))
    assert is_limited
    assert gain - 1 == pytest.approx(MAX_LIMITING + TRUE_PEAK_CEILING - CODEC_HEADROOM)


def test_a_few_peaks_that_stand_out_are_held_down_as_far_as_it_takes() -> None:
    assert plan_normalisation(LoudnessMeasurement(-30, -1, -25)) == Normalisation(
        16, is_limited=True
    )


def test_hiss_is_not_blown_up() -> None:
    assert plan_normalisation(LoudnessMeasurement(-60, -50, -50)).gain == MAX_GAIN


def test_silence_stays_as_it_is() -> None:
    assert plan_normalisation(SILENT) == UNCHANGED
    assert is_at_target(SILENT)


@pytest.mark.parametrize(
    ("integrated", "peak", "expected"),
    [(-14.3, -1.5, True), (-13.6, -1.0, True), (-14.3, -0.5, False), (-15, -3, False)],
)
def test_near_the_target_is_there(integrated: float, peak: float, expected: bool) -> None:
    assert is_at_target(LoudnessMeasurement(integrated, peak, peak)) is expected


def test_a_gain_alone_changes_nothing_but_the_size() -> None:
    samples = tone(1)
    result = join_samples(normalise(samples, Normalisation(-6, is_limited=False)))
    assert result.shape == (2, len(samples))
    assert np.allclose(result[0], samples * 10 ** (-6 / 20), atol=1e-5)


def test_what_does_not_reach_the_ceiling_is_not_limited() -> None:
    samples = tone(1, volume=0.1)
    result = join_samples(normalise(samples, Normalisation(12, is_limited=True)))
    assert np.allclose(result[0], samples * 10 ** (12 / 20), atol=1e-5)


def test_the_limiter_neither_delays_nor_shortens() -> None:
    samples = music(2)
    result = join_samples(normalise(samples, Normalisation(12, is_limited=True)))
    assert result.shape == (2, len(samples))
    spectra = np.fft.rfft(samples), np.fft.rfft(result[0])
    shift = int(np.fft.irfft(spectra[1] * spectra[0].conj()).argmax())
    assert min(shift, len(samples) - shift) <= 1


def test_the_limiter_sees_peaks_between_the_samples() -> None:
    # A quarter of the rate, sampled beside its peaks: true ones are 3 dB higher
    time = np.arange(44100)
    samples = (0.99 * np.sin(np.pi / 2 * time + np.pi / 4)).astype(np.float32)
    result = measure_peaks(normalise(samples, Normalisation(3, is_limited=True)))
    assert find_true_peak(result) <= TRUE_PEAK_CEILING


@pytest.mark.parametrize("size", [1, 63, 1000, 16384, 100_000])
def test_the_limiter_holds_everywhere_however_frames_come(size: int) -> None:
    samples = music(3)[: 3000 if size == 1 else None]
    result = normalise(samples, Normalisation(20, is_limited=True), size)
    assert find_true_peak(measure_peaks(result)) <= TRUE_PEAK_CEILING - CODEC_HEADROOM + 0.1
    alike = join_samples(normalise(samples, Normalisation(20, is_limited=True)))
    assert np.allclose(join_samples(result), alike, atol=1e-6)


def test_the_limiter_acts_before_a_peak_and_lets_go_after_it() -> None:
    samples = tone(1, volume=0.2)
    samples[22050] = 1.0
    gain = join_samples(normalise(samples, Normalisation(6, is_limited=True)))[0][1:] / samples[1:]
    quiet = 10 ** (6 / 20)
    assert np.nanmedian(gain[:21000]) == pytest.approx(quiet, rel=1e-3)
    assert np.nanmedian(gain[22000:22040]) < quiet * 0.6
    assert np.nanmedian(gain[-500:]) == pytest.approx(quiet, rel=1e-2)
    steps = np.abs(np.diff(join_samples(normalise(np.ones(44100, np.float32) * 0.2, UNCHANGED))[0]))
    assert steps.max() < 1e-6  # nothing is limited, so nothing moves
