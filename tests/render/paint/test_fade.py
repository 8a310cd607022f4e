import numpy as np
import pytest

from tests.pairwise import one_in
from tests.render.paint.factories import make_painter
from tests.render.samples import lines
from videos.render.options import Look
from videos.render.paint import Painter
from videos.render.paint.fade import FADE_IN, FADE_OUT, MIN_BRIGHTNESS, Fade


def paint_light(painter: Painter, index: int) -> float:
    """Return the mean luma of a frame above black."""
    painter.paint(index)
    return float((painter.canvas.planes.y.astype(np.float32) - 16).mean())


@pytest.mark.parametrize("fps", [30, 60])
def test_the_first_and_the_last_frame_are_lit_and_a_little_darker(fps: int) -> None:
    fade = Fade(20 * fps, fps)
    first, last = fade.ranges
    assert len(first) == round(FADE_IN * fps)
    assert len(last) == round(FADE_OUT * fps)
    assert (first.start, last.stop) == (0, 20 * fps)
    for index in range(20 * fps):
        assert (fade.brightness(index) < 1) == (index in first or index in last)
    assert fade.brightness(0) == fade.brightness(20 * fps - 1) == MIN_BRIGHTNESS > 0.8


@pytest.mark.parametrize("frames", [1, 2, 3, 30])
def test_a_short_film_is_mostly_in_full_light(frames: int) -> None:
    fade = Fade(frames, 30)
    is_lit = [fade.brightness(index) == 1 for index in range(frames)]
    assert sum(is_lit) >= frames * 0.7
    assert all(len(indexes) for indexes in fade.ranges)


@pytest.mark.parametrize("look", one_in(2, Look))
def test_the_light_grows_evenly_and_falls_evenly(look) -> None:
    words = () if look == Look.KINETIC else lines(10)  # which change its light themselves
    painter = make_painter(lyrics=words, look=look, seconds=10)
    fade_in = np.diff([paint_light(painter, index) for index in range(13)])
    fade_out = np.diff([paint_light(painter, index) for index in range(281, 300)])
    assert (fade_in > -0.5).all()
    assert (fade_out < 0.5).all()
    for index in (0, 299):
        assert 0.75 < paint_light(painter, index) / paint_light(painter, 150) < 0.95


def test_what_is_painted_after_a_fade_is_what_would_be_without() -> None:
    one, other = (make_painter(lyrics=lines(10)) for _ in range(2))
    for index in (0, 9, 17, 18, 300, 590, 250):
        one.paint(index)
    other.paint(250)
    for plane, expected in zip(one.canvas.planes, other.canvas.planes, strict=True):
        assert (plane == expected).all()


def test_a_painter_tells_in_which_frames_everything_changes() -> None:
    painter = make_painter(seconds=20)
    first, last = painter.fade_ranges
    painter.paint(first.stop + 5)
    painter.canvas.pop_dirty_rects()
    width, height = painter.canvas.frame.width, painter.canvas.frame.height
    for index, is_whole in ((first.stop + 6, False), (last.start - 1, False), (last.start, True)):
        painter.paint(index)
        sizes = {rect[2:] for rect in painter.canvas.pop_dirty_rects()}
        assert ((width, height) in sizes) == is_whole


@pytest.mark.parametrize("fps", [30, 60])
def test_each_picture_of_a_fade_is_held_a_fifteenth_of_a_second(fps: int) -> None:
    fade = Fade(20 * fps, fps)
    shown = [fade.hold(index) for index in range(20 * fps)]
    first, last = fade.ranges
    for part in fade.ranges:
        assert len({shown[index] for index in part}) == -(-len(part) * 15 // fps)
        assert shown[part.start] == part.start
    assert shown[first.stop : last.start] == [*range(first.stop, last.start)]


def test_a_held_picture_is_the_same_whoever_painted_before() -> None:
    one, other = (make_painter(lyrics=lines(10)) for _ in range(2))
    one.paint(2)
    one.canvas.pop_dirty_rects()
    one.paint(3)
    assert one.canvas.pop_dirty_rects() == []
    other.paint(3)
    for plane, expected in zip(one.canvas.planes, other.canvas.planes, strict=True):
        assert (plane == expected).all()
