"""LRC whose rows have no, equal or wrong timestamps: all words stay."""

from itertools import pairwise
from pathlib import Path

import pytest

from videos.render.lyrics import Lyrics, parse, parse_lyrics

SAMPLES = Path(__file__).resolve().parents[2] / "samples" / "lyrics"


def read(name: str, duration: float = 180) -> Lyrics:
    return parse_lyrics((SAMPLES / name).read_text(encoding="utf-8"), duration)


def test_one_stamp_in_plain_lyrics_is_one_time_among_guessed_ones() -> None:
    lyrics = read("lrc-plain-with-one-stamp.txt")
    assert [(line.text, line.section, line.is_guessed) for line in lyrics.lines] == [
        ("Night over town", "Verse 1", True),
        ("and the rain comes down", "", True),
        ("Guitar solo", "", False),
        ("Hear my voice", "Chorus", True),
        ("from far away", "", True),
    ]
    starts = [line.start for line in lyrics.lines]
    assert starts == sorted(starts)
    assert starts[2] == 45
    assert [str(problem) for problem in lyrics.problems] == [
        "Line 4 (“Guitar solo”): only this line has a time; the other times are guessed."
    ]


def test_a_stamp_that_leaves_no_room_for_the_rows_above_is_ignored() -> None:
    rows = [f"line {number}" for number in range(30)]
    rows[25] = "[0:10] la"
    lyrics = parse_lyrics("\n".join(rows), 180)
    assert len(lyrics.lines) == 30
    assert all(line.is_guessed for line in lyrics.lines)
    assert "leaves no room" in str(lyrics.problems[0])


def test_lines_that_all_have_the_time_zero_are_plain_lyrics() -> None:
    lyrics = read("lrc-all-zero.lrc")
    assert [line.text for line in lyrics.lines] == [
        f"Line number {number} of the song" for number in range(1, 13)
    ]
    assert all(line.is_guessed for line in lyrics.lines)
    assert lyrics.lines[0].start == 15
    assert "all 12 lines have the same time" in str(lyrics.problems[0])


def test_rows_directly_below_a_stamp_are_rows_of_its_moment() -> None:
    lyrics = parse_lyrics("[00:01.00]夜空\nYozora\nNight sky\n[00:04.00]星\nHoshi\nStar", 60)
    assert [(line.start, line.end, line.text) for line in lyrics.lines] == [
        (1, 4, "夜空"),
        (1, 4, "Yozora"),
        (1, 4, "Night sky"),
        (4, 14, "星"),
        (4, 14, "Hoshi"),
        (4, 14, "Star"),
    ]
    assert not lyrics.problems


def test_a_row_below_a_repeated_line_is_repeated_with_it() -> None:
    lines = parse("[00:01.00][00:09.00]夜空\nNight sky\n[00:04.00]星", 60)
    assert [(line.start, line.text) for line in lines] == [
        (1, "夜空"),
        (1, "Night sky"),
        (4, "星"),
        (9, "夜空"),
        (9, "Night sky"),
    ]


@pytest.mark.parametrize("rows", ["b\n\nc", "b\nc\nd\ne\nf"])
def test_other_rows_without_a_stamp_are_guessed_between_the_stamps_and_named(rows: str) -> None:
    timed = "\n".join(f"[00:{second:02}.00]line {second}" for second in range(30, 59, 4))
    lyrics = parse_lyrics(f"[00:01.00]a\n\n{rows}\n{timed}", 60)
    texts = [line.text for line in lyrics.lines if line.start < 30]
    assert texts == ["a", *rows.replace("\n\n", "\n").split("\n")]
    guessed = [line for line in lyrics.lines if line.is_guessed]
    assert [line.text for line in guessed] == texts[1:]
    assert all("has no time" in str(problem) for problem in lyrics.problems)
    assert len(lyrics.problems) == len(guessed)


def test_rows_above_the_first_stamp_come_before_it() -> None:
    timed = "\n".join(f"[00:{second:02}.00]line {second}" for second in range(30, 59, 4))
    lines = parse(f"a\nb\n{timed}", 60)
    assert [line.text for line in lines[:3]] == ["a", "b", "line 30"]
    assert all(0 < line.start < 30 for line in lines[:2])


def test_more_lines_at_one_time_than_fit_are_shown_one_after_the_other() -> None:
    credits = "\n".join(f"[00:00.00]Name {number}" for number in range(6))
    lyrics = parse_lyrics(f"{credits}\n[00:12.00]la\n[00:14.00]lo", 60)
    assert [(line.start, line.text) for line in lyrics.lines[:6]] == [
        (2 * number, f"Name {number}") for number in range(6)
    ]
    assert "6 lines have the same time" in str(lyrics.problems[0])


@pytest.mark.parametrize("gap", [0.0, 0.03, 0.05])
def test_lines_up_to_50_ms_apart_are_rows_of_one_moment_in_the_file_s_order(gap: float) -> None:
    lines = parse(f"[00:{1 + gap:05.2f}]second voice\n[00:01.00]first\n[00:03.00]la", 60)
    assert [(line.start, line.text) for line in lines] == [
        (1, "second voice"),
        (1, "first"),
        (3, "la"),
    ]


def test_lines_further_apart_are_two_moments() -> None:
    assert len({line.start for line in parse("[00:01.00]a\n[00:01.06]b", 60)}) == 2


def test_a_line_after_the_song_s_end_is_named() -> None:
    (problem,) = parse_lyrics("[00:01.00]a\n[05:10.00]b", 60).problems
    assert str(problem) == "Line 2 (“b”): its time 5:10 is after the song's end."


def test_plain_lyrics_have_guessed_times_without_a_problem() -> None:
    lyrics = parse_lyrics("one\ntwo", 60)
    assert all(line.is_guessed for line in lyrics.lines)
    assert not lyrics.problems


def test_more_rows_than_are_read_are_named() -> None:
    (problem, *_) = parse_lyrics("la\n" * 25_000, 600).problems
    assert "left out" in str(problem)
    assert problem.number == 5001


def test_a_long_line_is_sung_in_parts() -> None:
    words = [f"word{number}" for number in range(60)]
    lines = parse(f"[00:01.00]{' '.join(words)}\n[00:09.00]la", 60)
    assert " ".join(line.text for line in lines[:-1]).split() == words
    assert all(len(line.text) <= 120 for line in lines)
    assert (lines[0].start, lines[-2].end) == (1, 9)
    assert all(before.end == after.start for before, after in pairwise(lines))


def test_the_parts_of_a_long_line_begin_with_their_words() -> None:
    stamps = "".join(f"<00:{1 + number:02}.00>word{number} " for number in range(40))
    lines = parse(f"[00:01.00]{stamps}<00:50.00>", 60)
    assert len(lines) > 2
    for line in lines:
        assert line.start == line.words[0].start == 1 + int(line.words[0].text[4:])
        assert " ".join(word.text for word in line.words) == line.text


def test_a_long_line_and_its_translation_are_split_together() -> None:
    text, other = "night " * 40, "夜空" * 70
    lines = parse(f"[00:01.00]{text}\n[00:01.00]{other}\n[00:09.00]la", 60)
    starts = {line.start for line in lines if "night" in line.text}
    assert len(starts) > 1
    assert {line.start for line in lines if "夜" in line.text} <= starts
    assert "".join(line.text for line in lines if "夜" in line.text) == other
