"""Parsing WebVTT and SubRip, and writing WebVTT."""

from pathlib import Path

import pytest

from videos.render.lyrics import Line, Word, parse, parse_lyrics, to_vtt

SAMPLES = Path(__file__).resolve().parents[2] / "samples" / "lyrics"

VTT = """WEBVTT - a song

STYLE
::cue { color: red }

NOTE left out
00:00:50.000 --> 00:00:55.000
not sung

intro
00:01.000 --> 00:03.500 align:start line:0%
<v Mira>Hold &amp; <i>stay</i></v>

1:00:00.000 --> 1:00:02.000
late
"""


def texts(text: str) -> list[tuple[float, float, str]]:
    return [(line.start, line.end, line.text) for line in parse(text, 4000)]


def test_it_reads_webvtt_with_styles_notes_settings_voices_and_entities():
    assert texts(VTT) == [(1, 3.5, "Hold & stay"), (3600, 3602, "late")]


def test_it_reads_subrip_with_commas_markup_and_several_rows():
    text = "1\r\n00:00:01,000 --> 00:00:03,000\r\n{\\an8}<b>one</b>\r\ntwo\r\n"
    assert texts(text) == [(1, 3, "one two")]


def test_it_separates_cues_without_a_blank_line_between():
    text = "1\n00:00:01,000 --> 00:00:02,000\none\n2\n00:00:02,000 --> 00:00:03,000\ntwo"
    assert texts(text) == [(1, 2, "one"), (2, 3, "two")]


def test_it_cuts_a_cue_that_runs_into_the_next():
    text = "00:01.000 --> 00:09.000\none\n\n00:04.000 --> 00:05.000\ntwo"
    assert texts(text) == [(1, 4, "one"), (4, 5, "two")]


def test_it_keeps_a_heart_made_of_signs():
    assert texts("00:01.000 --> 00:02.000\nI <3 you")[0][2] == "I <3 you"


def test_it_reads_timestamps_of_words():
    (line,) = parse("WEBVTT\n\n00:01.000 --> 00:03.000\nHello <00:00:02.000><c>you</c>", 60)
    assert line.words == (Word(1, 2, "Hello"), Word(2, 3, "you"))


def test_a_webvtt_file_without_cues_has_no_lines():
    assert parse("WEBVTT\n\nNOTE nothing here", 60) == ()


def test_it_writes_webvtt_that_it_reads_again():
    words = (Word(1, 2, "Hold"), Word(2, 3, "<me>"))
    lines = (Line(1, 3, "Hold <me> & stay", words), Line(3601, 3602.5, "-->"))
    vtt = to_vtt(lines)
    assert vtt == (
        "WEBVTT\n\n00:00:01.000 --> 00:00:03.000\nHold <00:00:02.000>&lt;me&gt; &amp; stay\n\n"
        "01:00:01.000 --> 01:00:02.500\n--&gt;\n"
    )
    assert [(line.start, line.end, line.text) for line in parse(vtt, 4000)] == [
        (line.start, line.end, line.text) for line in lines
    ]


def test_a_cue_that_it_writes_lasts_at_least_a_moment():
    assert "00:00:01.000 --> 00:00:01.001" in to_vtt([Line(1, 1, "la")])


def test_text_after_a_blank_row_belongs_to_its_cue() -> None:
    text = (SAMPLES / "srt-blank-inside.srt").read_text(encoding="utf-8")
    assert texts(text) == [
        (1, 2.5, "Night over town, and the rain comes down."),
        (3, 5, "Hear my voice"),
    ]


@pytest.mark.parametrize(
    "timings",
    [
        "00:00:03:000 --> 00:00:04:500",
        "00:00:03,000 --> 00:00:04,500",
        "00:00:03, 000 --> 00:00:04, 500",
        "00:00:03.000-->00:00:04.500",
        "0:0:3,0 –> 0:0:4,5",
        "00:03.000 --> 00:04.500 align:start position:0%",
        "0:00:03.000,0:00:04.500",
    ],
)
def test_it_reads_every_way_of_writing_times(timings: str) -> None:
    assert texts(f"{timings}\nla la\n") == [(3, 4.5, "la la")]


def test_a_row_of_times_that_cannot_be_read_is_named_and_its_text_stays() -> None:
    text = "1\n00:00:01,000 --> 00:00:02,000\none\n\n2\n00:0x:03,000 --> 00:00:04,000\ntwo\n"
    lyrics = parse_lyrics(text, 60)
    assert "two" in lyrics.lines[-1].text
    (problem,) = lyrics.problems
    assert (problem.number, problem.text) == (6, "00:0x:03,000 --> 00:00:04,000")


def test_text_before_the_first_cue_is_named() -> None:
    (problem,) = parse_lyrics("Somebody sings\n\n00:01.000 --> 00:02.000\none", 60).problems
    assert (problem.number, problem.text) == (1, "Somebody sings")


def test_a_number_may_be_sung() -> None:
    text = "1\n00:00:01,000 --> 00:00:02,000\n99\n\n2\n00:00:03,000 --> 00:00:04,000\n100\n"
    assert [line[2] for line in texts(text)] == ["99", "100"]
    assert texts("00:01.000 --> 00:02.000\n99\n00:03.000 --> 00:04.000\nla")[0][2] == "99"


def test_rolling_captions_are_sung_once() -> None:
    text = (SAMPLES / "vtt-youtube-rolling.vtt").read_text(encoding="utf-8")
    first, second = parse(text, 180)
    assert (first.start, first.text) == (1, "Night over town")
    assert (second.text, second.end) == ("hear my voice", 5)
    assert first.words == (Word(1, 1.4, "Night"), Word(1.4, 1.8, "over"), Word(1.8, 2.5, "town"))
    assert [word.text for word in second.words] == ["hear", "my", "voice"]


def test_rolling_captions_without_tags_are_sung_once() -> None:
    rows = ["one", "two", "three", "four", "five", "six"]
    cues = [
        f"{n + 1}\n00:00:0{n},000 --> 00:00:0{n + 1},000\n" + "\n".join(rows[max(0, n - 1) : n + 1])
        for n in range(6)
    ]
    assert [line[2] for line in texts("\n\n".join(cues))] == rows


def test_a_chorus_that_repeats_a_line_is_no_rolling_caption() -> None:
    cues = [f"00:0{n}.000 --> 00:0{n + 1}.000\nHey" for n in range(1, 6)]
    assert [line[2] for line in texts("\n\n".join(cues))] == ["Hey"] * 5


def test_subviewer_s_line_breaks_are_spaces() -> None:
    assert texts("00:00:01.00,00:00:02.50\none[br]two\n") == [(1, 2.5, "one two")]
