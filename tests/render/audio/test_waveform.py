import numpy as np
import pytest

from tests.render.samples import music, tone
from videos.render.audio.waveform import POINTS, BeatFollower, Waveform, Waves


def compute_waves(samples: np.ndarray, rate: int = 44100, fps: int = 30) -> Waves:
    waveform = Waveform(rate, fps)
    return np.concatenate([waveform.process(samples), waveform.finish()])


@pytest.mark.parametrize("samples", [0, 1, 1469, 1470, 1471, 44100, 100_000])
def test_there_is_a_line_for_every_begun_thirtieth_of_a_second(samples: int) -> None:
    assert compute_waves(np.zeros(samples, np.float32)).shape == (-(-samples // 1470), POINTS)


def test_the_pieces_in_which_a_sound_comes_make_no_difference() -> None:
    samples, waveform = music(3), Waveform(44100, 30)
    cuts = np.random.default_rng(5).integers(1, len(samples), 40)
    pieces = np.split(samples, np.sort(cuts))
    waves = np.concatenate([*map(waveform.process, pieces), waveform.finish()])
    np.testing.assert_array_equal(waves, compute_waves(samples))


@pytest.mark.parametrize("rate", [44100, 48000])
@pytest.mark.parametrize("hertz", [70, 110, 230])
def test_a_note_stands_still(rate: int, hertz: float) -> None:
    waves = compute_waves(tone(2, rate, hertz), rate)[15:45].astype(int)
    assert np.abs(waves).max() > 90
    assert np.abs(np.diff(waves, axis=0)).mean() < 12


@pytest.mark.parametrize("volume", [0.1, 1.0])
def test_quiet_music_swings_as_far_as_loud_music(volume: float) -> None:
    swing = np.abs(compute_waves(music(4) * volume).astype(int)).max(axis=1)
    assert swing[30:].max() <= 127
    assert swing[30:].mean() > 40


def test_silence_is_a_straight_line() -> None:
    assert not compute_waves(np.zeros(44100, np.float32)).any()


def test_beats_rise_with_the_bass_and_breathe_out() -> None:
    levels = np.zeros((60, 72), np.float32)
    levels[10:14, :6] = 1
    strength = BeatFollower(30).process(levels)
    assert strength.shape == (60,)
    assert strength.dtype == np.float16
    assert strength[10] > strength[9] == 0
    assert 10 < int(strength.argmax()) < 15
    assert 0.1 < strength[25] / strength.max() < 0.6


def test_they_do_not_follow_what_would_flicker() -> None:
    """Ten pulses a second, which a quicker follower would turn into ten flashes."""
    levels = np.tile(np.repeat([0.0, 1.0], [2, 1])[:, np.newaxis], (40, 72))
    strength = BeatFollower(30).process(levels)[60:].astype(float)
    assert np.ptp(strength) < 0.3
