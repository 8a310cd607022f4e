"""Covers that are patterns."""

import numpy as np
import pytest

from videos.render.paint.cover_families.patterns import draw_rays, draw_rings, draw_shapes
from videos.render.paint.cover_families.sheet import Sheet

FAMILIES = [draw_rays, draw_rings, draw_shapes]


def draw(family, seed: int, side: int = 200) -> np.ndarray:
    sheet = Sheet(seed, side)
    family(sheet)
    return sheet.pixels.clip(0, 255)


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("seed", range(7))
def test_each_has_dark_and_light(family, seed):
    luma = draw(family, seed).mean(axis=2)
    assert np.percentile(luma, 99) - np.percentile(luma, 5) > 90


@pytest.mark.parametrize("family", FAMILIES)
def test_no_two_songs_have_the_same(family):
    assert np.abs(draw(family, 1) - draw(family, 8)).mean() > 2


def test_shapes_fill_a_side_that_no_tile_divides():
    assert (draw(draw_shapes, 4, side=97).max(axis=2) > 0).all()
