from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.render.paint.scenery import changed, painter, pixels
from tests.render.samples import lines
from videos.render.colour import BT709
from videos.render.layout import Rect, layout_for
from videos.render.scene import VideoFormat

FORMS = list(VideoFormat)


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


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("lyrics", [(), lines(8)], ids=["instrumental", "sung"])
def test_a_frame_touches_only_what_moves(form, lyrics) -> None:
    layout = layout_for(form, bool(lyrics))
    each = painter(form, lyrics)
    each.paint(0)
    before = [plane.copy() for plane in each.canvas.planes]
    each._analysis.levels[100] = 1
    each.paint(100)
    moving = [layout.bars.area, layout.time.line, layout.time.elapsed]
    moving += [layout.lyrics.area] if layout.lyrics else []
    for plane, was, scale in zip(each.canvas.planes, before, (1, 2, 2), strict=True):
        for area in moving:
            x, y = slice(area.x // scale, area.right // scale), slice(area.y // scale, None)
            y = slice(area.y // scale, area.bottom // scale)
            assert (plane[y, x] != was[y, x]).any()
            plane[y, x] = was[y, x]
        assert (plane == was).all()


@pytest.mark.parametrize("lyrics", [(), lines(8)], ids=["instrumental", "sung"])
def test_frames_in_any_order_look_as_in_order(lyrics) -> None:
    one, other = painter(lyrics=lyrics), painter(lyrics=lyrics)
    for index in range(0, 200):
        one.paint(index)
    for index in (150, 3, 400, 199):
        other.paint(index)
    assert changed(pixels(one.canvas.picture()), pixels(other.canvas.picture())) is None


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("shade", ["white", "black", "#ff8800", "#7fffd4"])
def test_white_letters_read_on_any_cover(tmp_path: Path, form, shade: str) -> None:
    Image.new("RGB", (300, 300), shade).save(tmp_path / "cover.png")
    layout = layout_for(form, True)
    plain = pixels(
        painter(
            form,
            lines(1, 100),
            cover=tmp_path / "cover.png",
            level=0,
            title="",
            author="",
            domain_name="",
        ).picture(0)
    )
    for area in (layout.heading.area, layout.watermark):
        ground = plain[area.y : area.bottom, area.x : area.right].reshape(-1, 3) / 255
        light = float(np.percentile((ground**2.2) @ BT709, 90))
        assert 1.05 / (light + 0.05) > 4.5


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
    none = pixels(painter(form, lyrics, title="", author="", domain_name="").picture(0))
    for text in TEXTS:
        long = pixels(painter(form, lyrics, title=text, author=text, domain_name=text).picture(0))
        for area in (layout.heading.area, layout.signature, layout.watermark):
            rows, columns = slice(area.y - 2, area.bottom + 2), slice(area.x - 2, area.right + 2)
            long[rows, columns] = none[rows, columns] = 0
        assert changed(long, none) is None, text
