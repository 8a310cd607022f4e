import numpy as np

from videos.render.layout import Rect
from videos.render.paint.backdrop.shade import Shade
from videos.render.paint.yuv import to_yuv

BLACK = (0, 0, 0)


def test_the_lightest_picture_is_dark_behind_texts_and_bright_elsewhere() -> None:
    area = Rect(40, 200, 200, 60)
    white = to_yuv(np.full((320, 320, 3), 255, np.float32))
    dark = Shade((320, 320), [(area, 70.0)], BLACK).apply(white)
    behind = dark.y[area.y : area.bottom, area.x : area.right]
    assert (int(behind.max()) - 16) * 255 / 219 < 76
    assert dark.y[:60].min() == 235
    assert (dark.u == 128).all()


def test_colours_fade_with_the_light() -> None:
    red = to_yuv(np.full((64, 64, 3), (255, 0, 0), np.float32))
    dark = Shade((64, 64), [(Rect(0, 0, 64, 64), 60.0)], BLACK).apply(red)
    assert 128 < dark.v[16, 16] < red.v[16, 16]


def test_black_stays_black() -> None:
    black = to_yuv(np.zeros((64, 64, 3), np.float32))
    dark = Shade((64, 64), [(Rect(0, 0, 64, 64), 60.0)], BLACK).apply(black)
    assert (dark.y == 16).all()


def test_what_is_taken_from_a_white_picture_leaves_a_deep_colour() -> None:
    white = to_yuv(np.full((64, 64, 3), 255, np.float32))
    dark = Shade((64, 64), [(Rect(0, 0, 64, 64), 60.0)], (60, 90, 250)).apply(white)
    assert dark.u[16, 16] > 134
