"""Parsing TTML."""

from pathlib import Path

import pytest

from videos.render.lyrics import Line, LyricsError, Word, parse, parse_lyrics

SAMPLES = Path(__file__).resolve().parents[2] / "samples" / "lyrics"
ROOT = (
    '<tt xmlns="http://www.w3.org/ns/ttml" xmlns:ttm="http://www.w3.org/ns/ttml#metadata" '
    'xmlns:ttp="http://www.w3.org/ns/ttml#parameter" '
    'xmlns:itunes="http://music.apple.com/lyric-ttml-internal"{}><body>{}</body></tt>'
)


def read(body: str, attributes: str = "") -> tuple[Line, ...]:
    return parse(ROOT.format(attributes, body), 60)


def test_it_reads_apple_s_times_of_words_and_sections() -> None:
    first, second = parse((SAMPLES / "fmt-ttml.ttml").read_text(encoding="utf-8"), 60)
    assert (first.start, first.end, first.text, first.section) == (
        1,
        2.5,
        "Night over town",
        "Verse",
    )
    assert first.words == (Word(1, 1.4, "Night"), Word(1.4, 1.8, "over"), Word(1.8, 2.5, "town"))
    assert (second.start, second.end, second.section) == (3, 5, "")


def test_syllables_without_a_space_between_are_one_word() -> None:
    (line,) = read(
        '<div><p begin="1" end="3"><span begin="1" end="2">Hel</span><span begin="2" end="3">lo'
        "</span></p></div>"
    )
    assert line.text == "Hello"
    assert [word.text for word in line.words] == ["Hel", "lo"]


def test_a_second_voice_and_a_translation_are_rows_of_the_moment() -> None:
    lines = read(
        '<div itunes:songPart="PreChorus"><p begin="1.5" end="9"><span begin="1.5" end="3">Hear'
        '</span> <span begin="3" end="5">me</span><span ttm:role="x-bg">'
        '<span begin="6" end="8">(ooh)'
        '</span></span><span ttm:role="x-translation" xml:lang="fi">Kuule</span></p></div>'
    )
    assert [(line.start, line.text, line.section) for line in lines] == [
        (1.5, "Hear me", "Pre Chorus"),
        (1.5, "(ooh)", ""),
        (1.5, "Kuule", ""),
    ]
    assert lines[1].words == (Word(6, 8, "(ooh)"),)


@pytest.mark.parametrize(
    ("begin", "seconds"),
    [
        ("00:00:12.500", 12.5),
        ("00:12.500", 12.5),
        ("12.500", 12.5),
        ("12.5s", 12.5),
        ("12500ms", 12.5),
        ("0.2m", 12),
        ("00:00:12:10", 12.4),
        ("310f", 12.4),
        ("125t", 12.5),
    ],
)
def test_it_reads_every_way_of_writing_a_time(begin: str, seconds: float) -> None:
    attributes = ' ttp:frameRate="25" ttp:tickRate="10"'
    (line,) = read(f'<div><p begin="{begin}" dur="2s">la</p></div>', attributes)
    assert (line.start, line.end) == (pytest.approx(seconds), pytest.approx(seconds + 2))


def test_times_before_those_of_the_parent_count_from_there() -> None:
    (line,) = read('<div><p begin="10s" end="14s">la <span begin="1s" end="2s">lo</span></p></div>')
    assert line.words == (Word(11, 12, "lo"),)


def test_line_breaks_are_spaces_and_comments_are_not_sung() -> None:
    (line,) = read('<div><p begin="1s" end="2s">one<br/>two<!-- no --> &amp; three</p></div>')
    assert line.text == "one two & three"


def test_times_are_guessed_where_there_are_none() -> None:
    lines = read("<div><p>one</p><p>two</p></div>")
    assert [(line.text, line.is_guessed) for line in lines] == [("one", True), ("two", True)]


def test_a_paragraph_without_a_time_among_others_is_named() -> None:
    body = '<div>\n<p begin="1s" end="2s">one</p>\n<p>two</p></div>'
    (problem,) = parse_lyrics(ROOT.format("", body), 60).problems
    assert (problem.number, problem.text) == (3, "two")


BOMB = '<!DOCTYPE tt [<!ENTITY a "la"><!ENTITY b "&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (f"{ROOT[:3]}{ROOT[3:40]}", "damaged"),
        ('<?xml version="1.0"?><tt>\n<p>\n</tt>', "damaged.*line 3"),
        (f"<tt>{'<div>' * 5000}{'</div>' * 5000}</tt>", "damaged"),
        (f'<?xml version="1.0"?>{BOMB}<tt><p begin="1s">&b;</p></tt>', "DTD|XML"),
    ],
)
def test_damaged_and_dangerous_xml_is_refused(text: str, sentence: str) -> None:
    with pytest.raises(LyricsError, match=sentence):
        parse_lyrics(text, 60)
