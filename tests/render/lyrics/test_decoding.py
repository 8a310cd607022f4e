"""Decoding the bytes of a lyrics file."""

import re
from contextlib import suppress
from random import Random

import pytest

from videos.render.lyrics import EncodingDoubt, LyricsError, decode


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


DOUBTFUL = "naš".encode("iso8859-2")  # "naš", "nač" or "naą": words of several languages


def test_in_doubt_it_names_the_likely_encodings_and_how_they_read():
    with pytest.raises(EncodingDoubt, match="not certain in which encoding") as caught:
        decode(DOUBTFUL)
    candidates = {encoding.name: lines for encoding, lines in caught.value.candidates}
    assert candidates["iso-8859-2"] == ["naš"]
    assert len(candidates) > 1
    assert "iso-8859-2 (“naš”)" in str(caught.value)
    assert "save the file as UTF-8" in str(caught.value)


def test_an_encoding_that_is_named_settles_it():
    assert decode(DOUBTFUL, "ISO-8859-2") == "naš"
    assert decode(DOUBTFUL, "windows-1250") == "naą"
    assert decode(" мы".encode("utf-16-le"), "utf-16-le") == " мы"
    assert decode("мы".encode("utf-16"), "utf-16") == "мы"
    assert decode("\ufeffмы".encode(), "utf8") == "мы"
    assert decode("d+AOk-j+AOA vu".encode("ascii"), "utf-7") == "déjà vu"


@pytest.mark.parametrize("encoding", ["cp1252", "cp1251", "latin-1", "koi8-r"])
def test_a_wrong_name_does_not_damage_what_is_unicode(encoding):
    assert decode("Où es-tu, mon été ?".encode(), encoding) == "Où es-tu, mon été ?"


def test_an_encoding_in_which_the_file_cannot_be_is_refused():
    with pytest.raises(LyricsError, match=r"not in utf-8, or they are damaged.*Name another"):
        decode("Tänään".encode("cp1252"), "utf-8")
    with pytest.raises(LyricsError, match="not in euc-jp"):
        decode(b"\x96\xe9\x8b\xf3", "euc-jp")


def test_unknown_names_get_a_sentence_with_those_that_are_taken():
    with pytest.raises(LyricsError, match=r"no encoding “klingon”.*cp1250.*shift_jis"):
        decode(b"la", "klingon")


def test_xml_tells_its_encoding():
    xml = '<?xml version="1.0" encoding="iso-8859-2"?><tt><p>naš</p></tt>'
    assert decode(xml.encode("iso8859-2")) == xml
    wrong = xml.replace("iso-8859-2", "utf-8").replace("naš", "Zażółć gęślą jaźń")
    assert decode(wrong.encode("cp1250")) == wrong


@pytest.mark.parametrize(
    ("text", "encoding"),
    [("夜空に光る", "iso2022-jp"), ("밤하늘", "iso2022-kr"), ("我爱你，一起唱歌", "hz")],
)
def test_escapes_tell_the_encoding(text, encoding):
    assert decode(text.encode(encoding)) == text
    assert decode(b"~{ la la ~}") == "~{ la la ~}"


def test_utf8_that_was_damaged_by_a_program_is_mended():
    assert decode("dÃ©jÃ\xa0 vu".encode()) == "déjà vu"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ("Ночной город\nне спит".encode()[:-1], r"^Line 2 .*within a character.*only in part"),
        ("Ночной город\nне спит".encode().replace(b"\xbe\xd0\xb9", b"\xbe\xd0", 1),
         r"^Line 1 .*bytes are broken"),
        ("été, où\n".encode() + b"l'\xe9t\xe9", r"^Line 2 .*bytes are broken"),
        ("Don\ufffdt wait".encode(), r"^Line 1 \(“Don.t wait”\): a character is lost"),
        ("Don\ufffdt wait".encode("utf-16"), r"a character is lost"),
    ],
)  # fmt: skip
def test_characters_that_are_lost_are_named_with_their_line(data, sentence):
    with pytest.raises(LyricsError, match=sentence):
        decode(data)


def test_text_of_no_language_is_not_taken():
    noise = Random(1)
    for _ in range(20):
        with pytest.raises(LyricsError):
            decode(bytes(noise.choice(range(160, 256)) for _ in range(200)))


def test_nothing_that_is_read_is_damaged():
    noise = Random(2)
    verses = "Où es-tu, mon été ?\nJ’ai gardé ta lettre".encode("cp1252")
    for _ in range(150):
        data = bytearray(verses)
        data[noise.randrange(len(data))] = noise.randrange(256)
        with suppress(LyricsError):
            text = decode(bytes(data))
            assert not re.search("[\x80-\x9f\ufffd]", text)


def test_it_refuses_files_larger_than_a_megabyte():
    decode(b"a" * 1_000_000)
    with pytest.raises(LyricsError, match="larger than 1 MB"):
        decode(b"a" * 1_000_001)


@pytest.mark.parametrize("padding", [1, 2, 3, 8, 500])
@pytest.mark.parametrize(
    ("text", "encoding"),
    [("Où es-tu, mon été ?\nla la", "utf-8"), ("la la la", "ascii"), ("la la\n", "ascii"),
     ("Ночной город не спит\nи мы с тобой", "cp1251")],
)  # fmt: skip
def test_zeros_after_the_end_are_padding(text, encoding, padding):
    assert decode(text.encode(encoding) + b"\0" * padding) == text


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-16", "utf-32-le", "utf-32"])
def test_zeros_after_the_end_of_two_byte_text_are_padding(encoding):
    text = "Ночной город не спит\nи мы с тобой\n"
    assert decode(text.encode(encoding) + b"\0" * 8) == text


def test_short_text_whose_only_zero_is_its_last_is_read():
    assert decode("夜の街\n".encode("utf-16-le")) == "夜の街\n"


def test_a_stray_zero_is_dropped():
    assert decode(b"la la la " * 60 + b"\0la") == "la la la " * 60 + "la"


@pytest.mark.parametrize(
    "line", ["Donï¿½t wait", "â€œHelloâ€ she said", "Itâ€™s on, donâ€™t â€œstopâ€"]
)
def test_lyrics_damaged_beyond_mending_are_refused_with_the_line(line):
    with pytest.raises(LyricsError, match=r"^Line 2 .*a character is lost there"):
        decode(f"la la\n{line}".encode())
