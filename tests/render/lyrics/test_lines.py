"""Shifting lines by an offset."""

import pytest

from videos.render.lyrics import Line, Word, cut_lines, shift_lines

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


def test_lines_of_a_part_are_cut_and_shifted_with_their_words():
    first, second = cut_lines(LINES, 1.5, 4.5)
    assert (first.start, first.end, first.words) == (0.0, 1.5, (Word(0.0, 0.5, "One"),))
    assert (second.start, second.end) == (1.5, 3.0)


def test_scraps_of_lines_are_no_part():
    assert [line.text for line in cut_lines(LINES, 2.5, 5.0)] == ["Two"]
    assert [line.text for line in cut_lines(LINES, 1.0, 3.5)] == ["One"]
    assert cut_lines(LINES, 5.5, 9.0) == ()
    long = (Line(0.0, 30.0, "A note that is held"),)
    assert [line.end for line in cut_lines(long, 0.0, 2.0)] == [2.0]
