"""Lines in the order of their moments, each with its end."""

from videos.render.lyrics.lines import Line, Problems, SourceLine
from videos.render.lyrics.normalisation import MAX_LINE_DURATION, normalise_lines


def normalise(*lines: Line, duration: float = 0.0) -> tuple[Line, ...]:
    sources = [SourceLine(number, line) for number, line in enumerate(lines, 1)]
    return normalise_lines(sources, duration, Problems())


def spans(*lines: Line, duration: float = 0.0) -> list[tuple[float, float, str]]:
    return [(each.start, each.end, each.text) for each in normalise(*lines, duration=duration)]


def test_a_line_lasts_until_the_next_one_but_not_for_ever():
    assert spans(Line(5.0, -1.0, "b"), Line(1.0, -1.0, "a")) == [
        (1.0, 5.0, "a"),
        (5.0, 5.0 + MAX_LINE_DURATION, "b"),
    ]


def test_no_line_lasts_longer_than_the_song():
    assert spans(Line(1.0, 99.0, "a"), duration=4.0) == [(1.0, 4.0, "a")]


def test_an_empty_line_only_ends_the_one_before():
    assert spans(Line(1.0, -1.0, "a"), Line(3.0, -1.0, "")) == [(1.0, 3.0, "a")]


def test_lines_of_one_moment_have_one_start_and_one_end():
    rows = normalise(Line(1.0, -1.0, "a"), Line(1.04, 2.0, "b"))
    assert [(row.start, row.end) for row in rows] == [(1.0, 2.0)] * 2


def test_the_same_words_at_the_same_time_are_shown_once():
    assert spans(Line(1.0, 2.0, "a"), Line(1.0, 2.0, "a")) == [(1.0, 2.0, "a")]


def test_a_line_whose_time_is_none_is_left_out():
    assert spans(Line(float("nan"), 2.0, "a"), Line(-1.0, 2.0, "b"), Line(1.0, 2.0, "c")) == [
        (1.0, 2.0, "c")
    ]


def test_too_many_lines_of_one_moment_follow_each_other():
    rows = normalise(*(Line(1.0, -1.0, text) for text in "abcde"), Line(6.0, 7.0, "f"))
    assert [(row.start, row.text) for row in rows[:5]] == [
        (1.0, "a"), (2.0, "b"), (3.0, "c"), (4.0, "d"), (5.0, "e"),
    ]  # fmt: skip
    assert all(row.is_guessed for row in rows[:5])
