import numpy as np
import pytest

from videos.render.paint.backdrop.fit import choose_fit, crop, lay_on_soft_copy
from videos.render.paint.yuv import Yuv


def flat(width: int, height: int, luma: int = 200) -> Yuv:
    half = (height // 2, width // 2)
    u, v = (np.full(half, chroma, np.uint8) for chroma in (90, 160))
    return Yuv(np.full((height, width), luma, np.uint8), u, v)


@pytest.mark.parametrize(
    ("picture", "window", "expected"),
    [
        ((1920, 1080), (1280, 720), (1280, 720, False)),
        ((1920, 1080), (1280, 416), (1280, 720, False)),
        ((1000, 1000), (1280, 416), (416, 416, True)),  # a third of it would be seen
        ((1080, 1920), (1280, 416), (234, 416, True)),
        ((3000, 500), (720, 384), (720, 120, True)),
    ],
)
def test_a_picture_fills_its_window_unless_too_little_of_it_would_be_seen(
    picture, window, expected
) -> None:
    assert choose_fit(picture, window, 0.45) == expected


@pytest.mark.parametrize("picture", [(1280, 720), (1300, 720), (2000, 720), (1280, 1280)])
def test_a_picture_that_drifts_is_longer_than_its_window(picture) -> None:
    fit = choose_fit(picture, (1280, 720), 0.4, spare=1.1)
    assert max(fit.width / 1280, fit.height / 720) >= 1.099
    assert min(fit.width / 1280, fit.height / 720) >= 1


def test_what_is_cropped_is_rather_below_than_above() -> None:
    planes = flat(40, 100)
    planes.y[:] = np.arange(100)[:, np.newaxis]
    cropped = crop(planes, 40, 50)
    assert cropped.y.shape == (50, 40)
    assert cropped.u.shape == (25, 20)
    assert cropped.y[0, 0] < 25


@pytest.mark.parametrize(("size", "window"), [((60, 96), (200, 96)), ((200, 40), (200, 120))])
def test_a_whole_picture_melts_into_a_darker_copy_of_itself(size, window) -> None:
    planes = lay_on_soft_copy(flat(*size), *window)
    assert planes.y.shape == window[::-1]
    assert planes.y[window[1] // 2, window[0] // 2] == 200
    assert 100 < planes.y[2, 2] < 180
    assert np.abs(np.diff(planes.y.astype(int), axis=0)).max() < 30
    assert np.abs(np.diff(planes.y.astype(int), axis=1)).max() < 30
