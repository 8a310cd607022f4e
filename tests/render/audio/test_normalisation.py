import numpy as np
import pytest
from av.audio.frame import AudioFrame

from tests.render.samples import music, tone
from videos.render.audio.levelling import (
    AS_IT_IS,
    CEILING,
    CODING,
    MOST_GAIN,
    MOST_LIMITED,
    Levelling,
    is_there,
    levelled,
    levelling_of,
)
from videos.render.audio.loudness import SILENT, Measure
from videos.render.audio.row_files import Rows
from videos.render.audio.true_peaks import Peaks, true_peak


def frames(samples: np.ndarray, size: int = 1152) -> list[AudioFrame]:
    found = []
    for start in range(0, len(samples), size):
        frame = AudioFrame.from_ndarray(
            np.tile(samples[start : start + size], (2, 1)), "fltp", "stereo"
        )
        frame.sample_rate = 44100
        found.append(frame)
    return found


def peaks_of(sounding: list[AudioFrame]) -> Rows:
    peaks = Peaks()
    for frame in sounding:
        peaks.hear(frame)
    return peaks.finish()


def played(samples: np.ndarray, levelling: Levelling, size: int = 1152) -> list[AudioFrame]:
    sounding = frames(samples, size)
    return list(levelled(sounding, levelling, peaks_of(sounding)))


def heard(sounding: list[AudioFrame]) -> np.ndarray:
    return np.concatenate([frame.to_ndarray() for frame in sounding], axis=1)


def test_what_is_too_loud_is_lowered_and_what_is_too_quiet_lifted() -> None:
    assert levelling_of(Measure(-9, 0, 0)) == Levelling(-5, is_limited=False)
    assert levelling_of(Measure(-20, -12, -12)) == Levelling(6, is_limited=False)


def test_peaks_that_would_clip_are_held_down() -> None:
    gain, is_limited = levelling_of(Measure(-18, -1, -1))
    assert is_limited
    assert 4 < gain < 5


def test_a_song_is_not_crushed_to_reach_the_target() -> None:
    gain, is_limited = levelling_of(Measure(-30, -1, -1))
    assert is_limited
    assert gain - 1 == pytest.approx(MOST_LIMITED + CEILING - CODING)


def test_a_few_peaks_that_stand_out_are_held_down_as_far_as_it_takes() -> None:
    assert levelling_of(Measure(-30, -1, -25)) == Levelling(16, is_limited=True)


def test_hiss_is_not_blown_up() -> None:
    assert levelling_of(Measure(-60, -50, -50)).gain == MOST_GAIN


def test_silence_stays_as_it_is() -> None:
    assert levelling_of(SILENT) == AS_IT_IS
    assert is_there(SILENT)


@pytest.mark.parametrize(
    ("integrated", "peak", "there"),
    [(-14.3, -1.5, True), (-13.6, -1.0, True), (-14.3, -0.5, False), (-15, -3, False)],
)
def test_near_the_target_is_there(integrated: float, peak: float, there: bool) -> None:
    assert is_there(Measure(integrated, peak, peak)) is there


def test_a_gain_alone_changes_nothing_but_the_size() -> None:
    samples = tone(1)
    after = heard(played(samples, Levelling(-6, is_limited=False)))
    assert after.shape == (2, len(samples))
    assert np.allclose(after[0], samples * 10 ** (-6 / 20), atol=1e-5)


def test_what_does_not_reach_the_ceiling_is_not_limited() -> None:
    samples = tone(1, volume=0.1)
    after = heard(played(samples, Levelling(12, is_limited=True)))
    assert np.allclose(after[0], samples * 10 ** (12 / 20), atol=1e-5)


def test_the_limiter_neither_delays_nor_shortens() -> None:
    samples = music(2)
    after = heard(played(samples, Levelling(12, is_limited=True)))
    assert after.shape == (2, len(samples))
    spectra = np.fft.rfft(samples), np.fft.rfft(after[0])
    shift = int(np.fft.irfft(spectra[1] * spectra[0].conj()).argmax())
    assert min(shift, len(samples) - shift) <= 1


def test_the_limiter_sees_peaks_between_the_samples() -> None:
    # A quarter of the rate, sampled beside its peaks: true ones are 3 dB higher
    time = np.arange(44100)
    samples = (0.99 * np.sin(np.pi / 2 * time + np.pi / 4)).astype(np.float32)
    after = peaks_of(played(samples, Levelling(3, is_limited=True)))
    assert true_peak(after) <= CEILING


@pytest.mark.parametrize("size", [1, 63, 1000, 16384, 100_000])
def test_the_limiter_holds_everywhere_however_frames_come(size: int) -> None:
    samples = music(3)[: 3000 if size == 1 else None]
    after = played(samples, Levelling(20, is_limited=True), size)
    assert true_peak(peaks_of(after)) <= CEILING - CODING + 0.1
    alike = heard(played(samples, Levelling(20, is_limited=True)))
    assert np.allclose(heard(after), alike, atol=1e-6)


def test_the_limiter_acts_before_a_peak_and_lets_go_after_it() -> None:
    samples = tone(1, volume=0.2)
    samples[22050] = 1.0
    gain = heard(played(samples, Levelling(6, is_limited=True)))[0][1:] / samples[1:]
    quiet = 10 ** (6 / 20)
    assert np.nanmedian(gain[:21000]) == pytest.approx(quiet, rel=1e-3)
    assert np.nanmedian(gain[22000:22040]) < quiet * 0.6
    assert np.nanmedian(gain[-500:]) == pytest.approx(quiet, rel=1e-2)
    steps = np.abs(np.diff(heard(played(np.ones(44100, np.float32) * 0.2, AS_IT_IS))[0]))
    assert steps.max() < 1e-6  # nothing is limited, so nothing moves
