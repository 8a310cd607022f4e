"""The bidirectional algorithm, compared with an independent implementation."""

import pytest
from bidi import get_display
from hypothesis import given
from hypothesis import strategies as st

from videos.render.text.bidi import is_rtl, resolve_levels, visual_order

# Letters, digits, separators, brackets and marks of every class that the algorithm distinguishes.
CHARACTERS = "abאבغع12٣٤ ()[]{}<>-,.+/:$%#!&\u05b0\u0301夜。「」"


def reorder(text: str) -> str:
    return "".join(text[i] for i in visual_order(resolve_levels(text)))


@given(st.text(CHARACTERS, max_size=30))
def test_the_order_is_that_of_another_implementation(text):
    # The other one moves marks behind their letters (L3). Shaping does that here: leave them out.
    def bare(line: str) -> str:
        return line.replace("\u05b0", "").replace("\u0301", "")

    assert bare(reorder(text)) == bare(get_display(text))


@given(st.text())
def test_any_text_has_a_level_for_each_character_and_an_order(text):
    levels = resolve_levels(text)
    assert len(levels) == len(text)
    assert sorted(visual_order(levels)) == list(range(len(text)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("abc שלום 123", "abc 123 םולש"),
        ("שלום abc 123", "abc 123 םולש"),
        ("שיר (Remix) Live", "Live )Remix( ריש"),
        ("+1-2", "+1-2"),
        ("", ""),
    ],
)
def test_it_orders_mixed_lines(text, expected):
    assert reorder(text) == expected


def test_joiners_take_the_level_of_what_precedes_them():
    assert resolve_levels("a\u200dא\u200dב") == [0, 0, 1, 1, 1]


@pytest.mark.parametrize(
    ("text", "rtl"),
    [("abc שלום", False), ("123 שלום", True), ("مرحبا", True), ("12!", False), ("", False)],
)
def test_the_first_strong_letter_gives_the_direction(text, rtl):
    assert is_rtl(text) is rtl
