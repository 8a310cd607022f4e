"""UTF-16, UTF-32 and 7-bit encodings without a mark."""

import codecs

import pytest

from videos.render.encodings.names import find_encoding
from videos.render.encodings.unmarked_unicode import (
    escaped_encoding,
    is_wide_encoding,
    wide_encodings,
)


@pytest.mark.parametrize("name", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_text_of_two_or_four_bytes_a_letter_is_recognised_by_its_zeros(name):
    data = "Ночь над городом\nCity night".encode(name)
    assert codecs.lookup(name) in [codecs.lookup(each.codec) for each in wide_encodings(data)]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\0\0\0\0",
        b"la la la",
        b"la\0",
        b"la\0\0",
        "été".encode() + b"\0" * 9,
        "夜の街".encode("utf-16-le"),
    ],
)
def test_other_data_is_not(data):
    assert wide_encodings(data) == []


@pytest.mark.parametrize(
    ("text", "name"), [("夜の街", "iso-2022-jp"), ("밤", "iso-2022-kr"), ("城市", "hz")]
)
def test_seven_bits_announce_themselves(text, name):
    encoding = escaped_encoding(text.encode(name))
    assert encoding
    assert text.encode(name).decode(encoding.codec) == text


@pytest.mark.parametrize("data", [b"plain ~{ text", "été".encode(), b"\x1b[0m"])
def test_what_announces_nothing_is_none_of_them(data):
    assert escaped_encoding(data) is None


def test_the_last_zero_may_be_of_the_end_of_a_line():
    assert wide_encodings("夜の街\n".encode("utf-16-le"))


def test_encodings_of_two_and_four_bytes_are_wide():
    for name, is_wide in {"utf-16": True, "utf-32-be": True, "utf-8": False, "big5": False}.items():
        encoding = find_encoding(name)
        assert encoding
        assert is_wide_encoding(encoding) is is_wide
