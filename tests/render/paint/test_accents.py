"""Colours that a creator chose."""

import numpy as np
import pytest

from videos.render.paint.accents import GROUND_LUMINANCE, MIN_CONTRAST, accentuate
from videos.render.paint.contrast import compute_luminance
from videos.render.paint.palette import Palette

COVER = Palette((250, 150, 90), (90, 150, 250))


def test_without_colours_those_of_the_cover_stay() -> None:
    assert accentuate(COVER, "", "") == COVER


def test_one_colour_runs_into_a_lighter_shade_of_itself() -> None:
    palette = accentuate(COVER, "#00c8a0", "")
    assert palette.first == (0, 200, 160)
    assert all(one <= other for one, other in zip(palette.first, palette.second, strict=True))


def test_two_colours_take_both_places_and_the_second_may_come_alone() -> None:
    assert accentuate(COVER, "#00c8a0", "#ffb347") == ((0, 200, 160), (255, 179, 71))
    assert accentuate(COVER, "", "#ffb347") == (COVER.first, (255, 179, 71))


@pytest.mark.parametrize("colour", ["#000000", "#0000ff", "#ff0000", "#123456"])
def test_a_dark_colour_is_mended(colour: str) -> None:
    for each in accentuate(COVER, colour, colour):
        luminance = float(compute_luminance(np.array(each, np.float32)))
        assert (luminance + 0.05) / (GROUND_LUMINANCE + 0.05) >= MIN_CONTRAST
