"""The layouts of the look Orbit."""

import pytest

from videos.render.layout.orbit import ORBIT


@pytest.mark.parametrize(("key", "layout"), ORBIT.items())
def test_cover_timeline_and_bars_have_one_centre(key, layout):
    centres = {layout.cover.centre, layout.time.line.centre, layout.visualiser.area.centre}
    assert len(centres) == 1


@pytest.mark.parametrize(("key", "layout"), ORBIT.items())
def test_they_lie_one_around_the_other(key, layout):
    ring = layout.visualiser
    assert layout.cover.width < layout.time.line.width < 2 * ring.inner_radius + 24
    assert ring.inner_radius < ring.outer_radius < ring.area.width / 2


@pytest.mark.parametrize(("key", "layout"), ORBIT.items())
def test_the_clocks_stand_side_by_side(key, layout):
    time = layout.time
    assert time.joined in {"l", "m"}
    assert time.elapsed.right == time.total.x
    assert time.elapsed.y == time.total.y
