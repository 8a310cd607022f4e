"""Distributing lyrics without times over a song."""

import pytest

from videos.render.lyrics import parse
from videos.render.lyrics.plain import count_syllables


def test_it_leaves_the_beginning_and_the_end_of_the_song_to_the_music():
    lines = parse("one\ntwo\nthree", 200)
    assert lines[0].start == 15
    assert 150 < lines[-1].end <= 190


def test_a_short_song_gives_less_of_itself_to_its_intro():
    assert parse("one\ntwo", 10)[0].start == pytest.approx(1.2)


def test_a_line_lasts_as_long_as_its_syllables():
    short_line, long_line = parse("go\nnever gonna give the melody away", 100)
    assert long_line.end - long_line.start > 5 * (short_line.end - short_line.start)


def test_a_blank_line_is_a_pause():
    without_blank = parse("one\ntwo", 100)
    with_blank = parse("one\n\n\ntwo", 100)
    assert with_blank[1].start - with_blank[0].end > 2 * (
        without_blank[1].start - without_blank[0].end
    )


def test_tags_become_sections_and_parentheses_are_sung():
    lines = parse("[Intro]\n[Verse 1]\nla la\n(ooh)\n\n[Chorus] hey\n【副歌】\n花\n[End]", 100)
    assert [(line.text, line.section) for line in lines] == [
        ("la la", "Verse 1"),
        ("(ooh)", ""),
        ("hey", "Chorus"),
        ("花", "副歌"),
    ]


def test_an_unknown_length_gives_each_line_a_few_seconds():
    lines = parse("one\ntwo\nthree", 0)
    assert [line.text for line in lines] == ["one", "two", "three"]
    assert 6 < lines[-1].end < 13


@pytest.mark.parametrize("text", ["", "   \n\t\n", "[Instrumental]", "\ufeff"])
def test_nothing_to_sing_gives_no_lines(text):
    assert parse(text, 100) == ()


@pytest.mark.parametrize(
    ("text", "syllables"),
    [
        ("never gonna", 4),
        ("ночной город", 4),
        ("夜空に歌う", 5),
        ("안녕", 2),
        ("Élodie", 3),
        ("hmm", 1.2),
        ("!?", 0),
        ("שלום", 1.6),
    ],
)
def test_it_counts_syllables_in_any_script(text, syllables):
    assert count_syllables(text) == pytest.approx(syllables)
