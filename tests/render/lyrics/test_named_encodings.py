"""The encoding that a creator named, checked against the bytes."""

import pytest

from videos.render.encodings.names import find_encoding
from videos.render.lyrics.decoding import decode
from videos.render.lyrics.lines import LyricsError
from videos.render.lyrics.named_encodings import marked_encoding, settle_encoding

ENGLISH = "hello world, la la la\nstay with me tonight\n"
RUSSIAN = "Ночной город не спит\nи мы с тобой идём домой"
FRENCH = "Où es-tu, mon été déjà passé ?"


def settled_name(data: bytes, name: str) -> str:
    named = find_encoding(name)
    assert named
    return settle_encoding(data, named).name


@pytest.mark.parametrize(
    ("text", "codec", "name"),
    [
        (ENGLISH, "ascii", "utf-16-le"),
        (ENGLISH, "ascii", "utf-16-be"),
        (ENGLISH * 300, "ascii", "utf-16-be"),
        (RUSSIAN, "cp1251", "cp1252"),
        (RUSSIAN, "cp1251", "cp866"),
        (RUSSIAN * 200, "koi8-r", "mac-roman"),
        (RUSSIAN, "utf-16-le", "utf-16-be"),
        (RUSSIAN, "utf-16-be", "utf-16-le"),
        (RUSSIAN, "utf-16-le", "cp1251"),
    ],
)
def test_a_wrong_name_is_refused_with_how_the_text_reads(text, codec, name):
    data = text.encode(codec)
    data += b"\n" * (len(data) % 2)
    with pytest.raises(
        LyricsError, match=rf"In {name} it reads as “.*Name another|not text|not in"
    ):
        decode(data, name)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (ENGLISH, "cp1252"), (FRENCH, "cp1252"), (RUSSIAN, "koi8-r"), (RUSSIAN, "utf-16-be"),
        ("मेरा दिल तुम्हारे लिए\nगाता है", "utf-16-le"), ("გამარჯობა, ჩემო ლამაზო", "utf-16-be"),
        ("夜の街", "utf-16-le"), ("胃\n", "utf-16-le"), ("夜空に光る", "iso-2022-jp"),
        ("我爱你，一起唱歌", "hz"),
        ("naš", "iso-8859-2"), ("¶ la la ¶", "cp1252"), ("Ža", "iso-8859-2"), ("é", "cp437"),
    ],
)  # fmt: skip
def test_a_right_name_is_taken(text, name):
    encoding = find_encoding(name)
    assert encoding
    assert decode(text.encode(encoding.codec), name) == text


@pytest.mark.parametrize("name", ["cp1252", "utf-16-le", "shift_jis", "utf-7", "gb18030"])
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_a_mark_and_valid_utf8_win_over_a_name(name, codec):
    for text in (FRENCH, RUSSIAN, "夜空に光る星を見て"):
        assert decode(text.encode(codec), name) == text


def test_letters_that_are_like_a_mark_are_letters_where_they_are_named():
    data = "яюю, сказала она тихо, и мы идём домой".encode("cp1251")
    assert settled_name(data, "cp1251") == "cp1251"


def test_a_byte_order_mark_tells_the_encoding():
    marked = marked_encoding("la".encode("utf-16"))
    assert marked
    assert marked.name == "utf-16"
    assert marked_encoding(b"la") is None
