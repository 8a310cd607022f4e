"""Lines as the lyrics editor has them, both ways."""

import json

import pytest

from videos.lyrics.editor_lines import MAX_MOMENTS, from_items, to_items
from videos.render.lyrics import Line, LyricsError, Word

LINES = (
    Line(1.0, 4.0, "Paper lanterns", (Word(1.0, 2.0, "Paper"), Word(2.5, 4.0, "lanterns"))),
    Line(1.0, 4.0, "Papierlaternen"),
    Line(5.0, 8.0, "Stay", section="Chorus", is_guessed=True),
)


def item(**fields):
    return {"start": 1.0, "end": 2.0, "text": "la", **fields}


def test_lines_come_back_as_they_went():
    assert from_items(json.loads(json.dumps(to_items(LINES)))) == LINES


def test_translations_are_rows_of_their_moment():
    first, second = to_items(LINES)
    assert [row["text"] for row in first["rows"]] == ["Papierlaternen"]
    assert (second["guessed"], second["section"]) == (True, "Chorus")


def test_lines_are_sorted_and_empty_ones_left_out():
    lines = from_items([item(start=5.0, end=1.0), item(text="  "), item(text=" first  one ")])
    assert [(line.start, line.end, line.text) for line in lines] == [
        (1.0, 2.0, "first one"),
        (5.0, 5.0, "la"),
    ]


def test_words_stay_within_their_line_and_end_at_the_first_that_is_not_in_it():
    words = [[0.5, 1.5, "la"], [1.2, 9.0, "lo"], [1.5, 1.6, "other"], [1.7, 1.8, "la"]]
    (line,) = from_items([item(text="la lo la", words=words)])
    assert line.words == (Word(1.0, 1.5, "la"), Word(1.2, 2.0, "lo"))


def test_a_guessed_line_has_no_times_of_words():
    (line,) = from_items([item(guessed=True, words=[[1.0, 1.5, "la"]])])
    assert (line.is_guessed, line.words) == (True, ())


@pytest.mark.parametrize(
    ("items", "sentence"),
    [
        ({}, "no lyrics that the editor could have sent"),
        ([1], "no lyrics that the editor could have sent"),
        ([item()] * (MAX_MOMENTS + 1), "no lyrics that the editor could have sent"),
        ([item(start=None)], "has no time"),
        ([item(end=float("nan"))], "has no time"),
        ([item(start=True)], "has no time"),
        ([item(text=7)], "is no text"),
        ([item(text="x" * 1001)], "at most 1000 characters"),
        ([item(section="x" * 41)], "at most 40 characters"),
    ],
)
def test_what_no_editor_sends_is_a_sentence(items, sentence):
    with pytest.raises(LyricsError, match=sentence):
        from_items(items)
