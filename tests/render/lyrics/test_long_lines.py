"""Lines that are too long for a window."""

import pytest

from videos.render.lyrics.lines import Line, Word
from videos.render.lyrics.long_lines import MAX_LENGTH, MAX_WIDTH, clamp_words, measure, split_long

LONG = " ".join(["word"] * 50)  # 249 letters


def test_a_short_line_stays_as_it_is():
    line = Line(1.0, 3.0, "short")
    assert list(split_long([line])) == [line]


def test_parts_follow_each_other_without_a_gap_and_no_word_is_lost():
    parts = list(split_long([Line(1.0, 10.0, LONG, section="Verse")]))
    assert len(parts) == 3
    assert " ".join(part.text for part in parts) == LONG
    assert all(measure(part.text) <= MAX_WIDTH for part in parts)
    assert [part.start for part in parts[1:]] == [part.end for part in parts[:-1]]
    assert (parts[0].start, parts[-1].end) == (1.0, 10.0)
    assert [part.section for part in parts] == ["Verse", "", ""]


def test_a_text_without_spaces_is_split_between_characters():
    parts = list(split_long([Line(0.0, 10.0, "夜" * 150)]))
    assert "".join(part.text for part in parts) == "夜" * 150
    assert all(measure(part.text) <= MAX_WIDTH and len(part.text) <= MAX_LENGTH for part in parts)


def test_parts_begin_with_their_words():
    texts = LONG.split()
    words = tuple(Word(1.0 + n / 10, 1.1 + n / 10, text) for n, text in enumerate(texts))
    parts = list(split_long([Line(1.0, 10.0, LONG, words)]))
    assert all(part.start == part.words[0].start for part in parts)
    assert sum(len(part.words) for part in parts) == 50


@pytest.mark.parametrize(("text", "width"), [("abc", 3), ("夜a", 3), ("e\u0301", 1), ("", 0)])
def test_widths_are_counted_in_letters(text, width):
    assert measure(text) == width


def test_words_stay_within_their_line():
    words = [Word(0.0, 5.0, "a"), Word(9.0, 12.0, "b"), Word(float("nan"), 1.0, "c")]
    assert clamp_words(words, 1.0, 10.0) == (Word(1.0, 5.0, "a"), Word(9.0, 10.0, "b"))
