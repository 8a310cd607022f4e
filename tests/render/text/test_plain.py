"""One line of plain text: for titles, names and tags."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.joined_names import FAMILY, JOINED_NAMES
from videos.render.text import single_line
from videos.render.text.clusters import split_clusters


@pytest.mark.parametrize("name", JOINED_NAMES.values(), ids=JOINED_NAMES)
def test_a_name_stays_as_it_is(name):
    assert single_line(name) == name
    assert single_line(f"\n {name}\r\n\t") == name


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a\r\nb\u2028c", "a b c"),
        ("a\x00\x9fb\ufeff\uffff", "ab"),
        ("evil\u202egpj\u2066", "evilgpj"),
        ("a\ud83d\udc00b", "ab"),
    ],
)
def test_what_is_no_text_is_removed(text, line):
    assert single_line(text) == line


@pytest.mark.parametrize(
    ("text", "length", "line"),
    [
        (FAMILY * 9, 15, FAMILY * 2),
        (FAMILY * 9, 14, FAMILY * 2),
        (FAMILY * 9, 13, FAMILY),
        ("e\u0301" * 3, 3, "e\u0301"),
        ("abc def", 4, "abc"),
        ("🇩🇪🇫🇷", 3, "🇩🇪"),
        ("a" + "\u0301" * 9, 4, "a\u0301\u0301\u0301"),
        ("abc", 3, "abc"),
    ],
)
def test_it_is_cut_between_letters(text, length, line):
    assert single_line(text, length) == line


@given(st.text(), st.integers(1, 20))
def test_it_is_a_beginning_that_can_be_stored(text, length):
    line = single_line(text, length)
    assert len(line) <= length
    assert single_line(text).startswith(line)
    line.encode()
    assert len(split_clusters(line)) <= len(split_clusters(single_line(text)))
