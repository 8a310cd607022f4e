"""Form fields of lines of text."""

import pytest
from django.core.exceptions import ValidationError

from tests.joined_names import JOINED_NAMES
from videos.forms.fields import LineField
from videos.render.text import single_line


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("  Ann  ", "Ann"),
        ("Ann\r\nLee\tX", "Ann Lee X"),
        ("A\x00\x07n\x7f\x9fn", "Ann"),
        ("evil\u202egpj.exe", "evilgpj.exe"),
        ("\u2066a\u2069\ufeff", "a"),
        ("👩‍👩‍👧‍👦 🏳️‍🌈", "👩‍👩‍👧‍👦 🏳️‍🌈"),
        ("می‌خواهم \u200f!", "می‌خواهم \u200f!"),
        ("\u2028", ""),
    ],
)
def test_it_keeps_what_can_be_seen(typed, expected):
    assert single_line(typed) == expected


@pytest.mark.parametrize("character", ["a", "歌", "ж", "😀", "\u0301"])
def test_it_counts_characters_not_bytes_or_units(character):
    field = LineField(max_length=50)
    assert field.clean(character * 50) == character * 50
    with pytest.raises(ValidationError, match="50"):
        field.clean(character * 51)


@pytest.mark.parametrize("name", JOINED_NAMES.values(), ids=JOINED_NAMES)
def test_a_name_keeps_its_joiners(name):
    assert LineField(max_length=50).clean(name) == name


def test_what_nobody_sees_is_not_counted():
    assert LineField(max_length=3).clean(" a\x00\x00b\u202ec ") == "abc"


def test_browsers_are_not_told_to_cut():
    attrs = LineField(max_length=50).widget.attrs
    assert attrs["data-maxchars"] == "50"
    assert "maxlength" not in attrs


def test_nothing_is_nothing():
    assert LineField(max_length=50, required=False).clean(None) == ""
