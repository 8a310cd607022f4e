import os
import subprocess
import sys

import numpy as np
import pytest

from tests.render.samples import clicks, music, tone
from videos.render.audio.spectrum import (
    BANDS,
    MAX_HERTZ,
    MIN_HERTZ,
    Levels,
    Spectrum,
    regrouping_matrix,
)


def compute_levels(
    samples: np.ndarray, rate: int = 44100, fps: int = 30, bands: int = 72
) -> Levels:
    spectrum = Spectrum(rate, fps, bands)
    return np.concatenate([spectrum.process(samples), spectrum.finish()])


@pytest.mark.parametrize("samples", [0, 1, 1469, 1470, 1471, 44100, 100_000])
def test_there_is_a_frame_for_every_begun_thirtieth_of_a_second(samples: int) -> None:
    assert compute_levels(np.zeros(samples, np.float32)).shape == (-(-samples // 1470), 72)


def test_the_pieces_in_which_a_sound_comes_make_no_difference() -> None:
    samples, spectrum = music(3), Spectrum(44100, 30, 40)
    cuts = np.random.default_rng(5).integers(1, len(samples), 40)
    pieces = np.split(samples, np.sort(cuts))
    levels = np.concatenate([*map(spectrum.process, pieces), spectrum.finish()])
    np.testing.assert_allclose(levels, compute_levels(samples, bands=40), atol=1e-6)


@pytest.mark.parametrize("rate", [44100, 48000])
@pytest.mark.parametrize("hertz", [60, 250, 1000, 4000, 12000])
def test_a_tone_stands_in_the_band_of_its_pitch(rate: int, hertz: float) -> None:
    levels = compute_levels(tone(1, rate, hertz), rate)[20]
    place = np.log(hertz / MIN_HERTZ) / np.log(MAX_HERTZ / MIN_HERTZ)
    assert levels.argmax() == pytest.approx(place * 73 - 1, abs=1.5)
    assert levels.max() > 0.7


def test_a_bar_jumps_in_the_frame_in_which_it_clicks() -> None:
    times = (0.5, 1.013, 1.52, 2.0, 2.71)
    rises = np.diff(compute_levels(clicks(3.2, times)).mean(axis=1))
    for time in times:
        near = int(time * 30) - 6
        jump = near + int(rises[near : near + 12].argmax()) + 1
        assert abs(jump / 30 - time) <= 1 / 30


def test_bars_rise_quickly_and_fall_calmly() -> None:
    levels = compute_levels(clicks(2, (0.5,))).mean(axis=1)
    top = int(levels.argmax())
    assert levels[top - 3] < levels[top] * 0.2
    assert levels[top] * 0.2 < levels[top + 6] < levels[top] * 0.6
    assert levels[-1] < 0.01


@pytest.mark.parametrize("volume", [0.0, 1e-5])
def test_silence_and_hiss_lie_flat(volume: float) -> None:
    noise = np.random.default_rng(2).standard_normal(44100).astype(np.float32) * volume
    assert compute_levels(noise).max() < 0.02


@pytest.mark.parametrize("volume", [0.03, 0.1, 1.0])
def test_quiet_music_dances_like_loud_music(volume: float) -> None:
    assert 0.15 < compute_levels(music(8) * volume)[120:].mean() < 0.5


def test_levels_stay_between_none_and_full() -> None:
    levels = compute_levels(music(2) * 50)
    assert levels.dtype == np.float32
    assert levels.min() >= 0
    assert levels.max() <= 1


def test_a_rate_that_frames_do_not_divide_is_an_error() -> None:
    with pytest.raises(ValueError, match="do not divide"):
        Spectrum(44099, 30, 10)


def test_at_sixty_frames_a_second_bars_move_as_they_do_at_thirty() -> None:
    samples = clicks(2, (0.5, 1.2))
    slow, fast = compute_levels(samples), compute_levels(samples, fps=60)[::2]
    assert np.abs(slow - fast).max() < 0.25
    assert np.abs(slow - fast).mean() < 0.02


@pytest.mark.parametrize("count", [1, 36, 40, 72, 90])
def test_levels_are_brought_to_another_number_of_bands(count: int) -> None:
    ramp = np.linspace(0, 1, BANDS, dtype=np.float32)
    fewer = ramp @ regrouping_matrix(count)
    assert fewer.shape == (count,)
    assert fewer.mean() == pytest.approx(0.5, abs=0.01)
    assert (np.diff(fewer) >= -1e-6).all()


# As a program does that imports NumPy before the renderer, which cannot limit its threads then. The
# threads that NumPy's import starts spin for some 20 ms before they sleep.
NUMPY_FIRST = """
import numpy
from time import process_time, sleep, thread_time
from videos.render.audio.spectrum import BANDS, Spectrum
noise = numpy.random.default_rng(1).standard_normal(1 << 14).astype("f4")
spectrum = Spectrum(44100, 30, BANDS)
sleep(0.5)
began = process_time(), thread_time()
for _ in range(100):
    spectrum.process(noise)
print((process_time() - began[0]) / (thread_time() - began[1]))
"""


def test_it_takes_no_threads_whoever_has_imported_numpy_before() -> None:
    variables = {key: value for key, value in os.environ.items() if "_NUM_THREADS" not in key}
    program = [sys.executable, "-c", NUMPY_FIRST]
    output = subprocess.run(program, env=variables, capture_output=True, check=True).stdout
    assert float(output) < 1.5
