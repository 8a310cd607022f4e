from itertools import pairwise

import numpy as np
import pytest

from tests.render.films import crop
from tests.render.paint.factories import make_painter
from tests.render.samples import lines
from videos.render.layout import BarsBox, get_layout
from videos.render.options import VideoFormat

BOX = get_layout(VideoFormat.WIDE, True).visualiser
assert isinstance(BOX, BarsBox)


def draw_bars(levels: list[float]) -> np.ndarray:
    """Return how much lighter than without bars each row is over the bars, as (count, rows)."""
    painter = make_painter(lyrics=lines(1))
    lumas = []
    for level in (0.0, levels):
        painter.analysis.features["levels"][90] = 0
        painter.analysis.features["levels"][90, : np.size(level)] = level
        painter.paint(90)
        lumas.append(crop(painter.canvas.planes.y, BOX.area))
    columns = (lumas[1] - lumas[0]).reshape(BOX.area.height, BOX.count, BOX.pitch)
    middle = BOX.pitch // 2
    return columns[: BOX.max_height, :, middle - 1 : middle + 1].mean(axis=2).T


@pytest.mark.parametrize("level", [0.2, 0.5, 0.75, 1.0])
def test_a_bar_is_as_high_as_its_level(level: float) -> None:
    rows = draw_bars([level])[0]
    assert (rows > 30).sum() == pytest.approx(level * BOX.max_height, abs=6)


def test_each_bar_has_its_own_height() -> None:
    levels = [0.9, 0.1, 0.6, 0.3]
    heights = (draw_bars(levels)[:6] > 30).sum(axis=1)
    assert list(np.argsort(-heights)[:3]) == [0, 2, 3]
    assert heights[4] == 0


def test_heights_move_by_less_than_a_pixel() -> None:
    sums = [draw_bars([0.5 + step / BOX.max_height / 4])[0].sum() for step in range(5)]
    assert all(later > earlier for earlier, later in pairwise(sums))


def test_bars_run_from_one_colour_of_the_cover_to_the_other() -> None:
    painter = make_painter(lyrics=lines(1), level=1.0)
    row = np.asarray(painter.paint_image(90), np.float32)[BOX.area.y + BOX.max_height - 8]
    middles = row[BOX.area.x + BOX.pitch // 2 : BOX.area.right : BOX.pitch]
    first, second = (np.array(colour, np.float32) for colour in painter.palette)
    assert np.abs(middles[0] - first).max() < 30
    assert np.abs(middles[-1] - second).max() < 30
