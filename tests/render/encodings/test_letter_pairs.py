"""How natural a word is in a language."""

import pytest

from videos.render.encodings.letter_pairs import languages_of, word_cost


def test_a_script_has_its_languages():
    assert "ru" in languages_of("cyrillic")
    assert languages_of("greek") == ("el",)
    assert {"fi", "fr", "de"} <= set(languages_of("latin"))
    assert not {"ru", "el", "he"} & set(languages_of("latin"))


@pytest.mark.parametrize(
    ("word", "language", "other"),
    [
        ("päivä", "fi", "pdivd"),
        ("été", "fr", "ftf"),
        ("ночь", "ru", "оюзэ"),
        ("νύχτα", "el", "ξϋψτβ"),
    ],
)
def test_a_word_of_a_language_costs_less_than_the_same_bytes_read_otherwise(word, language, other):
    assert word_cost(word, language) < word_cost(other, language)


def test_a_letter_that_no_text_had_costs_more_than_one_of_the_language():
    assert word_cost("ж", "fi") > word_cost("ä", "fi")
