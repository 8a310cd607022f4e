from unicodedata import normalize

import numpy as np
import pytest

from tests.render.films import cut
from tests.render.paint.scenery import painter
from tests.render.samples import lines
from videos.render.layout import layout_for
from videos.render.paint.heading import _title_lines
from videos.render.scene import Look, VideoFormat
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


@pytest.mark.parametrize("look", list(Look))
@pytest.mark.parametrize("form", list(VideoFormat))
@pytest.mark.parametrize("with_lyrics", [True, False])
def test_a_long_one_fills_as_many_lines_as_there_is_room_for(look, form, with_lyrics) -> None:
    place = layout_for(form, with_lyrics, look).heading
    typesetter = Typesetter()
    lines, size = _title_lines(LONG, place, typesetter)
    assert len(lines) in (2, 3)
    assert LONG.startswith(" ".join(lines).rstrip("…"))
    for line in lines:
        assert typesetter.width(line, size, Weight.HEAVY) <= place.area.width


def test_no_space_appears_where_there_was_none() -> None:
    title = "夜に駆ける星空の下で君と歩いた帰り道" * 3
    lines, _ = _title_lines(title, WIDE, Typesetter())
    assert title.startswith("".join(lines).rstrip("…"))


@pytest.mark.parametrize(
    "title",
    [
        "Cafe\u0301 del Mar",  # as macOS spells it
        "  Café   del\tMar\n",
        "Ca\u00adfé del Mar\u200b",
    ],
)
def test_a_title_stands_once_however_it_is_spelt(title: str) -> None:
    assert _title_lines(title, WIDE, Typesetter()) == (["Café del Mar"], WIDE.title)


def test_a_long_one_in_decomposed_letters_is_as_long_as_ever() -> None:
    title = "Éclat d'été à la fenêtre de l'hôtel où elle a rêvé l'été dernier, encore et encore"
    decomposed = _title_lines(normalize("NFD", title), WIDE, Typesetter())
    assert decomposed == _title_lines(title, WIDE, Typesetter())


def test_the_last_row_runs_like_the_whole_title() -> None:
    rest = "with a phrase that goes on שלום עולם שלום עולם שלום עולם שלום עולם"
    title = f"A long title of many words {rest}"
    rows, _ = _title_lines(title, WIDE, Typesetter())
    assert len(rows) > 1
    assert not any(Typesetter().is_rtl(row) for row in rows)


def test_no_title_takes_no_line() -> None:
    assert _title_lines("", WIDE, Typesetter())[0] == []


@pytest.mark.parametrize("text", ["ليلة من ألف ليلة", "שיר על הירח"])
def test_what_is_read_from_the_right_stands_at_the_right(text: str) -> None:
    each = painter(title=text, author="Mira", lyrics=lines(1))
    bare = painter(title="", author="", lyrics=lines(1))
    area = WIDE.area
    ink = np.abs(cut(each.canvas.planes.y, area) - cut(bare.canvas.planes.y, area)) > 60
    columns = np.flatnonzero(ink.any(axis=0))
    assert columns.max() > area.width - 8
    assert columns.min() > area.width / 3
