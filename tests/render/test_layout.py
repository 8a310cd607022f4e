from itertools import combinations

import pytest

from videos.render.layout import (
    LAYOUTS,
    BarsPlace,
    Layout,
    Rect,
    RingPlace,
    ScopePlace,
    layout_for,
)
from videos.render.scene import RESOLUTIONS, Look, Scene, VideoFormat

MARGIN = 24
ALL = [
    (form, with_lyrics, look, resolution)
    for look in Look
    for form, with_lyrics in LAYOUTS[look]
    for resolution in RESOLUTIONS
]
NAMES = [f"{look}-{form}-{'sung' if sung else 'bare'}-{size}" for form, sung, look, size in ALL]


@pytest.fixture(params=ALL, ids=NAMES)
def layout(request: pytest.FixtureRequest) -> Layout:
    return layout_for(*request.param)


def places(layout: Layout) -> dict[str, Rect]:
    """Return what must not overlap; a ring holds cover and time, a full picture everything."""
    found = {
        "heading": layout.heading.area,
        "heard": layout.heard.area,
        "elapsed": layout.time.elapsed,
        "total": layout.time.total,
        "watermark": layout.watermark,
    }
    if isinstance(layout.heard, BarsPlace):
        found |= {"cover": layout.cover, "line": layout.time.line}
    if isinstance(layout.heard, ScopePlace):
        found |= {"signature": layout.signature}
    return {**found, "lyrics": layout.lyrics.area} if layout.lyrics else found


def overlap(one: Rect, other: Rect) -> bool:
    return (
        one.x < other.right
        and other.x < one.right
        and one.y < other.bottom
        and other.y < one.bottom
    )


@pytest.mark.parametrize("look", list(Look))
@pytest.mark.parametrize("form", list(VideoFormat))
@pytest.mark.parametrize("resolution", RESOLUTIONS)
@pytest.mark.parametrize("with_lyrics", [True, False])
def test_there_is_one_for_each_scene(look, form, resolution: int, with_lyrics: bool) -> None:
    layout = layout_for(form, with_lyrics, look, resolution)
    scene = Scene(audio=None, format=form, look=look, resolution=resolution)
    assert (layout.width, layout.height) == scene.size
    assert (layout.lyrics is not None) == with_lyrics


def test_nothing_overlaps(layout: Layout) -> None:
    for (one, here), (other, there) in combinations(places(layout).items(), 2):
        assert not overlap(here, there), f"{one} and {other}"


def test_everything_stays_inside_with_a_margin(layout: Layout) -> None:
    found = places(layout)
    if isinstance(layout.heard, ScopePlace):
        assert (found["heard"].x, found.pop("heard").right) == (0, layout.width)
    for name, place in found.items():
        assert place.x >= MARGIN, name
        assert place.y >= MARGIN - 4, name
        assert place.right <= layout.width - MARGIN, name
        assert place.bottom <= layout.height - MARGIN + 4, name


def test_every_corner_suits_half_resolution_chroma(layout: Layout) -> None:
    for name, place in {**places(layout), "signature": layout.signature}.items():
        assert all(number % 2 == 0 for number in place), name


def test_the_larger_picture_is_the_smaller_one_scaled() -> None:
    for form, with_lyrics, look, _ in ALL:
        small, large = (layout_for(form, with_lyrics, look, size) for size in (720, 1080))
        for name, place in places(small).items():
            assert places(large)[name] == Rect(*(number * 3 // 2 for number in place)), name


def test_cover_and_time_fit_into_the_ring(layout: Layout) -> None:
    if isinstance(layout.heard, RingPlace):
        for inner, outer in (
            (layout.cover, layout.time.line),
            (layout.time.line, layout.heard.area),
        ):
            assert inner.middle == outer.middle == layout.heard.area.middle
            assert inner.width < outer.width
        assert layout.time.line.width < 2 * layout.heard.inner
        assert 2 * layout.heard.outer <= layout.heard.area.width


def test_the_signature_lies_in_the_cover(layout: Layout) -> None:
    cover, signature = layout.cover, layout.signature
    assert cover.x <= signature.x < signature.right <= cover.right
    assert cover.y <= signature.y < signature.bottom <= cover.bottom
    if not isinstance(layout.heard, ScopePlace):
        assert signature.y > cover.y + cover.height / 2


def test_the_watermark_is_at_the_foot_in_the_middle(layout: Layout) -> None:
    assert layout.watermark.middle[0] == layout.width // 2
    lowest = max(place.bottom for place in places(layout).values())
    assert layout.watermark.bottom >= lowest - layout.height / 80


def test_bars_fill_their_place(layout: Layout) -> None:
    if isinstance(layout.heard, BarsPlace):
        assert layout.heard.count * layout.heard.pitch == layout.heard.area.width
        assert 0.5 < layout.heard.rise / layout.heard.area.height < 1


def test_what_moves_by_itself_is_parted_by_still_rows_of_macroblocks(layout: Layout) -> None:
    """Between lyrics and sound, where neither is beside the other, 16 rows rest on either side."""
    if layout.lyrics is None:
        return
    parts = sorted((layout.lyrics.area, layout.heard.area), key=lambda place: place.y)
    upper, lower = parts
    if upper.bottom > lower.y:
        return
    cut = -(-(upper.bottom + 16) // 16) * 16
    assert cut + 16 <= lower.y


@pytest.mark.parametrize("look", [Look.GLOW, Look.ORBIT])
def test_without_lyrics_the_cover_is_larger(look) -> None:
    for form in VideoFormat:
        with_them, without = (layout_for(form, sung, look).cover.width for sung in (True, False))
        assert without > with_them


def test_without_lyrics_a_full_picture_has_a_larger_title() -> None:
    for form in VideoFormat:
        with_them, without = (layout_for(form, sung, Look.WAVE) for sung in (True, False))
        assert without.heading.title > with_them.heading.title
