"""Lyrics as files: what is written is read back by the readers of uploads."""

import pytest

from videos.lyrics.captions import CAPTION_FORMATS, to_srt
from videos.render.lyrics import Line, Word, parse_lyrics

LINES = (
    Line(0.5, 2.0, "Night over town & sea, I <3 you"),
    Line(2.0, 4.25, "Yö yllä", (Word(2.0, 3.0, "Yö"), Word(3.0, 4.25, "yllä"))),
    Line(3600.0, 3661.5, "夜"),
)


@pytest.mark.parametrize("suffix", CAPTION_FORMATS)
def test_each_format_is_read_back_with_its_times(suffix: str):
    text = CAPTION_FORMATS[suffix].write(LINES)
    lines = parse_lyrics(text, 4000.0).lines
    assert [(line.start, line.text) for line in lines] == [
        (line.start, line.text) for line in LINES
    ]


@pytest.mark.parametrize("suffix", CAPTION_FORMATS)
def test_nothing_is_a_file_of_its_format(suffix: str):
    assert CAPTION_FORMATS[suffix].write(()) in {"", "WEBVTT\n"}


def test_subrip_is_written_as_its_players_want_it():
    assert to_srt(LINES[:2]) == (
        "1\n00:00:00,500 --> 00:00:02,000\nNight over town & sea, I <3 you\n\n"
        "2\n00:00:02,000 --> 00:00:04,250\nYö yllä\n"
    )
    assert "01:00:00,000 --> 01:01:01,500" in to_srt(LINES)


def test_what_players_would_take_for_markup_stays_to_be_read():
    assert "a ‹b› c" in to_srt([Line(1.0, 2.0, "a <b> c")])
    assert "a &lt;b&gt; c" in CAPTION_FORMATS["vtt"].write([Line(1.0, 2.0, "a <b> c")])


def test_a_caption_without_a_length_lasts_a_moment():
    assert "00:00:01,000 --> 00:00:01,001" in to_srt([Line(1.0, 1.0, "now")])


def test_a_time_is_rounded_up_to_the_next_second_as_a_whole():
    assert "00:00:59,000 --> 00:01:00,000" in to_srt([Line(59.0, 59.9996, "end")])
