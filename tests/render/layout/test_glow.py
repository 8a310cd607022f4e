"""The layouts of the look Glow."""

import pytest

from videos.render.layout.boxes import Rect
from videos.render.layout.glow import GLOW, HALO


def overlap(one: Rect, other: Rect) -> bool:
    return (
        one.x < other.right
        and other.x < one.right
        and one.y < other.bottom
        and other.y < one.bottom
    )


@pytest.mark.parametrize(("key", "layout"), GLOW.items())
def test_the_halo_has_room_around_the_cover(key, layout):
    halo = layout.cover.expand(HALO)
    assert min(halo.x, halo.y) >= 0
    assert halo.right <= layout.width
    for other in (layout.heading.area, layout.visualiser.area, layout.time.line):
        assert not overlap(halo, other)


@pytest.mark.parametrize(("key", "layout"), GLOW.items())
def test_bars_are_whole_and_leave_room_for_their_reflection(key, layout):
    bars = layout.visualiser
    assert bars.area.width % bars.pitch == 0
    assert 0 < bars.max_height < bars.area.height


@pytest.mark.parametrize(("key", "layout"), GLOW.items())
def test_clocks_stand_below_the_ends_of_the_timeline(key, layout):
    line, time = layout.time.line, layout.time
    assert (time.elapsed.x, time.total.right) == (line.x, line.right)
    assert time.elapsed.y == time.total.y == line.bottom + 4
