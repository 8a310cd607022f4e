import numpy as np
import pytest

from videos.render.paint.backdrop.drift import step_size, swing, take_window
from videos.render.paint.yuv import Yuv


def test_a_window_swings_there_and_back() -> None:
    assert [swing(steps, 3) for steps in range(8)] == [0, 1, 2, 3, 2, 1, 0, 1]
    assert swing(5, 0) == 0


@pytest.mark.parametrize(("size", "step"), [((1280, 416), 1), ((1920, 1080), 1), ((3840, 2160), 3)])
def test_steps_are_whole_pixels(size, step: int) -> None:
    assert step_size(*size) == step


def test_a_window_is_taken_at_any_pixel_with_the_chroma_between() -> None:
    ramp = np.tile(np.arange(40, dtype=np.uint8) * 4, (40, 1))
    planes = Yuv(ramp, ramp[:20, :20] // 2, ramp[:20, :20].T // 2)
    even, odd = (take_window(planes, x, 0, 20, 20) for x in (4, 5))
    assert even.y[0, 0] == 16
    assert odd.y[0, 0] == 20
    assert (even.u[0, 0], odd.u[0, 0]) == (4, 5)
    down = take_window(planes, 0, 5, 20, 20)
    assert down.v[0, 0] == 5
