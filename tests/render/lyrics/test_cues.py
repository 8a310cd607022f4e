"""Parsing WebVTT and SubRip, and writing WebVTT."""

from videos.render.lyrics import Line, Word, parse, to_vtt

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
