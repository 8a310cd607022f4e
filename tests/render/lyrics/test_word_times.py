"""When each part of a line is sung."""

import pytest

from videos.render.lyrics.lines import Line, Word
from videos.render.lyrics.word_times import time_parts
from videos.render.text.wrapping import split_unbreakable


def times_of(line: Line) -> list[tuple[str, float]]:
    parts = time_parts(line, line.text, split_unbreakable(line.text))
    return [(part.text, round(part.start, 2)) for part in parts]


def test_words_keep_their_times() -> None:
    words = (Word(1, 2, "Hold"), Word(2.5, 3, "me,"), Word(4, 5, "now"))
    line = Line(1, 5, "Hold me, now", words)
    assert times_of(line) == [("Hold", 1), ("me,", 2.5), ("now", 4)]


def test_a_word_of_several_syllables_begins_with_its_first() -> None:
    line = Line(1, 5, "Music plays", (Word(1, 2, "Mu"), Word(2, 3, "sic"), Word(3, 4, "plays")))
    assert times_of(line) == [("Music", 1), ("plays", 3)]


def test_ideographs_of_one_word_share_its_time() -> None:
    line = Line(0, 4, "夜空と", (Word(0, 2, "夜空"), Word(3, 4, "と")))
    assert times_of(line) == [("夜", 0), ("空", 1), ("と", 3)]


def test_words_without_times_share_that_of_their_line_by_syllables() -> None:
    (_, first), (_, second), (_, third) = times_of(Line(2, 4, "I remember you"))
    assert first == 2
    assert third - second == pytest.approx(3 * (second - first), abs=0.02)
    assert third < 4


def test_they_never_spread_more_slowly_than_people_sing() -> None:
    assert times_of(Line(0, 60, "Oh no"))[-1] == ("no", 0.42)


def test_words_that_are_not_in_the_text_are_not_believed() -> None:
    line = Line(0, 2, "Hold on", (Word(1, 1.5, "Held"), Word(1.5, 2, "on")))
    assert [start for _, start in times_of(line)] == [1.0, 1.33]


def test_a_guessed_line_comes_in_at_once() -> None:
    assert times_of(Line(3, 9, "One two", is_guessed=True)) == [("One", 3), ("two", 3.07)]
