import numpy as np
import pytest

from tests.render.paint.scenery import painter
from tests.render.samples import lines
from videos.render.paint.fade import FADE_IN, FADE_OUT, Fade
from videos.render.scene import Look


def light(each, index: int) -> float:
    each.paint(index)
    return float((each.canvas.planes.y.astype(np.float32) - 16).mean())


@pytest.mark.parametrize("fps", [30, 60])
def test_a_film_begins_and_ends_in_the_dark(fps: int) -> None:
    fade = Fade(20 * fps, fps)
    first, last = fade.ranges
    assert len(first) == round(FADE_IN * fps)
    assert len(last) == round(FADE_OUT * fps)
    assert (first.start, last.stop) == (0, 20 * fps)
    for index in range(20 * fps):
        assert (fade.brightness(index) < 1) == (index in first or index in last)
    assert fade.brightness(0) < 0.02
    assert fade.brightness(20 * fps - 1) < 0.02


@pytest.mark.parametrize("frames", [1, 2, 3, 30])
def test_a_short_film_is_mostly_in_full_light(frames: int) -> None:
    fade = Fade(frames, 30)
    lit = [fade.brightness(index) == 1 for index in range(frames)]
    assert sum(lit) >= frames * 0.7
    assert all(len(end) for end in fade.ranges)


@pytest.mark.parametrize("look", list(Look))
def test_the_light_grows_evenly_and_falls_evenly(look) -> None:
    each = painter(lyrics=lines(10), look=look, seconds=10)
    grows = np.diff([light(each, index) for index in range(19)])
    falls = np.diff([light(each, index) for index in range(272, 300)])
    assert (grows > -0.5).all()
    assert (falls < 0.5).all()
    assert light(each, 299) < 1.5
    assert light(each, 150) > 10


def test_what_is_painted_after_a_fade_is_what_would_be_without() -> None:
    one, other = (painter(lyrics=lines(10)) for _ in range(2))
    for index in (0, 9, 17, 18, 300, 590, 250):
        one.paint(index)
    other.paint(250)
    for plane, same in zip(one.canvas.planes, other.canvas.planes, strict=True):
        assert (plane == same).all()


def test_a_painter_tells_in_which_frames_everything_changes() -> None:
    each = painter(seconds=20)
    first, last = each.fades
    each.paint(first.stop + 5)
    each.canvas.take_touched()
    width, height = each.canvas.frame.width, each.canvas.frame.height
    for index, whole in ((first.stop + 6, False), (last.start - 1, False), (last.start, True)):
        each.paint(index)
        sizes = {area[2:] for area in each.canvas.take_touched()}
        assert ((width, height) in sizes) == whole
