"""The circular timeline of the look Orbit."""

import numpy as np
import pytest

from tests.render.films import crop
from tests.render.paint.factories import make_frame_input
from videos.render.layout import Rect
from videos.render.paint.canvas import Canvas
from videos.render.paint.circular_timeline import CircularTimeline
from videos.render.paint.palette import Palette

AREA, SECONDS = Rect(20, 20, 160, 160), 20.0
PALETTE = Palette((250, 150, 90), (90, 150, 250))


def make_timeline() -> tuple[CircularTimeline, Canvas]:
    stage = np.zeros((200, 200, 3), np.float32)
    return CircularTimeline(AREA, stage, PALETTE, SECONDS), Canvas(200, 200)


def draw_at(time: float) -> np.ndarray:
    timeline, canvas = make_timeline()
    timeline.draw(canvas, make_frame_input(time=time))
    return canvas.planes.y.astype(int)


@pytest.mark.parametrize(("share", "x", "y"), [(0.25, 176, 100), (0.5, 100, 176), (0.75, 24, 100)])
def test_the_knob_goes_round_from_the_top(share, x, y):
    luma = draw_at(SECONDS * share)
    assert luma[y - 2 : y + 2, x - 2 : x + 2].min() > 220


def test_what_was_played_is_brighter_than_what_is_to_come():
    luma = draw_at(SECONDS / 2)
    right, left = luma[60:140, 160:180].max(), luma[60:140, 20:40].max()
    assert right > left + 40


def test_it_redraws_only_what_has_changed_and_nothing_is_left_behind():
    timeline, canvas = make_timeline()
    timeline.draw(canvas, make_frame_input(time=5.0))
    canvas.pop_dirty_rects()
    timeline.draw(canvas, make_frame_input(time=5.0))
    assert canvas.pop_dirty_rects() == []
    timeline.draw(canvas, make_frame_input(time=5.2))
    (rect,) = canvas.pop_dirty_rects()
    assert rect.width * rect.height < AREA.width * AREA.height / 10
    luma, at_once = (crop(plane, AREA) for plane in (canvas.planes.y, draw_at(5.2)))
    assert (luma == at_once).all()
