"""Translations below their lines."""

import pytest

from videos.render.lyrics import Line, LyricsError
from videos.render.lyrics.translation import add_translation

SUNG = (Line(1, 3, "La luna", section="Verso"), Line(4, 6, "El mar"))


def texts(lines: tuple[Line, ...]) -> list[tuple[float, str]]:
    return [(line.start, line.text) for line in lines]


def test_a_timed_translation_stands_below_the_line_that_begins_then() -> None:
    lines = add_translation(SUNG, [Line(4.3, 6, "The sea"), Line(0.9, 3, "The moon")])
    assert texts(lines) == [(1, "La luna"), (1, "The moon"), (4, "El mar"), (4, "The sea")]
    assert [line.section for line in lines] == ["Verso", "", "", ""]


def test_a_line_may_have_none() -> None:
    lines = add_translation(SUNG, [Line(4, 6, "The sea"), Line(90, 91, "far away")])
    assert texts(lines) == [(1, "La luna"), (4, "El mar"), (4, "The sea")]
    assert add_translation(SUNG, ()) == SUNG


def test_without_times_it_goes_line_by_line() -> None:
    plain = [Line(7, 8, text, is_guessed=True) for text in ("The moon", "The sea")]
    assert texts(add_translation(SUNG, plain))[1::2] == [(1, "The moon"), (4, "The sea")]


def test_what_does_not_fit_is_refused_with_a_sentence() -> None:
    plain = [Line(7, 8, "The moon", is_guessed=True)]
    with pytest.raises(LyricsError, match="lyrics: 2, of the translation: 1"):
        add_translation(SUNG, plain)
    with pytest.raises(LyricsError, match="No line of the translation begins"):
        add_translation(SUNG, [Line(90, 91, "far away")])
