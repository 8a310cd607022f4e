"""Shifting lines by an offset."""

import pytest

from videos.render.lyrics import Line, Word, shift_lines

LINES = (
    Line(1.0, 3.0, "One", (Word(1.0, 2.0, "One"),), "Verse"),
    Line(3.0, 5.0, "Two"),
)


@pytest.mark.parametrize("seconds", [0.0, 0.3, 12.0])
def test_a_positive_offset_shows_lines_and_words_later(seconds):
    first, second = shift_lines(LINES, seconds)
    assert (first.start, first.end) == (1.0 + seconds, 3.0 + seconds)
    assert (second.start, second.end) == (3.0 + seconds, 5.0 + seconds)
    assert first.words == (Word(1.0 + seconds, 2.0 + seconds, "One"),)
    assert first.section == "Verse"


def test_nothing_starts_before_the_song():
    first, second = shift_lines(LINES, -1.5)
    assert (first.start, first.end) == (0.0, 1.5)
    assert first.words == (Word(0.0, 0.5, "One"),)
    assert second.start == 1.5


def test_a_line_that_would_end_before_the_song_is_removed():
    assert [line.text for line in shift_lines(LINES, -3.0)] == ["Two"]
