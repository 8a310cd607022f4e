"""The sheet on which covers are drawn."""

import numpy as np

from videos.render.paint.cover_families.sheet import SKIES, Sheet


def test_a_seed_gives_the_same_colours_and_dice_each_time():
    one, other = Sheet(12, 40), Sheet(12, 40)
    assert (one.light == other.light).all()
    assert one.random.random() == other.random.random()
    assert (Sheet(13, 40).light != one.light).any()
    assert tuple(one.light) == SKIES[12 % len(SKIES)][3]


def test_a_sky_runs_from_its_top_to_its_horizon():
    sheet = Sheet(1, 60)
    sheet.fill_sky(0.5)
    assert (sheet.pixels[0, 0] == sheet.top).all()
    assert (sheet.pixels[40] == sheet.horizon).all()


def test_paint_covers_as_far_as_its_alpha_goes_from_a_row_on():
    sheet = Sheet(1, 8)
    sheet.paint(np.array([200, 100, 50], np.float32), np.full((2, 8), 0.5, np.float32), 4)
    assert tuple(sheet.pixels[4, 0]) == (100, 50, 25)
    assert not sheet.pixels[:4].any()
    assert not sheet.pixels[6:].any()


def test_a_shape_has_smooth_edges():
    sheet = Sheet(1, 100)
    alpha = sheet.inside(np.float32(0.3) - sheet.distance(0.5, 0.5))
    assert (alpha[50, 50], alpha[0, 0]) == (1, 0)
    assert ((alpha > 0) & (alpha < 1)).any()
