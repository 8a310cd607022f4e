import colorsys

import numpy as np
import pytest
from PIL import Image

from videos.render.paint.canvas import Canvas
from videos.render.paint.colour import BT709, Rgb, palette, to_yuv

# BT.709, 8 bits, limited range: the bars of ITU-R BT.709 at full amplitude
BARS = {
    (255, 255, 255): (235, 128, 128),
    (0, 0, 0): (16, 128, 128),
    (255, 255, 0): (219, 16, 138),
    (0, 255, 255): (188, 154, 16),
    (0, 255, 0): (173, 42, 26),
    (255, 0, 255): (78, 214, 230),
    (255, 0, 0): (63, 102, 240),
    (0, 0, 255): (32, 240, 118),
}


def filled(colour: Rgb, side: int = 16) -> np.ndarray:
    return np.full((side, side, 3), colour, np.float32)


@pytest.mark.parametrize("colour", BARS)
def test_it_follows_bt709_in_limited_range(colour: Rgb) -> None:
    yuv = to_yuv(filled(colour))
    assert tuple(int(plane[3, 3]) for plane in yuv) == pytest.approx(BARS[colour], abs=1)
    assert [plane.shape for plane in yuv] == [(16, 16), (8, 8), (8, 8)]


def test_chroma_is_the_mean_of_four_pixels() -> None:
    pixels = filled((0, 0, 0), 2)
    pixels[0, 0] = (0, 0, 255)
    assert to_yuv(pixels).u[0, 0] == 128 + round(112 / 4)


@pytest.mark.parametrize("colour", [(200, 30, 40), (20, 180, 60), (30, 60, 220), (128, 128, 128)])
def test_a_frame_shows_the_colour_that_was_meant(colour: Rgb) -> None:
    canvas = Canvas(32, 32)
    canvas.paste(0, 0, to_yuv(filled(colour, 32)))
    assert canvas.picture().getpixel((9, 9)) == pytest.approx(colour, abs=4)


def test_a_palette_is_of_the_cover_and_light_enough_to_read() -> None:
    cover = Image.new("RGB", (100, 100), (20, 24, 60))
    cover.paste((200, 40, 30), (0, 0, 60, 40))
    cover.paste((30, 160, 60), (60, 50, 100, 100))
    chosen = palette(cover)
    hues = sorted(round(colorsys.rgb_to_hls(*colour)[0] * 12) % 12 for colour in chosen)
    assert set(hues) <= {0, 4, 8}
    assert hues[0] != hues[1]
    for colour in chosen:
        assert np.array(colour) @ BT709 > 100


@pytest.mark.parametrize("colour", [(0, 0, 0), (255, 255, 255), (127, 127, 127)])
def test_a_cover_without_colour_gets_none(colour: Rgb) -> None:
    for red, green, blue in palette(Image.new("RGB", (9, 9), colour)):
        assert red == green == blue > 140


def test_a_cover_of_one_pixel_has_a_palette() -> None:
    red, green, blue = palette(Image.new("RGB", (1, 1), (10, 10, 200))).first
    assert blue > max(red, green)
