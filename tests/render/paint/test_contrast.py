"""Colours that are light enough to read."""

import numpy as np
import pytest

from videos.render.paint.contrast import MIN_CONTRAST, compute_luminance, lighten


def luminance(colour: tuple[int, int, int]) -> float:
    return float(compute_luminance(np.array(colour, np.float32)))


def test_luminance_is_that_of_wcag() -> None:
    assert luminance((255, 255, 255)) == pytest.approx(1)
    assert luminance((0, 0, 0)) == 0
    assert luminance((119, 119, 119)) == pytest.approx(0.184, abs=0.001)


@pytest.mark.parametrize("colour", [(255, 0, 0), (0, 0, 255), (0, 0, 0), (20, 90, 60)])
@pytest.mark.parametrize("ground", [0.0, 0.03, 0.1])
def test_a_dark_colour_becomes_light_enough(colour, ground: float) -> None:
    assert (luminance(lighten(colour, ground)) + 0.05) / (ground + 0.05) >= MIN_CONTRAST


def test_a_colour_that_is_light_enough_stays() -> None:
    assert lighten((255, 210, 120), 0.03) == (255, 210, 120)


def test_on_a_light_ground_white_is_the_best_there_is() -> None:
    assert lighten((255, 0, 0), 0.8) == (255, 255, 255)
