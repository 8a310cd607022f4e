import numpy as np
import pytest
from av.audio.frame import AudioFrame

from tests.render.samples import music, tone
from videos.render.levelling import (
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
from videos.render.loudness import SILENT, Loudness, Measure


def frames(samples: np.ndarray, size: int = 1152) -> list[AudioFrame]:
    found = []
    for start in range(0, len(samples), size):
        frame = AudioFrame.from_ndarray(
            np.tile(samples[start : start + size], (2, 1)), "fltp", "stereo"
        )
        frame.sample_rate = 44100
        found.append(frame)
    return found


def heard(sounding: list[AudioFrame]) -> np.ndarray:
    return np.concatenate([frame.to_ndarray() for frame in sounding], axis=1)


def test_what_is_too_loud_is_lowered_and_what_is_too_quiet_lifted() -> None:
    assert levelling_of(Measure(-9, 0)) == Levelling(-5, is_limited=False)
    assert levelling_of(Measure(-20, -12)) == Levelling(6, is_limited=False)


def test_peaks_that_would_clip_are_held_down() -> None:
    gain, is_limited = levelling_of(Measure(-18, -1))
    assert is_limited
    assert 4 < gain < 5


def test_a_song_is_not_crushed_to_reach_the_target() -> None:
    gain, is_limited = levelling_of(Measure(-30, -1))
    assert is_limited
    assert gain - 1 == pytest.approx(MOST_LIMITED + CEILING - CODING)


def test_hiss_is_not_blown_up() -> None:
    assert levelling_of(Measure(-60, -50)).gain == MOST_GAIN


def test_silence_stays_as_it_is() -> None:
    assert levelling_of(SILENT) == AS_IT_IS
    assert is_there(SILENT)


@pytest.mark.parametrize(
    ("integrated", "peak", "there"),
    [(-14.3, -1.5, True), (-13.6, -1.0, True), (-14.3, -0.5, False), (-15, -3, False)],
)
def test_near_the_target_is_there(integrated: float, peak: float, there: bool) -> None:
    assert is_there(Measure(integrated, peak)) is there


def test_a_gain_alone_changes_nothing_but_the_size() -> None:
    samples = tone(1)
    played = heard(list(levelled(frames(samples), Levelling(-6, is_limited=False))))
    assert played.shape == (2, len(samples))
    assert np.allclose(played[0], samples * 10 ** (-6 / 20), atol=1e-5)


def test_the_limiter_neither_delays_nor_shortens() -> None:
    samples = music(2)
    played = heard(list(levelled(frames(samples), Levelling(12, is_limited=True))))
    assert played.shape == (2, len(samples))
    spectra = np.fft.rfft(samples), np.fft.rfft(played[0])
    shift = int(np.fft.irfft(spectra[1] * spectra[0].conj()).argmax())
    assert min(shift, len(samples) - shift) <= 1


def test_the_limiter_sees_peaks_between_the_samples() -> None:
    # A quarter of the rate, sampled beside its peaks: true ones are 3 dB higher
    time = np.arange(44100)
    samples = (0.99 * np.sin(np.pi / 2 * time + np.pi / 4)).astype(np.float32)
    meter = Loudness()
    for frame in levelled(frames(samples), Levelling(3, is_limited=True)):
        meter.hear(frame)
    assert meter.measure.true_peak <= CEILING
