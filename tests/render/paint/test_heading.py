import pytest

from videos.render.layout import layout_for
from videos.render.paint.heading import _title_lines
from videos.render.scene import VideoFormat
from videos.render.text import Typesetter, Weight

WIDE = layout_for(VideoFormat.WIDE, True).heading
LONG = (
    "The Extraordinarily Long and Winding Title of a Song That"
    " Never Knows When It Should Stop, Part II"
)


def test_a_short_title_stands_on_one_line_at_full_size() -> None:
    assert _title_lines("Afterglow", WIDE, Typesetter()) == (["Afterglow"], WIDE.title)


def test_a_longer_one_shrinks_before_it_breaks() -> None:
    title = "A title that is surely just a little too long"
    lines, size = _title_lines(title, WIDE, Typesetter())
    assert lines == [title]
    assert WIDE.title > size > WIDE.title * 0.68


@pytest.mark.parametrize(("form", "most"), [("16:9", 2), ("9:16", 2), ("1:1", 3)])
def test_a_long_one_fills_as_many_lines_as_there_is_room_for(form: str, most: int) -> None:
    place = layout_for(VideoFormat(form), True).heading
    typesetter = Typesetter()
    lines, size = _title_lines(LONG, place, typesetter)
    assert len(lines) == most
    assert lines[-1].endswith("…")
    assert LONG.startswith(" ".join(lines).rstrip("…"))
    for line in lines:
        assert typesetter.width(line, size, Weight.HEAVY) <= place.area.width


def test_no_space_appears_where_there_was_none() -> None:
    title = "夜に駆ける星空の下で君と歩いた帰り道" * 3
    lines, _ = _title_lines(title, WIDE, Typesetter())
    assert title.startswith("".join(lines).rstrip("…"))


def test_no_title_takes_no_line() -> None:
    assert _title_lines("", WIDE, Typesetter())[0] == []
