from itertools import combinations

import pytest

from videos.render.layout import LAYOUTS, Layout, Rect, layout_for
from videos.render.scene import VideoFormat

MARGIN = 24


def places(layout: Layout) -> dict[str, Rect]:
    found = {
        "cover": layout.cover,
        "heading": layout.heading.area,
        "bars": layout.bars.area,
        "line": layout.time.line,
        "elapsed": layout.time.elapsed,
        "total": layout.time.total,
        "watermark": layout.watermark,
    }
    return {**found, "lyrics": layout.lyrics.area} if layout.lyrics else found


def overlap(one: Rect, other: Rect) -> bool:
    return (
        one.x < other.right
        and other.x < one.right
        and one.y < other.bottom
        and other.y < one.bottom
    )


@pytest.fixture(params=LAYOUTS, ids=str)
def layout(request: pytest.FixtureRequest) -> Layout:
    return layout_for(*request.param)


@pytest.mark.parametrize(
    ("form", "size"), [("16:9", (1280, 720)), ("9:16", (720, 1280)), ("1:1", (1080, 1080))]
)
@pytest.mark.parametrize("with_lyrics", [True, False])
def test_there_is_one_for_each_format(form: str, size: tuple[int, int], with_lyrics: bool) -> None:
    layout = layout_for(VideoFormat(form), with_lyrics)
    assert (layout.width, layout.height) == VideoFormat(form).size == size
    assert (layout.lyrics is not None) == with_lyrics


def test_nothing_overlaps(layout: Layout) -> None:
    for (one, here), (other, there) in combinations(places(layout).items(), 2):
        assert not overlap(here, there), f"{one} and {other}"


def test_everything_stays_inside_with_a_margin(layout: Layout) -> None:
    for name, place in places(layout).items():
        assert place.x >= MARGIN, name
        assert place.y >= MARGIN, name
        assert place.right <= layout.width - MARGIN, name
        assert place.bottom <= layout.height - MARGIN, name


def test_every_corner_suits_half_resolution_chroma(layout: Layout) -> None:
    for name, place in {**places(layout), "signature": layout.signature}.items():
        assert all(number % 2 == 0 for number in place), name


def test_the_signature_lies_in_the_foot_of_the_cover(layout: Layout) -> None:
    cover, signature = layout.cover, layout.signature
    assert (signature.right, signature.bottom) == (cover.right, cover.bottom)
    assert signature.y > cover.y + cover.height / 2


def test_the_watermark_is_the_lowest_and_in_the_middle(layout: Layout) -> None:
    assert layout.watermark.middle[0] == layout.width // 2
    assert layout.watermark.bottom >= max(place.bottom for place in places(layout).values())


def test_bars_fill_their_place(layout: Layout) -> None:
    assert layout.bars.count * layout.bars.pitch == layout.bars.area.width
    assert 0.5 < layout.bars.rise / layout.bars.area.height < 1


def test_without_lyrics_the_cover_is_larger() -> None:
    for form in VideoFormat:
        assert layout_for(form, False).cover.width > layout_for(form, True).cover.width
