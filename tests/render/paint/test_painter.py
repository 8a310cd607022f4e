import numpy as np
import pytest

from tests.render.paint.scenery import changed, painter, pixels
from tests.render.samples import lines
from videos.render.layout import Rect, layout_for
from videos.render.paint import Painter
from videos.render.scene import Look, VideoFormat

FORMS, LOOKS = list(VideoFormat), list(Look)


def inside(box: tuple[int, int, int, int] | None, area: Rect) -> bool:
    """Tell whether a change stays within `area`; chroma may spill a pixel over its edge."""
    assert box is not None
    left, top, right, bottom = box
    return (
        left >= area.x - 2
        and top >= area.y - 2
        and right <= area.right + 2
        and bottom <= area.bottom + 2
    )


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("lyrics", [(), lines(8)], ids=["instrumental", "sung"])
def test_the_watermark_is_where_the_layout_says_and_nowhere_else(form, lyrics) -> None:
    layout = layout_for(form, bool(lyrics))
    with_it = pixels(painter(form, lyrics).picture(90))
    without = pixels(painter(form, lyrics, domain_name="").picture(90))
    box = changed(with_it, without)
    assert inside(box, layout.watermark)
    assert box[2] - box[0] > 100
    assert (box[0] + box[2]) / 2 == pytest.approx(layout.width / 2, abs=3)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("lyrics", [(), lines(8)], ids=["instrumental", "sung"])
def test_the_signature_is_in_the_corner_that_the_layout_says(form, lyrics) -> None:
    layout = layout_for(form, bool(lyrics))
    signed = pixels(painter(form, lyrics).picture(90))
    unsigned = pixels(painter(form, lyrics, author="").picture(90))
    heading = layout.heading.area
    for each in (signed, unsigned):  # the author's name stands there too
        each[heading.y - 2 : heading.bottom + 2, heading.x - 2 : heading.right + 2] = 0
    assert inside(changed(signed, unsigned), layout.signature)
    ink = (signed - unsigned).max(axis=2) > 60
    columns = np.nonzero(ink.any(axis=0))[0]
    assert layout.cover.right - columns.max() < layout.cover.width * 0.12


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("lyrics", [(), lines(8)], ids=["instrumental", "sung"])
def test_a_frame_touches_only_what_moves(look, form, lyrics) -> None:
    each = lively(painter(form, lyrics, look=look))
    each.paint(60)
    before = [plane.copy() for plane in each.canvas.planes]
    each.canvas.take_touched()
    each.paint(100)
    touched = each.canvas.take_touched()
    for plane, was, scale in zip(each.canvas.planes, before, (1, 2, 2), strict=True):
        for area in each.moving:
            x = slice(area.x // scale, area.right // scale)
            y = slice(area.y // scale, area.bottom // scale)
            assert scale == 2 or (plane[y, x] != was[y, x]).any(), area
        for area in touched:
            assert any(holds(part, area) for part in each.moving)
            x = slice(area.x // scale, area.right // scale)
            y = slice(area.y // scale, area.bottom // scale)
            plane[y, x] = was[y, x]
        assert (plane == was).all()


def lively(each: Painter) -> Painter:
    """Make up a song in which every frame differs from the others."""
    random = np.random.default_rng(9)
    heard = each._analysis.heard
    heard["levels"] = random.random(heard["levels"].shape)
    heard["wave"] = random.integers(-120, 120, heard["wave"].shape)
    heard["beat"] = np.linspace(0, 1, len(heard))
    return each


def holds(outer: Rect, inner: Rect) -> bool:
    return (
        outer.x <= inner.x
        and outer.y <= inner.y
        and outer.right >= inner.right
        and outer.bottom >= inner.bottom
    )


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("lyrics", [(), lines(8)], ids=["instrumental", "sung"])
def test_frames_in_any_order_look_as_in_order(look, lyrics) -> None:
    one, other = (lively(painter(lyrics=lyrics, look=look)) for _ in range(2))
    for index in range(0, 200):
        one.paint(index)
    for index in (150, 3, 400, 598, 199):
        other.paint(index)
    assert changed(pixels(one.canvas.picture()), pixels(other.canvas.picture())) is None


TEXTS = [
    "A" * 300,
    "One word " * 40,
    "夜に駆ける" * 30,
    "ليلة من ألف ليلة " * 12,
    "🎵👩🏽‍🚀🏳️‍🌈" * 40,
    "Zalgo" + "\u0301" * 200,
    "\u202e\u0000\x1b[31m\n\t",
]


@pytest.mark.parametrize("form", FORMS)
def test_no_text_leaves_its_place(form) -> None:
    layout = layout_for(form, True)
    lyrics = lines(1, 100)
    none = pixels(painter(form, lyrics, title="", author="", domain_name="").picture(90))
    for text in TEXTS:
        long = pixels(painter(form, lyrics, title=text, author=text, domain_name=text).picture(90))
        for area in (layout.heading.area, layout.signature, layout.watermark):
            rows, columns = slice(area.y - 2, area.bottom + 2), slice(area.x - 2, area.right + 2)
            long[rows, columns] = none[rows, columns] = 0
        assert changed(long, none) is None, text
