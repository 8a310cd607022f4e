"""The layouts of the look Wave."""

import pytest

from videos.render.layout.boxes import SAFE_AREA, Rect
from videos.render.layout.wave import WAVE
from videos.render.options import VideoFormat


def overlap(one: Rect, other: Rect) -> bool:
    return (
        one.x < other.right
        and other.x < one.right
        and one.y < other.bottom
        and other.y < one.bottom
    )


@pytest.mark.parametrize(("key", "layout"), WAVE.items())
def test_the_cover_fills_the_picture_and_the_line_crosses_it(key, layout):
    assert layout.cover == Rect(0, 0, layout.width, layout.height)
    line = layout.visualiser.area
    if key[0] == VideoFormat.TALL:
        assert (line.x, line.right) == (SAFE_AREA.x, SAFE_AREA.right)
    else:
        assert (line.x, line.right) == (0, layout.width)


@pytest.mark.parametrize(("key", "layout"), WAVE.items())
def test_the_line_itself_shows_the_time(key, layout):
    assert layout.time.line == Rect(0, 0, 0, 0)


@pytest.mark.parametrize(("key", "layout"), WAVE.items())
def test_clocks_are_joined_where_the_heading_takes_the_left_of_the_foot(key, layout):
    is_below = layout.heading.area.y >= layout.visualiser.area.bottom
    assert layout.time.joined == ("r" if is_below else None)
    assert not overlap(layout.time.elapsed, layout.watermark) or is_below
