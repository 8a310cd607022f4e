"""Cleaning text and splitting it into grapheme clusters."""

from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.joined_names import JOINED_NAMES
from videos.render.text.clusters import MAX_LENGTH, clean, is_emoji, split_clusters


@pytest.mark.parametrize(
    "cluster",
    [
        "é̂",
        "👨‍👩‍👧‍👦",
        "🇩🇪",
        "1️⃣",
        "👍🏽",
        "☝🏽",
        "❤️‍🔥",
        "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
        "🏳️‍🌈",
        "क्षि",
        "ที่",
        "น้ำ",
        "שָּׁ",
        "한",
        "ශ්‍රී",
        "ക്ഷ",
        "ന്‍",
        "န္မာ",
        "ខ្មែ",
        "ꦧ꧀ꦭ",
        "葛\U000e0100",
        "ᠠ\u180b",
        "\U0001fae8\u200d\U0001fa77",
    ],
)
def test_these_are_one_cluster(cluster):
    assert split_clusters(f"a{cluster}b") == ["a", cluster, "b"]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("🇩🇪🇫🇷", ["🇩🇪", "🇫🇷"]),
        ("😀😀", ["😀", "😀"]),
        ("夜空", ["夜", "空"]),
        ("कमल", ["क", "म", "ल"]),
        ("क्ぁ", ["क्", "ぁ"]),
        ("a b", ["a", " ", "b"]),
        ("1\U000e0067\U000e00672", ["1", "\U000e0067\U000e0067", "2"]),
        ("", []),
    ],
)
def test_these_are_several(text, parts):
    assert split_clusters(text) == parts


@pytest.mark.parametrize("name", JOINED_NAMES.values(), ids=JOINED_NAMES)
def test_cleaning_keeps_what_joins_and_varies(name):
    assert clean(name) == normalize("NFC", name).replace("\u3000", " ").replace("\u00a0", " ")


@pytest.mark.parametrize(
    "text",
    ["۝١٢", "\u0600١", "\u070fܐ", "\U000110bd\U000110a5", "\u061cا", "ᠨ\u180eᠠ", "\U0001fa77"],
)
def test_cleaning_keeps_signs_of_format_and_newest_emoji(text):
    assert clean(text) == text


@pytest.mark.parametrize(
    "text", ["\ufffe", "\U0010ffff", "\ufdd0", "\ue000", "\ud800", "\U000e0001"]
)
def test_cleaning_removes_what_is_no_character(text):
    assert clean(f"a{text}b") == "ab"


@given(st.text())
def test_clusters_together_are_the_text(text):
    assert "".join(split_clusters(text)) == text


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("two\nlines\tand  more\r\n", "two lines and more"),
        ("a\u202ereversed\u202c", "areversed"),
        ("a\u2066b\u2069\u00adc\u200bd\x00\x1b", "abcd"),
        ("e\u0301", "é"),
        ("a" + "\u0335" * 50, "a" + "\u0335" * 4),
        ("नी\u200cल", "नी\u200cल"),
        ("\ue000\U000f0000\ud800", ""),
        ("   ", ""),
    ],
)
def test_cleaning_leaves_one_harmless_line(text, cleaned):
    assert clean(text) == cleaned


def test_cleaning_cuts_what_no_frame_could_hold():
    assert len(clean("a" * 10 * MAX_LENGTH)) == MAX_LENGTH


@pytest.mark.parametrize("cluster", ["😀", "❤️", "1️⃣", "⚡", "☝🏽", "🇩🇪"])
def test_these_are_emoji(cluster):
    assert is_emoji(cluster)


@pytest.mark.parametrize("cluster", ["❤", "1", "⚡\ufe0e", "♪", "𠮷", "a"])
def test_these_are_no_emoji(cluster):
    assert not is_emoji(cluster)
