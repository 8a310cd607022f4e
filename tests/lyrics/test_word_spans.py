"""The pieces of a line by its words."""

from videos.lyrics.word_spans import word_spans
from videos.render.lyrics import Line, Word

WORDS = (Word(1.0, 1.5, "Oh,"), Word(1.5, 2.0, "the"), Word(2.0, 3.0, "the"))


def test_each_word_takes_along_what_stands_behind_it():
    assert word_spans(Line(1.0, 3.0, "Oh, the the!", WORDS)) == [
        (1.0, "Oh, "), (1.5, "the "), (2.0, "the!")
    ]  # fmt: skip


def test_the_pieces_are_the_text_whatever_the_words_say():
    words = (Word(1.0, 1.2, "night"), Word(1.2, 1.4, "unknown"), Word(1.4, 2.0, "town"))
    spans = word_spans(Line(1.0, 2.0, "“night” over town", words))
    assert "".join(span.text for span in spans) == "“night” over town"
    assert [span.start for span in spans] == [None, 1.0, 1.4]


def test_a_line_without_times_of_words_is_one_piece():
    assert word_spans(Line(1.0, 2.0, "Night")) == [(None, "Night")]
    guessed = Line(1.0, 3.0, "Oh, the the", WORDS, is_guessed=True)
    assert word_spans(guessed) == [(None, "Oh, the the")]
