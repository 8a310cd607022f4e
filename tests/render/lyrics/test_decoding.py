"""Decoding the bytes of a lyrics file."""

import pytest

from videos.render.lyrics import LyricsError, decode


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Ночной город, Ёжик", "utf-8"),
        ("Ночной город, Ёжик", "utf-8-sig"),
        ("Ночной город", "utf-16"),
        ("夜空に歌う", "utf-32"),
        ("Ночной город не спит\nи мы с тобой", "cp1251"),
        ("Où es-tu, mon été déjà passé ?", "latin-1"),
        ("我爱你，在这个美丽的夜晚\n一起唱歌", "gb18030"),
        ("plain words", "ascii"),
        ("", "ascii"),
    ],
)
def test_it_reads_the_encodings_that_lyrics_come_in(text, encoding):
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize(
    "data",
    [
        b"ID3\x04\x00\x00\x00\x00\x0f\x76TSSE" * 20,
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
        b"\x00" * 9,
    ],
)
def test_it_refuses_files_that_are_not_text(data):
    with pytest.raises(LyricsError, match=r"not text\..*LRC"):
        decode(data)


def test_it_refuses_damaged_text_with_a_sentence():
    with pytest.raises(LyricsError, match="damaged"):
        decode(b"\xff\xfea")


def test_it_refuses_files_larger_than_a_megabyte():
    decode(b"a" * 1_000_000)
    with pytest.raises(LyricsError, match="larger than 1 MB"):
        decode(b"a" * 1_000_001)
