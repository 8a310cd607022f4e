from itertools import pairwise

import numpy as np
import pytest

from tests.render.films import cut
from tests.render.paint.scenery import painter
from tests.render.samples import lines
from videos.render.layout import BarsPlace, layout_for
from videos.render.scene import VideoFormat

PLACE = layout_for(VideoFormat.WIDE, True).heard
assert isinstance(PLACE, BarsPlace)


def risen(levels: list[float]) -> np.ndarray:
    """Return how much lighter than without bars each row is over the bars (count, rows)."""
    each = painter(lyrics=lines(1))
    lighter = []
    for level in (0.0, levels):
        each._analysis.heard["levels"][90] = 0
        each._analysis.heard["levels"][90, : np.size(level)] = level
        each.paint(90)
        lighter.append(cut(each.canvas.planes.y, PLACE.area))
    columns = (lighter[1] - lighter[0]).reshape(PLACE.area.height, PLACE.count, PLACE.pitch)
    middle = PLACE.pitch // 2
    return columns[: PLACE.rise, :, middle - 1 : middle + 1].mean(axis=2).T


@pytest.mark.parametrize("level", [0.2, 0.5, 0.75, 1.0])
def test_a_bar_is_as_high_as_its_level(level: float) -> None:
    rows = risen([level])[0]
    assert (rows > 30).sum() == pytest.approx(level * PLACE.rise, abs=6)


def test_each_bar_has_its_own_height() -> None:
    levels = [0.9, 0.1, 0.6, 0.3]
    heights = (risen(levels)[:6] > 30).sum(axis=1)
    assert list(np.argsort(-heights)[:3]) == [0, 2, 3]
    assert heights[4] == 0


def test_heights_move_by_less_than_a_pixel() -> None:
    sums = [risen([0.5 + step / PLACE.rise / 4])[0].sum() for step in range(5)]
    assert all(later > earlier for earlier, later in pairwise(sums))


def test_bars_run_from_one_colour_of_the_cover_to_the_other() -> None:
    each = painter(lyrics=lines(1), level=1.0)
    row = np.asarray(each.picture(90), np.float32)[PLACE.area.y + PLACE.rise - 8]
    middles = row[PLACE.area.x + PLACE.pitch // 2 : PLACE.area.right : PLACE.pitch]
    first, second = (np.array(colour, np.float32) for colour in each._palette)
    assert np.abs(middles[0] - first).max() < 30
    assert np.abs(middles[-1] - second).max() < 30
