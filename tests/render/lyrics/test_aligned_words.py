"""Parsing a vendor's aligned words."""

import math

import pytest

from videos.render.lyrics import Word, parse_aligned_words, placed_share


def word(text: object, start: object, end: object) -> dict[str, object]:
    return {"word": text, "success": True, "startS": start, "endS": end, "palign": 0}


def test_it_breaks_lines_at_newlines_inside_words_and_takes_tags_out():
    lines = parse_aligned_words(
        [
            word("[Verse 1]\nHold ", 1, 1.5),
            word("me\nnow ", 2, 3),
            word("and\n\n", 3, 4),
            word("[Chorus]\nstay", 6, 7),
        ]
    )
    assert [(line.text, line.section) for line in lines] == [
        ("Hold me", "Verse 1"),
        ("now and", ""),
        ("stay", "Chorus"),
    ]
    assert lines[0].words == (Word(1, 1.5, "Hold"), Word(2, 2, "me"))
    assert (lines[2].start, lines[2].end) == (6, 7)


def test_a_tag_may_run_over_several_words():
    (line,) = parse_aligned_words(
        [word("[Pre-", 1, 2), word("Chorus]\nHey ", 2, 3), word("you", 3, 4)]
    )
    assert (line.text, line.section, line.start) == ("Hey you", "Pre-Chorus", 2)


def test_words_without_spaces_or_breaks_get_both():
    lines = parse_aligned_words([word("Hold", 1, 2), word("me", 2, 3), word("now", 5, 6)])
    assert [line.text for line in lines] == ["Hold me", "now"]


def test_words_without_breaks_or_silence_become_lines_of_a_readable_length():
    lines = parse_aligned_words([word(f"w{i} ", i, i + 1) for i in range(25)])
    assert [len(line.words) for line in lines] == [10, 10, 5]


def test_chinese_words_get_no_spaces():
    assert parse_aligned_words([word("夜", 1, 2), word("空\n", 2, 3)])[0].text == "夜空"


@pytest.mark.parametrize("start", [None, "1", math.nan, math.inf, -1, 10**400])
def test_items_without_a_usable_start_are_left_out(start):
    assert parse_aligned_words([word("bad ", start, 2), word("good", 3, 4)])[0].text == "good"


@pytest.mark.parametrize("end", [None, math.nan, 10**400, 0])
def test_a_word_without_a_usable_end_keeps_its_start(end):
    assert parse_aligned_words([word("la\n", 3, end)])[0].words == (Word(3, 3, "la"),)


def test_no_words_give_no_lines():
    assert parse_aligned_words([]) == ()
    assert parse_aligned_words([{}, word(None, 1, 2), word("[End]\n", 1, 2)]) == ()


LONG_TAG = (
    "[Chorus: soaring anthem, layered harmonies, driving drums, full orchestra, belting lead]"
)


@pytest.mark.parametrize(
    "tag", [LONG_TAG, "[Chorus:\nsoaring,\nloud]", "**[Chorus]**", "### Chorus", "Chorus:"]
)
def test_tags_of_every_kind_are_not_sung_and_leave_the_words_their_times(tag: str) -> None:
    first, second = parse_aligned_words(
        [
            word("la\n\n", 1, 2),
            word(f"{tag}\nHear ", 3, 4),
            word("my ", 4, 5),
            word("voice\n", 5, 6),
        ]
    )
    assert (first.text, first.end) == ("la", 2)
    assert (second.text, second.section) == ("Hear my voice", "Chorus")
    assert second.words == (Word(3, 4, "Hear"), Word(4, 5, "my"), Word(5, 6, "voice"))


def test_a_tag_at_the_end_of_a_word_does_not_cut_it() -> None:
    first, second = parse_aligned_words([word("now\n\n[Chorus]\n", 1, 4), word("stay\n", 4, 5)])
    assert (first.text, first.end) == ("now", 4)
    assert (second.text, second.section) == ("stay", "Chorus")


def test_a_direction_inside_a_line_leaves_its_words_their_times() -> None:
    (line,) = parse_aligned_words([word("Hold [softly] ", 1, 2), word("me\n", 2, 3)])
    assert (line.text, line.words) == ("Hold me", (Word(1, 2, "Hold"), Word(2, 3, "me")))


def unplaced(text: str, start: float) -> dict[str, object]:
    return {**word(text, start, start + 1), "success": False}


def test_a_word_that_could_not_be_placed_has_no_time_of_its_own():
    (line,) = parse_aligned_words([word("Hold ", 1, 2), unplaced("on ", 90), word("me", 3, 4)])
    assert (line.text, line.start, line.end) == ("Hold on me", 1, 4)
    assert [each.text for each in line.words] == ["Hold", "me"]


def test_a_line_of_which_no_word_could_be_placed_is_guessed_between_its_neighbours():
    lines = parse_aligned_words(
        [word("one\n", 1, 2), unplaced("two\n", 90), unplaced("three\n", 0), word("four", 8, 9)]
    )
    assert [(line.text, line.start, line.is_guessed) for line in lines] == [
        ("one", 1, False),
        ("two", 2, True),
        ("three", 5, True),
        ("four", 8, False),
    ]


def test_lines_behind_the_last_placed_one_are_guessed_too():
    lines = parse_aligned_words([word("one\n", 1, 2), unplaced("two\n", 0), unplaced("three", 0)])
    assert [(line.start, line.is_guessed) for line in lines] == [(1, False), (2, True), (5, True)]


def test_ratings_count_where_a_vendor_rates_at_all():
    words = [{**word("a ", 1, 2), "palign": 0.9}, {**word("b", 50, 51), "palign": 0.01}]
    assert placed_share(words) == 0.5
    assert [each.text for each in parse_aligned_words(words)[0].words] == ["a"]
    assert placed_share([word("a ", 1, 2), word("b", 2, 3)]) == 1
    assert placed_share([]) == 1
