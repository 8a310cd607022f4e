import numpy as np

from videos.render.layout import Rect
from videos.render.paint.stars import draw_stars


def draw_sky(title: str, text_areas: list[Rect]) -> np.ndarray:
    pixels = np.zeros((180, 320, 3), np.float32)
    draw_stars(pixels, title, text_areas)
    return pixels


def test_a_title_has_its_own_stars() -> None:
    assert (draw_sky("One", []) == draw_sky("One", [])).all()
    assert (draw_sky("One", []) != draw_sky("Two", [])).any()
    assert 10 < draw_sky("One", []).max() < 160


def test_no_star_shines_among_words() -> None:
    text_area = Rect(40, 40, 200, 80)
    middle = draw_sky("One", [text_area])[46:114, 46:234]
    assert middle.max() < 2
    assert draw_sky("One", [])[46:114, 46:234].max() > 20
