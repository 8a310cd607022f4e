import numpy as np

from tests.render.paint.factories import make_frame_input
from videos.render.layout import Rect
from videos.render.paint.backdrop.overlay import lay_on, take_ink
from videos.render.paint.yuv import Yuv, to_yuv

AREA = Rect(0, 0, 8, 8)


def flat(red: int, green: int, blue: int) -> Yuv:
    return to_yuv(np.full((8, 8, 3), (red, green, blue), np.float32))


def near(one: Yuv, other: Yuv, most: int = 1) -> bool:
    pairs = zip(one, other, strict=True)
    return all(np.abs(a.astype(int) - b.astype(int)).max() <= most for a, b in pairs)


def test_where_there_is_no_ink_the_ground_is_unchanged() -> None:
    ink = take_ink(AREA, flat(0, 0, 0))
    for ground in (flat(255, 255, 255), flat(0, 0, 0), flat(200, 30, 90)):
        assert near(lay_on(ground, ink), ground, 0)


def test_white_ink_covers_any_ground() -> None:
    ink = take_ink(AREA, flat(255, 255, 255))
    for ground in (flat(255, 255, 255), flat(0, 0, 0), flat(200, 30, 90)):
        assert near(lay_on(ground, ink), flat(255, 255, 255))


def test_half_of_white_ink_is_half_white() -> None:
    ink = take_ink(AREA, flat(128, 128, 128))
    assert near(lay_on(flat(200, 30, 90), ink), flat(228, 143, 173), 2)


def test_dark_ink_covers_where_it_is_seen_on_white_too() -> None:
    black = flat(10, 20, 60)
    ink = take_ink(AREA, black, black)
    assert near(lay_on(flat(250, 250, 250), ink), black)


def test_no_sum_leaves_a_byte() -> None:
    brightest = Yuv(*(np.full_like(plane, 255) for plane in flat(0, 0, 0)))
    for level in range(0, 256, 15):
        mixed = lay_on(brightest, take_ink(AREA, flat(level, level, level)))
        assert mixed.y.min() >= 235


def test_a_frame_input_has_calm_levels() -> None:
    assert make_frame_input(level=0.5).calm_levels[0] == 0.5
