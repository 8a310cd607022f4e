import numpy as np
import pytest

from tests.render.films import cut
from tests.render.paint.scenery import painter
from videos.render.layout import layout_for
from videos.render.paint.clock import Clock, clock
from videos.render.scene import Look, VideoFormat


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "0:00"), (7.99, "0:07"), (60, "1:00"), (3599, "59:59"), (3723, "1:02:03")],
)
def test_it_writes_times_as_people_do(seconds: float, text: str) -> None:
    assert clock(seconds) == text


def test_it_changes_once_a_second() -> None:
    place = layout_for(VideoFormat.WIDE, False).time
    each = painter()
    looks = set()
    for index in range(60, 150):
        each.paint(index)
        looks.add(cut(each.canvas.planes.y, place.elapsed).tobytes())
    assert len(looks) == 3


@pytest.mark.parametrize("look", list(Look))
@pytest.mark.parametrize("form", list(VideoFormat))
@pytest.mark.parametrize("seconds", [59, 3700])
def test_what_has_played_stands_in_its_place_whole_and_apart(look, form, seconds: int) -> None:
    each = painter(form, look=look, seconds=seconds, level=0)
    clock = next(part for part in each._parts if isinstance(part, Clock))
    area = clock.area
    empty = cut(each.canvas.planes.y, area)
    each.paint(round(seconds * 30 * 0.9))
    ink = np.flatnonzero((cut(each.canvas.planes.y, area) - empty).max(axis=0) > 40)
    assert ink.max() < area.width - 1
    assert ink.min() >= (1 if layout_for(form, False, look).time.together else 0)
    together = layout_for(form, False, look).time.together
    stroke = cut(each.canvas.planes.y, area._replace(x=area.right, width=12)).max(axis=0)
    assert bool((stroke > 110).any()) == bool(together)
