"""One line of lyrics as an alpha mask."""

from itertools import pairwise

import pytest

from videos.render.layout import LyricsBox, Rect
from videos.render.lyrics import Line, Word
from videos.render.paint.lyrics_line import (
    MAX_CHARACTERS,
    MAX_HEIGHT,
    fit_rows,
    typeset_line,
    typeset_moment,
)
from videos.render.text import Typesetter

BOX = LyricsBox(Rect(0, 0, 600, 280), font_size=32, anchor="l")
WORDS = (Word(0.0, 1.0, "Hello"), Word(1.0, 2.0, "wide"), Word(2.0, 3.0, "world"))
LINE = Line(0.0, 3.0, "Hello wide world", WORDS, "Verse")


@pytest.fixture(scope="module")
def typesetter() -> Typesetter:
    return Typesetter()


def test_each_word_has_its_box_one_after_the_other(typesetter):
    mask = typeset_line(LINE, BOX, typesetter, with_section=False)
    boxes = mask.word_boxes
    assert len(boxes) == 3
    assert all(one.right <= other.x for one, other in pairwise(boxes))
    for box in boxes:
        assert mask.alpha[box.y : box.bottom, box.x : box.right].max() > 200
    assert mask.alpha.shape[1] == BOX.area.width


def test_the_name_of_a_section_takes_room_above_the_line(typesetter):
    plain, named = (typeset_line(LINE, BOX, typesetter, wish) for wish in (False, True))
    assert plain.label_height == 0
    assert named.label_height > 0
    assert named.height == plain.height + named.label_height


def test_words_that_the_line_does_not_have_are_not_located(typesetter):
    line = Line(0.0, 3.0, "Hello wide world", (*WORDS, Word(3.0, 4.0, "again")))
    assert typeset_line(line, BOX, typesetter, with_section=False).word_boxes == ()


@pytest.mark.parametrize("text", ["", "short", "a longer line of lyrics " * 9, "夜" * 80])
def test_any_line_fits_its_window(typesetter, text):
    fitted, rows = fit_rows(text, BOX, typesetter)
    assert fitted.font_size <= BOX.font_size
    assert all(typesetter.width(row, fitted.font_size) <= BOX.area.width for row in rows)
    mask = typeset_line(Line(0.0, 1.0, text), BOX, typesetter, with_section=False)
    assert mask.height <= BOX.area.height * MAX_HEIGHT
    assert len(text) <= MAX_CHARACTERS


def test_lines_of_one_moment_stand_below_each_other(typesetter):
    other = Line(0.0, 3.0, "Halo weite Welt")
    one = typeset_line(LINE, BOX, typesetter, with_section=False)
    both = typeset_moment((LINE, other), BOX, typesetter, with_section=False)
    assert both.height > 2 * one.height * 0.7
    assert len(both.word_boxes) == 3
    assert typeset_moment((LINE,), BOX, typesetter, with_section=False).height == one.height
