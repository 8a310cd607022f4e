from functools import cache
from itertools import pairwise

import numpy as np
import pytest

from tests.render.films import cut
from tests.render.paint.scenery import painter
from tests.render.samples import lines
from videos.render.layout import layout_for
from videos.render.lyrics import Line
from videos.render.scene import VideoFormat

FORMS = list(VideoFormat)


def place(form: VideoFormat):
    lyrics = layout_for(form, True).lyrics
    assert lyrics is not None
    return lyrics


def ink(form: VideoFormat, lyrics: tuple[Line, ...], index: int) -> np.ndarray:
    """Return what the lyrics add to the lightness of their window in frame `index`."""
    with_them = painter(form, lyrics, seconds=60)
    with_them.paint(index)
    return cut(with_them.canvas.planes.y, place(form).area) - ground(form)


@cache
def ground(form: VideoFormat) -> np.ndarray:
    """Return the window's lightness without any lyrics."""
    return cut(painter(form, lines(1)).canvas.planes.y, place(form).area)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("number", [0, 3, 6])
def test_the_sung_line_is_the_brightest_and_stands_in_its_place(form, number: int) -> None:
    rows = ink(form, lines(10), round((number * 2 + 1) * 30)).max(axis=1)
    brightest = np.nonzero(rows > rows.max() - 20)[0]
    expected = place(form).sung * place(form).area.height
    assert brightest.mean() == pytest.approx(expected, abs=place(form).size * 0.6)
    assert np.ptp(brightest) < place(form).size * 1.3


def test_it_scrolls_in_half_a_second_and_then_rests() -> None:
    each = painter(lyrics=lines(10))
    looks = []
    for index in range(60, 120):  # from 2 s, when line 1 begins, to 4 s
        each.paint(index)
        looks.append(cut(each.canvas.planes.y, place(VideoFormat.WIDE).area))
    moving = [bool((a != b).any()) for a, b in pairwise(looks)]
    assert 5 <= sum(moving[:12]) <= 12
    assert not any(moving[12:50])
    assert any(moving[52:])


def test_it_is_there_before_the_first_line_and_after_the_last() -> None:
    lyrics = tuple(Line(line.start + 10, line.end + 10, line.text) for line in lines(3))
    for index in (0, 1700):
        assert ink(VideoFormat.WIDE, lyrics, index).max() > 60


@pytest.mark.parametrize(
    ("text", "side"), [("שיר על הירח", "right"), ("قلبي يناديك", "right"), ("My heart", "left")]
)
def test_a_line_that_is_read_from_the_right_stands_at_the_right(text: str, side: str) -> None:
    columns = np.nonzero(ink(VideoFormat.WIDE, (Line(0, 9, text),), 60).max(axis=0) > 60)[0]
    width = place(VideoFormat.WIDE).area.width
    if side == "right":
        assert columns.max() > width - 12
        assert columns.min() > width / 3
    else:
        assert columns.min() < 12
        assert columns.max() < width * 2 / 3


@pytest.mark.parametrize("form", [VideoFormat.TALL, VideoFormat.SQUARE])
def test_elsewhere_lines_stand_in_the_middle(form) -> None:
    columns = np.nonzero(ink(form, (Line(0, 9, "My heart"),), 60).max(axis=0) > 60)[0]
    middle = place(form).area.width / 2
    assert (columns.min() + columns.max()) / 2 == pytest.approx(middle, abs=6)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("text", ["word " * 300, "夜" * 400, "W" * 400, "a\u0301" * 300, "", "♪"])
def test_any_line_fits_its_window(form, text: str) -> None:
    lyrics = (Line(0, 2, "Before"), Line(2, 4, text), Line(4, 6, "After"))
    added = ink(form, lyrics, 90)
    assert added.max() > 60
    assert added[0].max() < 20
    assert added[-1].max() < 20


def test_two_lines_at_the_same_moment_do_no_harm() -> None:
    lyrics = tuple(Line(1.0, 1.0, f"Line {number}") for number in range(4))
    assert ink(VideoFormat.WIDE, lyrics, 90).max() > 100


def test_it_holds_no_more_than_what_shows() -> None:
    each = painter(lyrics=lines(500, 0.04))
    for index in range(0, 600, 13):
        each.paint(index)
    assert each._lyrics is not None
    assert len(each._lyrics._masks) < 12
