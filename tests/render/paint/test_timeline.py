import numpy as np
import pytest

from tests.render.films import cut
from tests.render.paint.scenery import painter
from videos.render.layout import layout_for
from videos.render.paint.timeline import clock
from videos.render.scene import VideoFormat

PLACE = layout_for(VideoFormat.WIDE, False).time


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "0:00"), (7.99, "0:07"), (60, "1:00"), (3599, "59:59"), (3723, "1:02:03")],
)
def test_it_writes_times_as_people_do(seconds: float, text: str) -> None:
    assert clock(seconds) == text


@pytest.mark.parametrize("share", [0, 0.25, 0.5, 0.9, 0.998])
def test_the_knob_stands_where_the_song_is(share: float) -> None:
    each = painter(seconds=20)
    each.paint(round(share * 600))
    line = cut(each.canvas.planes.y, PLACE.line)
    above = line[2:4].mean(axis=0)  # only the knob is so high
    columns = np.nonzero(above > 150)[0]
    assert columns.mean() / line.shape[1] == pytest.approx(share, abs=0.01)


def test_the_clock_changes_once_a_second() -> None:
    each = painter()
    looks = set()
    for index in range(90):
        each.paint(index)
        looks.add(cut(each.canvas.planes.y, PLACE.elapsed).tobytes())
    assert len(looks) == 3
