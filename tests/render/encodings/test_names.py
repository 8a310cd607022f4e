"""The names of encodings."""

import codecs

import pytest

from videos.render.encodings import ENCODINGS, find_encoding, unknown_encoding


@pytest.mark.parametrize(
    ("name", "expected"),
    [("windows-1252", "cp1252"), ("Latin1", "cp1252"), ("ISO-8859-1", "cp1252"),
     ("x-sjis", "shift_jis"), ("SJIS", "shift_jis"), ("cp932", "shift_jis"), ("CP949", "euc-kr"),
     ("GBK", "gb18030"), ("Big5-HKSCS", "big5"), ("KOI8-R", "koi8-r"), ("win1251", "cp1251"),
     ("UTF8", "utf-8"), ("ks_c_5601-1987", "euc-kr"), ("x-mac-cyrillic", "mac-cyrillic"),
     ("TIS-620", "cp874"), ("iso-8859-9", "cp1254"), ("ISO_8859-2", "iso-8859-2"),
     ("UTF-16LE", "utf-16-le")],
)  # fmt: skip
def test_an_encoding_has_the_names_that_people_use(name, expected):
    encoding = find_encoding(name)
    assert encoding
    assert encoding.name == expected


@pytest.mark.parametrize("name", ["", "rot13", "klingon", "unicode_escape", "idna", "x" * 99, "…"])
def test_what_is_no_encoding_of_text_is_none(name):
    assert find_encoding(name) is None


def test_every_encoding_can_be_read_and_is_offered():
    sentence = unknown_encoding("klingon")
    assert sentence.startswith("There is no encoding “klingon”.")
    for encoding in ENCODINGS:
        assert codecs.lookup(encoding.codec)
        assert find_encoding(encoding.name) == encoding
        assert f" {encoding.name}" in sentence
