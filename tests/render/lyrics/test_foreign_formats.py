"""Formats that are taken for lyrics and are none we read: refused by name."""

import pytest

from videos.render.lyrics import LyricsError, decode, parse, parse_lyrics

QRC = "[ti:Song]\n[1000,1500]Night (1000,400)over (1400,400)town(1800,700)"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (r"{\rtf1\ansi Night over town\par}", "RTF"),
        ("<!DOCTYPE html>\n<html><body>Night over town</body></html>", "HTML"),
        ("<html><p>Night</p></html>", "HTML"),
        ("<SAMI><BODY><SYNC Start=1000><P>Night</SAMI>", "SAMI"),
        ('<?xml version="1.0"?><score-partwise/>', "XML"),
        (QRC, "QRC"),
        (f'<?xml version="1.0"?><QrcInfos><LyricInfo Lyric_1="{QRC}"/></QrcInfos>', "QRC"),
        ("0a1b" * 80, "QRC"),
        ("[ti:Song]\n[1000,1500]<0,400,0>Night <400,400,0>over", "KRC"),
        ("[1000,1500](1000,400,0)Night (1400,400,0)over", "YRC"),
        ('{"t":0,"c":[{"tx":"Words: "}]}\n[1000,1500](1000,400,0)Night', "YRC"),
        ("#TITLE:Song\n#ARTIST:Me\n#BPM:300\n#GAP:100\n: 0 5 10 Night\n- 6\nE", "UltraStar"),
        ("#TITLE:Song\n#ARTIST:Me\n: 0 5 10 Night\nE", "UltraStar"),
        ("[4]Night(1000,400) over(1400,400)", "LYS"),
        ("X:1\nT:Song\nM:4/4\nK:C\nCDEF|", "ABC"),
        ("%PDF-1.7\n", "PDF"),
        ("Scenarist_SCC V1.0\n\n00:00:01:00\t9420", "SCC"),
    ],
)
def test_it_is_refused_by_name(text: str, name: str) -> None:
    with pytest.raises(LyricsError, match=rf"{name}.*Lyrics are LRC"):
        parse_lyrics(text, 60)
    assert parse(text, 60) == ()


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "PDF"),
        (b"PK\x03\x04\x14\x00\x06\x00", "office document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Word"),
        (b"krc18\x98\x25\xb0", "KRC"),
        (b"MThd\x00\x00\x00\x06", "MIDI"),
        (b"ID3\x04\x00", "MP3"),
        (b"\x00\x00\x00\x20ftypM4A ", "M4A"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"\x1f\x8b\x08\x00", "gzip"),
    ],
)
def test_binary_files_are_refused_by_name(data: bytes, name: str) -> None:
    with pytest.raises(LyricsError, match=rf"{name}.*Lyrics are LRC"):
        decode(data)


@pytest.mark.parametrize(
    "text",
    [
        "[Chorus]\n[12,34] is a tag",
        "<3 night over town",
        "#1 in my heart",
        "RIFF raff\nKRC is no word",
        "X: marks the spot\nover town",
        "{Chorus}\nNight over town",
        "PDF files of my love",
    ],
)
def test_lyrics_that_look_a_little_like_it_are_read(text: str) -> None:
    assert parse_lyrics(text, 60).lines
