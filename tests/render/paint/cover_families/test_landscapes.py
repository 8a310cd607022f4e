"""Covers that are places."""

import numpy as np
import pytest

from videos.render.paint.cover_families.landscapes import (
    draw_hills,
    draw_northern_lights,
    draw_sea,
    draw_skyline,
)
from videos.render.paint.cover_families.sheet import Sheet
from videos.render.paint.yuv import LUMA_WEIGHTS

FAMILIES = [draw_hills, draw_sea, draw_skyline, draw_northern_lights]


def draw(family, seed: int) -> np.ndarray:
    sheet = Sheet(seed, 200)
    family(sheet)
    return sheet.pixels.clip(0, 255)


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("seed", range(7))
def test_the_sky_is_lighter_than_what_is_near(family, seed):
    luma = draw(family, seed) @ LUMA_WEIGHTS
    assert luma[190:].mean() < luma[20:120].mean()
    assert luma.std() > 15


@pytest.mark.parametrize("family", FAMILIES)
def test_no_two_songs_have_the_same_place(family):
    assert np.abs(draw(family, 1) - draw(family, 8)).mean() > 2


def test_a_city_has_lit_windows():
    lit, near = draw(draw_skyline, 3), Sheet(3, 200)
    houses = lit[160:] @ LUMA_WEIGHTS
    assert houses.max() > 0.5 * float(near.light @ LUMA_WEIGHTS)
    assert np.median(houses) < 80
