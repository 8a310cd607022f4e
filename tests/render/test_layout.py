from itertools import combinations

import pytest

from videos.render.layout import (
    LAYOUTS,
    BarsBox,
    Layout,
    OscilloscopeBox,
    Rect,
    RingBox,
    get_layout,
)
from videos.render.layout.boxes import MIN_TALL_LYRICS_SIZE, SAFE_AREA, SAFE_LYRICS_AREA
from videos.render.options import Look, Resolution, VideoFormat
from videos.render.scene import Scene

MARGIN = 24  # pixels
CASES = [
    (video_format, with_lyrics, look, resolution)
    for look in Look
    for video_format, with_lyrics in LAYOUTS[look]
    for resolution in Resolution
]
NAMES = [
    f"{look}-{video_format}-{'lyrics' if with_lyrics else 'bare'}-{size}"
    for video_format, with_lyrics, look, size in CASES
]


@pytest.fixture(params=CASES, ids=NAMES)
def layout(request: pytest.FixtureRequest) -> Layout:
    return get_layout(*request.param)


def boxes_of(layout: Layout) -> dict[str, Rect]:
    """Return the boxes that must not overlap.

    A ring contains the cover and the timeline; a cover that fills the picture contains everything.
    """
    boxes = {
        "heading": layout.heading.area,
        "visualiser": layout.visualiser.area,
        "elapsed": layout.time.elapsed,
        "total": layout.time.total,
        "watermark": layout.watermark,
    }
    if isinstance(layout.visualiser, BarsBox):
        boxes |= {"cover": layout.cover, "line": layout.time.line}
    if isinstance(layout.visualiser, OscilloscopeBox):
        boxes |= {"signature": layout.signature}
    return {**boxes, "lyrics": layout.lyrics.area} if layout.lyrics else boxes


def do_overlap(one: Rect, other: Rect) -> bool:
    return (
        one.x < other.right
        and other.x < one.right
        and one.y < other.bottom
        and other.y < one.bottom
    )


@pytest.mark.parametrize("look", list(Look))
@pytest.mark.parametrize("video_format", list(VideoFormat))
@pytest.mark.parametrize("resolution", Resolution)
@pytest.mark.parametrize("with_lyrics", [True, False])
def test_there_is_one_for_each_scene(
    look, video_format, resolution: int, with_lyrics: bool
) -> None:
    layout = get_layout(video_format, with_lyrics, look, resolution)
    scene = Scene(audio=None, format=video_format, look=look, resolution=resolution)
    assert (layout.width, layout.height) == scene.size
    assert (layout.lyrics is not None) == with_lyrics


def test_nothing_overlaps(layout: Layout) -> None:
    for (one, box), (other, other_box) in combinations(boxes_of(layout).items(), 2):
        assert not do_overlap(box, other_box), f"{one} and {other}"


def test_everything_stays_inside_with_a_margin(layout: Layout) -> None:
    boxes = boxes_of(layout)
    if isinstance(layout.visualiser, OscilloscopeBox) and layout.width >= layout.height:
        assert (boxes["visualiser"].x, boxes.pop("visualiser").right) == (0, layout.width)
    for name, box in boxes.items():
        assert box.x >= MARGIN, name
        assert box.y >= MARGIN - 4, name
        assert box.right <= layout.width - MARGIN, name
        assert box.bottom <= layout.height - MARGIN + 4, name


def test_every_corner_suits_half_resolution_chroma(layout: Layout) -> None:
    for name, box in {**boxes_of(layout), "signature": layout.signature}.items():
        assert all(number % 2 == 0 for number in box), name


def test_the_larger_picture_is_the_smaller_one_scaled() -> None:
    for video_format, with_lyrics, look, _ in CASES:
        small, large = (get_layout(video_format, with_lyrics, look, size) for size in (720, 1080))
        for name, box in boxes_of(small).items():
            assert boxes_of(large)[name] == Rect(*(number * 3 // 2 for number in box)), name


def test_cover_and_time_fit_into_the_ring(layout: Layout) -> None:
    if isinstance(layout.visualiser, RingBox):
        for inner, outer in (
            (layout.cover, layout.time.line),
            (layout.time.line, layout.visualiser.area),
        ):
            assert inner.centre == outer.centre == layout.visualiser.area.centre
            assert inner.width < outer.width
        assert layout.time.line.width < 2 * layout.visualiser.inner_radius
        assert 2 * layout.visualiser.outer_radius <= layout.visualiser.area.width


def test_the_signature_lies_in_the_cover(layout: Layout) -> None:
    cover, signature = layout.cover, layout.signature
    assert cover.x <= signature.x < signature.right <= cover.right
    assert cover.y <= signature.y < signature.bottom <= cover.bottom
    if not isinstance(layout.visualiser, OscilloscopeBox):
        assert signature.y > cover.y + cover.height / 2


# A case for each would be a thousand, of which each takes longer to start than to run
ASPECTS = (1 / 2.4, 9 / 16, 0.8, 0.99, 1, 1.01, 4 / 3, 16 / 9, 2.4)


def test_a_card_has_the_shape_of_its_cover_and_stays_in_its_room(layout: Layout) -> None:
    for aspect in ASPECTS:
        check_card(layout, aspect)


def check_card(layout: Layout, aspect: float) -> None:
    fitted = layout.fit_card(aspect)
    if layout.card_room is None or aspect == 1:
        assert fitted == layout
        return
    card, room = fitted.cover, layout.card_room
    assert room.x <= card.x < card.right <= room.right
    assert room.y <= card.y < card.bottom <= room.bottom
    assert max(card.width / room.width, card.height / room.height) > 0.99
    assert card.width / card.height == pytest.approx(aspect, rel=0.03)
    test_nothing_overlaps(fitted)
    test_everything_stays_inside_with_a_margin(fitted)
    test_every_corner_suits_half_resolution_chroma(fitted)
    test_the_signature_lies_in_the_cover(fitted)


def test_only_glow_shows_a_card_of_the_cover_s_own_shape() -> None:
    for video_format, with_lyrics, look, resolution in CASES:
        layout = get_layout(video_format, with_lyrics, look, resolution)
        assert (layout.card_room is not None) == (look == Look.GLOW)


def is_within(inner: Rect, outer: Rect) -> bool:
    return (
        outer.x <= inner.x
        and outer.y <= inner.y
        and inner.right <= outer.right
        and inner.bottom <= outer.bottom
    )


def test_in_a_tall_picture_everything_is_free_of_the_apps_buttons(layout: Layout) -> None:
    if layout.height < layout.width * 1.5:
        return
    for aspect in (9 / 16, 1, 16 / 9):
        check_safe_area(layout.fit_card(aspect))


def check_safe_area(fitted: Layout) -> None:
    factor = fitted.width / 720
    boxes = {**boxes_of(fitted), "signature": fitted.signature}
    boxes.pop("cover", None)  # pictures may bleed
    lyrics = boxes.pop("lyrics", None)
    for name, box in boxes.items():
        assert is_within(box, Rect(*(round(number * factor) for number in SAFE_AREA))), name
    if lyrics:
        assert is_within(lyrics, Rect(*(round(number * factor) for number in SAFE_LYRICS_AREA)))


def test_lyrics_in_a_tall_picture_are_large(layout: Layout) -> None:
    if layout.lyrics and layout.height > layout.width:
        assert layout.lyrics.font_size >= MIN_TALL_LYRICS_SIZE * layout.width / 720
        assert layout.lyrics.area.height > 0.25 * layout.height


def test_the_watermark_is_at_the_foot_in_the_middle(layout: Layout) -> None:
    middles = {layout.width // 2}
    if layout.height > layout.width:  # of what the apps leave free
        middles.add(SAFE_AREA.centre[0] * layout.width // 720)
    assert layout.watermark.centre[0] in middles
    lowest = max(box.bottom for box in boxes_of(layout).values())
    assert layout.watermark.bottom >= lowest - layout.height / 80


def test_bars_fill_their_place(layout: Layout) -> None:
    if isinstance(layout.visualiser, BarsBox):
        assert layout.visualiser.count * layout.visualiser.pitch == layout.visualiser.area.width
        assert 0.5 < layout.visualiser.max_height / layout.visualiser.area.height < 1


def test_what_moves_by_itself_is_parted_by_still_rows_of_macroblocks(layout: Layout) -> None:
    """Between lyrics and visualiser, unless side by side, 16 rows are still on either side."""
    if layout.lyrics is None:
        return
    parts = sorted((layout.lyrics.area, layout.visualiser.area), key=lambda box: box.y)
    upper, lower = parts
    if upper.bottom > lower.y:
        return
    row = -(-(upper.bottom + 16) // 16) * 16
    assert row + 16 <= lower.y


@pytest.mark.parametrize("look", [Look.GLOW, Look.ORBIT, Look.KINETIC])
def test_without_lyrics_the_cover_is_larger(look) -> None:
    for video_format in VideoFormat:
        small, large = (
            get_layout(video_format, with_lyrics, look).cover for with_lyrics in (True, False)
        )
        assert large.width > small.width


def test_without_lyrics_a_full_picture_has_a_larger_title() -> None:
    for video_format in VideoFormat:
        small, large = (
            get_layout(video_format, with_lyrics, Look.WAVE).heading.title_size
            for with_lyrics in (True, False)
        )
        assert large > small
