from unicodedata import normalize

import numpy as np
import pytest

from tests.render.films import crop
from tests.render.paint.factories import make_painter
from tests.render.samples import lines
from videos.render.layout import get_layout
from videos.render.options import Look, VideoFormat
from videos.render.paint.heading import WRAPPED_SCALES, fit_title
from videos.render.text import Typesetter, Weight

BOX = get_layout(VideoFormat.WIDE, True).heading
LONG = (
    "The Extraordinarily Long and Winding Title of a Song That"
    " Never Knows When It Should Stop, Part II"
)


def test_a_short_title_stands_on_one_line_at_full_size() -> None:
    assert fit_title("Afterglow", BOX, Typesetter()) == (["Afterglow"], BOX.title_size)


def test_a_longer_one_shrinks_before_it_breaks() -> None:
    title = "A title that is surely just a little too long"
    lines, size = fit_title(title, BOX, Typesetter())
    assert lines == [title]
    assert BOX.title_size > size > BOX.title_size * 0.68


@pytest.mark.parametrize("look", list(Look))
@pytest.mark.parametrize("video_format", list(VideoFormat))
@pytest.mark.parametrize("with_lyrics", [True, False])
def test_a_long_one_fills_as_many_lines_as_there_is_room_for(
    look, video_format, with_lyrics
) -> None:
    box = get_layout(video_format, with_lyrics, look).heading
    typesetter = Typesetter()
    lines, size = fit_title(LONG, box, typesetter)
    assert len(lines) in (2, 3)
    assert LONG.startswith(" ".join(lines).rstrip("…"))
    for line in lines:
        assert typesetter.width(line, size, Weight.HEAVY) <= box.area.width


def test_its_letters_shrink_before_a_word_is_broken_or_its_end_is_cut() -> None:
    box = get_layout(VideoFormat.TALL, True, Look.ORBIT).heading
    title = "Extraordinarily long roads"
    lines, size = fit_title(title, box, Typesetter())
    assert " ".join(lines) == title
    assert size < box.title_size * WRAPPED_SCALES[0]


def test_no_space_appears_where_there_was_none() -> None:
    title = "夜に駆ける星空の下で君と歩いた帰り道" * 3
    lines, _ = fit_title(title, BOX, Typesetter())
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
    assert fit_title(title, BOX, Typesetter()) == (["Café del Mar"], BOX.title_size)


def test_a_long_one_in_decomposed_letters_is_as_long_as_ever() -> None:
    title = "Éclat d'été à la fenêtre de l'hôtel où elle a rêvé l'été dernier, encore et encore"
    decomposed = fit_title(normalize("NFD", title), BOX, Typesetter())
    assert decomposed == fit_title(title, BOX, Typesetter())


def test_the_last_row_runs_like_the_whole_title() -> None:
    rest = "with a phrase that goes on שלום עולם שלום עולם שלום עולם שלום עולם"
    title = f"A long title of many words {rest}"
    rows, _ = fit_title(title, BOX, Typesetter())
    assert len(rows) > 1
    assert not any(Typesetter().is_rtl(row) for row in rows)


def test_no_title_takes_no_line() -> None:
    assert fit_title("", BOX, Typesetter())[0] == []


@pytest.mark.parametrize("text", ["ليلة من ألف ليلة", "שיר על הירח"])
def test_what_is_read_from_the_right_stands_at_the_right(text: str) -> None:
    painter = make_painter(title=text, author="Mira", lyrics=lines(1))
    bare = make_painter(title="", author="", lyrics=lines(1))
    area = BOX.area
    ink = np.abs(crop(painter.canvas.planes.y, area) - crop(bare.canvas.planes.y, area)) > 60
    columns = np.flatnonzero(ink.any(axis=0))
    assert columns.max() > area.width - 8
    assert columns.min() > area.width / 3
