import numpy as np
import pytest

from videos.render.layout import Rect
from videos.render.paint.legibility import legible

AREA = Rect(80, 80, 160, 80)


def picture(shade: float | tuple[float, ...]) -> np.ndarray:
    return np.full((360, 640, 3), shade, np.float32)


@pytest.mark.parametrize("shade", [255.0, (255.0, 136.0, 0.0), (0.0, 255.0, 255.0)])
@pytest.mark.parametrize("across", [False, True])
def test_an_area_becomes_as_dark_as_is_said_and_hardly_darker(shade, across: bool) -> None:
    pixels = picture(shade)
    legible(pixels, [(AREA, 80.0)], across)
    part = pixels[AREA.y : AREA.bottom, AREA.x : AREA.right] / 255
    grey = 255 * (part**2.2 @ [0.2126, 0.7152, 0.0722]) ** (1 / 2.2)
    assert grey.max() < 88
    assert grey.max() > 60
    assert pixels.min() >= 0


def test_far_away_and_where_it_is_dark_nothing_changes() -> None:
    bright, dark = picture(255.0), picture(60.0)
    legible(bright, [(AREA, 80.0)])
    legible(dark, [(AREA, 80.0)])
    assert (bright[300:, 500:] == 255).all()
    assert (dark == 60).all()


def test_a_shade_runs_out_softly() -> None:
    pixels = picture(255.0)
    legible(pixels, [(AREA, 80.0)])
    down = np.abs(np.diff(pixels[:, 160, 0]))
    assert down.max() < 10


def test_an_area_without_size_is_none() -> None:
    pixels = picture(255.0)
    legible(pixels, [(Rect(0, 0, 0, 0), 80.0)])
    assert (pixels == 255).all()
