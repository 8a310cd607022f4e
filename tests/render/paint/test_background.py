"""The background of Glow and Orbit."""

import numpy as np
import pytest
from PIL import Image

from videos.render.paint.background import GRAIN_TILE, MAX_BRIGHTNESS, draw_background, make_grain
from videos.render.paint.palette import Palette
from videos.render.paint.yuv import LUMA_WEIGHTS

PALETTE = Palette((250, 150, 90), (90, 150, 250))


def draw(colour: str, width: int = 320, height: int = 180) -> np.ndarray:
    cover = Image.new("RGB", (320, 320), colour)
    return draw_background(cover, PALETTE, width, height)


@pytest.mark.parametrize("colour", ["white", "black", "yellow", "#4466aa"])
def test_it_is_dark_enough_for_white_text_whatever_the_cover_is(colour):
    pixels = draw(colour)
    assert pixels.shape == (180, 320, 3)
    luma = pixels @ LUMA_WEIGHTS
    assert np.percentile(luma, 97) <= MAX_BRIGHTNESS + 6
    assert pixels.min() >= 0
    assert pixels.max() <= 255


def test_even_a_black_cover_has_some_light():
    assert draw("black").std() > 2


def test_the_foot_is_darker_than_the_middle():
    luma = draw("white") @ LUMA_WEIGHTS
    assert luma[-20:].mean() < luma[80:100].mean() * 0.8


def test_its_grain_is_always_the_same_and_repeats():
    grain = make_grain(GRAIN_TILE + 9, 20)
    assert grain.shape == (20, GRAIN_TILE + 9, 1)
    assert (grain[:, :9] == grain[:, GRAIN_TILE:]).all()
    assert (grain == make_grain(GRAIN_TILE + 9, 20)).all()
    assert 0.9 < grain.std() < 1.3
