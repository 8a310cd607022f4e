import numpy as np
import pytest

from videos.render.paint.canvas import Canvas
from videos.render.paint.palette import Rgb
from videos.render.paint.yuv import to_yuv

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


def fill(colour: Rgb, side: int = 16) -> np.ndarray:
    return np.full((side, side, 3), colour, np.float32)


@pytest.mark.parametrize("colour", BARS)
def test_it_follows_bt709_in_limited_range(colour: Rgb) -> None:
    yuv = to_yuv(fill(colour))
    assert tuple(int(plane[3, 3]) for plane in yuv) == pytest.approx(BARS[colour], abs=1)
    assert [plane.shape for plane in yuv] == [(16, 16), (8, 8), (8, 8)]


def test_chroma_is_the_mean_of_four_pixels() -> None:
    pixels = fill((0, 0, 0), 2)
    pixels[0, 0] = (0, 0, 255)
    assert to_yuv(pixels).u[0, 0] == 128 + round(112 / 4)


@pytest.mark.parametrize("colour", [(200, 30, 40), (20, 180, 60), (30, 60, 220), (128, 128, 128)])
def test_a_frame_shows_the_colour_that_was_meant(colour: Rgb) -> None:
    canvas = Canvas(32, 32)
    canvas.paste(0, 0, to_yuv(fill(colour, 32)))
    assert canvas.to_image().getpixel((9, 9)) == pytest.approx(colour, abs=4)
