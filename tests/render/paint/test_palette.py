import colorsys

import numpy as np
import pytest
from PIL import Image

from videos.render.paint.palette import Rgb, extract_palette
from videos.render.paint.yuv import LUMA_WEIGHTS


def test_a_palette_is_of_the_cover_and_light_enough_to_read() -> None:
    cover = Image.new("RGB", (100, 100), (20, 24, 60))
    cover.paste((200, 40, 30), (0, 0, 60, 40))
    cover.paste((30, 160, 60), (60, 50, 100, 100))
    palette = extract_palette(cover)
    hues = sorted(round(colorsys.rgb_to_hls(*colour)[0] * 12) % 12 for colour in palette)
    assert set(hues) <= {0, 4, 8}
    assert hues[0] != hues[1]
    for colour in palette:
        assert np.array(colour) @ LUMA_WEIGHTS > 100


@pytest.mark.parametrize("colour", [(0, 0, 0), (255, 255, 255), (127, 127, 127)])
def test_a_cover_without_colour_gets_none(colour: Rgb) -> None:
    for red, green, blue in extract_palette(Image.new("RGB", (9, 9), colour)):
        assert red == green == blue > 140


def test_a_cover_of_one_pixel_has_a_palette() -> None:
    red, green, blue = extract_palette(Image.new("RGB", (1, 1), (10, 10, 200))).first
    assert blue > max(red, green)
