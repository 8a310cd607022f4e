import numpy as np
import pytest

from tests.pairwise import one_in
from tests.render.paint.factories import changed_box, make_painter, to_pixels
from tests.render.samples import lines
from videos.render.layout import Rect, get_layout
from videos.render.options import Look, VideoFormat
from videos.render.paint import Painter

FORMATS, LOOKS = list(VideoFormat), list(Look)


def is_inside(box: tuple[int, int, int, int] | None, area: Rect) -> bool:
    """Tell whether a change stays within ``area``; chroma may spill a pixel over its edge."""
    assert box is not None
    left, top, right, bottom = box
    return (
        left >= area.x - 2
        and top >= area.y - 2
        and right <= area.right + 2
        and bottom <= area.bottom + 2
    )


@pytest.mark.each_value
@pytest.mark.parametrize("video_format", FORMATS)
@pytest.mark.parametrize("lyrics", [(), lines(8)], ids=["instrumental", "sung"])
def test_the_watermark_is_where_the_layout_says_and_nowhere_else(video_format, lyrics) -> None:
    layout = get_layout(video_format, bool(lyrics))
    with_it = to_pixels(make_painter(video_format, lyrics).paint_image(90))
    without = to_pixels(make_painter(video_format, lyrics, domain_name="").paint_image(90))
    box = changed_box(with_it, without)
    assert is_inside(box, layout.watermark)
    assert box[2] - box[0] > 100
    assert (box[0] + box[2]) / 2 == pytest.approx(layout.watermark.centre[0], abs=3)


@pytest.mark.each_value
@pytest.mark.parametrize("video_format", FORMATS)
@pytest.mark.parametrize("lyrics", [(), lines(8)], ids=["instrumental", "sung"])
def test_the_signature_is_in_the_corner_that_the_layout_says(video_format, lyrics) -> None:
    layout = get_layout(video_format, bool(lyrics))
    signed = to_pixels(make_painter(video_format, lyrics).paint_image(90))
    unsigned = to_pixels(make_painter(video_format, lyrics, author="").paint_image(90))
    heading = layout.heading.area
    for pixels in (signed, unsigned):  # the author's name stands there too
        pixels[heading.y - 2 : heading.bottom + 2, heading.x - 2 : heading.right + 2] = 0
    assert is_inside(changed_box(signed, unsigned), layout.signature)
    ink = (signed - unsigned).max(axis=2) > 60
    columns = np.nonzero(ink.any(axis=0))[0]
    assert layout.cover.right - columns.max() < layout.cover.width * 0.12


@pytest.mark.each_value
@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("video_format", FORMATS)
@pytest.mark.parametrize("lyrics", [(), lines(8)], ids=["instrumental", "sung"])
def test_a_frame_touches_only_what_moves(look, video_format, lyrics) -> None:
    painter = randomise_sound(make_painter(video_format, lyrics, look=look))
    painter.paint(60)
    before = [plane.copy() for plane in painter.canvas.planes]
    painter.canvas.pop_dirty_rects()
    painter.paint(100)
    dirty_rects = painter.canvas.pop_dirty_rects()
    for plane, old, scale in zip(painter.canvas.planes, before, (1, 2, 2), strict=True):
        for area in painter.moving_areas:
            x = slice(area.x // scale, area.right // scale)
            y = slice(area.y // scale, area.bottom // scale)
            may_rest = look == Look.KINETIC or (look == Look.STAGE and area.x == 0)
            assert scale == 2 or may_rest or (plane[y, x] != old[y, x]).any(), area
        for rect in dirty_rects:
            assert any(contains(area, rect) for area in painter.moving_areas)
            x = slice(rect.x // scale, rect.right // scale)
            y = slice(rect.y // scale, rect.bottom // scale)
            plane[y, x] = old[y, x]
        assert (plane == old).all()


def randomise_sound(painter: Painter) -> Painter:
    """Give the painter a sound in which every frame differs from the others."""
    random = np.random.default_rng(9)
    features = painter.analysis.features
    features["levels"] = random.random(features["levels"].shape)
    features["wave"] = random.integers(-120, 120, features["wave"].shape)
    features["beat"] = np.linspace(0, 1, len(features))
    return painter


def contains(outer: Rect, inner: Rect) -> bool:
    return (
        outer.x <= inner.x
        and outer.y <= inner.y
        and outer.right >= inner.right
        and outer.bottom >= inner.bottom
    )


@pytest.mark.each_value
@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("lyrics", [(), lines(8)], ids=["instrumental", "sung"])
def test_frames_in_any_order_look_as_in_order(look, lyrics) -> None:
    one, other = (randomise_sound(make_painter(lyrics=lyrics, look=look)) for _ in range(2))
    for index in range(0, 200):
        one.paint(index)
    for index in (150, 3, 400, 598, 199):
        other.paint(index)
    pictures = [to_pixels(painter.canvas.to_image()) for painter in (one, other)]
    assert changed_box(*pictures) is None


TEXTS = [
    "A" * 300,
    "One word " * 40,
    "夜に駆ける" * 30,
    "ليلة من ألف ليلة " * 12,
    "🎵👩🏽‍🚀🏳️‍🌈" * 40,
    "Zalgo" + "\u0301" * 200,
    "\u202e\u0000\x1b[31m\n\t",
]


@pytest.mark.parametrize("video_format", one_in(3, FORMATS))
def test_no_text_leaves_its_place(video_format) -> None:
    layout = get_layout(video_format, True)
    lyrics = lines(1, 100)

    def paint_with(text: str) -> np.ndarray:
        painter = make_painter(video_format, lyrics, title=text, author=text, domain_name=text)
        return to_pixels(painter.paint_image(90))

    without = paint_with("")
    for text in TEXTS:
        with_text = paint_with(text)
        for area in (layout.heading.area, layout.signature, layout.watermark):
            rows, columns = slice(area.y - 2, area.bottom + 2), slice(area.x - 2, area.right + 2)
            with_text[rows, columns] = without[rows, columns] = 0
        assert changed_box(with_text, without) is None, text
