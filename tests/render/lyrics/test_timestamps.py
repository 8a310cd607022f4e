"""Timestamps in lyrics, and words that have them."""

import pytest

from videos.render.lyrics.lines import Line, Word
from videos.render.lyrics.timestamps import (
    LINE_TIMESTAMP,
    MAX_WORD_DURATION,
    NO_END,
    move_line,
    parse_timed_line,
    parse_timestamp,
    unescape,
)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("[00:01.50]", 1.5),
        ("[01:02]", 62.0),
        ("[01:02:50]", 62.5),
        ("[1:02:03.25]", 3723.25),
        ("［０１：０２．５］", 62.5),
        ("[ 00:01.500 ]", 1.5),
    ],
)
def test_each_way_of_writing_a_time_is_read(text, seconds):
    match = LINE_TIMESTAMP.fullmatch(text)
    assert match is not None
    assert parse_timestamp(match) == pytest.approx(seconds)


def test_words_last_until_the_next_timestamp():
    line = parse_timed_line(1.0, NO_END, "<00:01.00>Hello <00:02.00>world")
    assert line.text == "Hello world"
    assert line.words == (
        Word(1.0, 2.0, "Hello"),
        Word(2.0, 2.0 + MAX_WORD_DURATION, "world"),
    )


def test_a_timestamp_at_the_end_ends_the_line():
    line = parse_timed_line(1.0, NO_END, "Hello <00:03.00>")
    assert (line.end, line.words) == (3.0, (Word(1.0, 3.0, "Hello"),))


def test_a_text_without_timestamps_has_no_words():
    assert parse_timed_line(1.0, 2.0, "rock &amp; roll") == Line(1.0, 2.0, "rock & roll")


def test_entities_are_characters_and_anything_else_stays():
    assert unescape("&quot;a&#39;&xyzzy; & b") == "\"a'&xyzzy; & b"


def test_a_line_moves_with_its_words():
    line = Line(1.0, NO_END, "a", (Word(1.0, 2.0, "a"),))
    assert move_line(line, 0.5) == Line(1.5, NO_END, "a", (Word(1.5, 2.5, "a"),))
    assert move_line(Line(1.0, 2.0, "a"), 0.5).end == 2.5
