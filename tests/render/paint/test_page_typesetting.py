"""Pages of the look Kinetic, typeset in any script."""

import numpy as np
import pytest
from PIL import Image

from videos.render.layout import LyricsBox, get_layout
from videos.render.lyrics import Line
from videos.render.options import Look, VideoFormat
from videos.render.paint.page_typesetting import PlacedPart, typeset_page
from videos.render.paint.pages import make_pages
from videos.render.paint.yuv import OPAQUE
from videos.render.text import Typesetter, Weight

SCRIPTS = {
    "Latin": ("Let the lanterns go, let them find the sky", 9),
    "Cyrillic": ("Пусть летят фонари", 3),
    "Greek": ("Άσε τα φανάρια", 3),
    "Arabic": ("دع الفوانيس تطير بعيدا", 4),
    "Hebrew": ("תן לפנסים לעוף", 3),
    "Devanagari": ("लालटेन उड़ने दो", 3),
    "Thai": ("ปล่อยโคมลอย ขึ้นฟ้า", 2),
    "Chinese": ("让灯笼飞向天空", 7),
    "Japanese": ("灯りを空へ放て", 7),
    "Korean": ("등불을 하늘로 보내", 3),
}


def box_of(video_format: VideoFormat = VideoFormat.WIDE) -> LyricsBox:
    lyrics = get_layout(video_format, True, Look.KINETIC).lyrics
    assert lyrics is not None
    return lyrics


def typeset(text: str, video_format: VideoFormat = VideoFormat.WIDE) -> list[PlacedPart]:
    (page, *_) = make_pages([Line(0, 4, text)], "", "", 5)
    return typeset_page(page, box_of(video_format), Typesetter())


def bottom(part: PlacedPart) -> int:
    return part.y + part.alpha.shape[0]


def right(part: PlacedPart) -> int:
    return part.x + part.alpha.shape[1]


@pytest.mark.parametrize(("text", "count"), SCRIPTS.values(), ids=SCRIPTS)
def test_words_of_every_script_come_one_by_one(text: str, count: int) -> None:
    parts = typeset(text)
    assert len(parts) == count
    assert [part.start for part in parts] == sorted({part.start for part in parts})
    assert all(part.alpha.max() == OPAQUE for part in parts)


@pytest.mark.parametrize("video_format", list(VideoFormat))
@pytest.mark.parametrize("text", ["Oh", SCRIPTS["Latin"][0], SCRIPTS["Arabic"][0], "a " * 60])
def test_they_fill_their_box_and_stay_in_it(text: str, video_format: VideoFormat) -> None:
    area, parts = box_of(video_format).area, typeset(text, video_format)
    assert min(part.x for part in parts) >= -4
    assert max(map(right, parts)) <= area.width + 4
    assert min(part.y for part in parts) >= 0
    assert max(map(bottom, parts)) <= area.height
    wide = max(map(right, parts)) - min(part.x for part in parts)
    high = max(map(bottom, parts)) - min(part.y for part in parts)
    assert wide > 0.6 * area.width or high > 0.15 * area.height


def test_right_to_left_rows_begin_at_the_right() -> None:
    first, *_, last = typeset("שלום לך")
    assert first.x > last.x
    assert right(first) == pytest.approx(box_of().area.width, abs=16)


def test_a_row_is_drawn_as_one_so_that_letters_join() -> None:
    """All parts together are the row itself."""
    text = "دع لي"
    parts, area = typeset(text), box_of().area
    size = box_of().font_size
    page = np.zeros((area.height, area.width), np.int16)
    for part in parts:
        page[part.y : bottom(part), part.x : right(part)] += part.alpha
    row = Image.new("L", (area.width, area.height))
    Typesetter().draw(row, (area.width, 240), text, size, Weight.HEAVY, 255, "r")
    drawn = np.asarray(row, np.int16) * OPAQUE // 255
    one, other = (picture[picture.any(axis=1)] for picture in (page, drawn))
    difference = np.abs(one - other)
    assert np.count_nonzero(difference > 8) < 0.02 * np.count_nonzero(page)


def test_a_word_wider_than_a_row_is_broken_and_its_pieces_come_together() -> None:
    parts = typeset("x" * 390)
    assert len(parts) > 1
    assert len({part.start for part in parts}) == 1


def test_emoji_have_their_colours() -> None:
    *_, lantern = typeset("Light 🏮")
    assert lantern.colours is not None
    assert np.ptp(lantern.colours.astype(int), axis=2).max() > 100


def test_a_section_s_name_stands_where_its_line_begins() -> None:
    (page, *_) = make_pages([Line(0, 4, "שלום לך", section="Chorus")], "", "", 5)
    label, *_ = typeset_page(page, box_of(), Typesetter())
    assert right(label) == pytest.approx(box_of().area.width, abs=8)


def test_rows_of_deep_letters_do_not_touch() -> None:
    text = "دع الفوانيس تطير نحو السماء وتعود إلينا"
    parts = typeset(text)
    rows = sorted({part.start: part for part in parts}.values(), key=lambda part: part.y)
    assert bottom(rows[-1]) - rows[0].y > 1.3 * max(part.alpha.shape[0] for part in parts)
