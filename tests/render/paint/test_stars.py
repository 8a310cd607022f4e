import numpy as np

from videos.render.layout import Rect
from videos.render.paint.stars import draw_stars


def sky(title: str, words: list[Rect]) -> np.ndarray:
    pixels = np.zeros((180, 320, 3), np.float32)
    draw_stars(pixels, title, words)
    return pixels


def test_a_title_has_its_own_stars() -> None:
    assert (sky("One", []) == sky("One", [])).all()
    assert (sky("One", []) != sky("Two", [])).any()
    assert 10 < sky("One", []).max() < 160


def test_no_star_shines_among_words() -> None:
    words = Rect(40, 40, 200, 80)
    middle = sky("One", [words])[46:114, 46:234]
    assert middle.max() < 2
    assert sky("One", [])[46:114, 46:234].max() > 20
