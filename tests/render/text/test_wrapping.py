"""Breaking text into lines, measured in characters for clarity."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from videos.render.text.bidi import is_rtl
from videos.render.text.clusters import LRM, RLM, clean, split_clusters
from videos.render.text.wrapping import wrap


def count(text: str) -> float:
    return float(len(split_clusters(text.replace(LRM, "").replace(RLM, ""))))


def lines(text: str, width: float) -> list[str]:
    return wrap(text, width, count)


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("short", 10, ["short"]),
        ("one two three four", 12, ["one two", "three four"]),
        ("aaaa bbbb cccc dddd ee", 19, ["aaaa bbbb", "cccc dddd ee"]),
        ("well-known words", 10, ["well-known", "words"]),
        ("rock-and-roll", 9, ["rock-", "and-roll"]),
        ("夜空に歌う花", 4, ["夜空に", "歌う花"]),
        ("夜空に歌う花火 no uta", 9, ["夜空に歌う花火", "no uta"]),
        ("夜空に歌う花 — no uta", 8, ["夜空に歌う花 —", "no uta"]),
        ("あいう、えおかきく", 6, ["あいう、", "えおかきく"]),
        ("夜空。花火", 2, ["夜", "空。", "花火"]),
        ("ああ「花」", 3, ["ああ", "「花」"]),
        ("あずっと", 2, ["あ", "ずっ", "と"]),
        ("สวัสดีชาวโลก", 5, ["สวัส", "ดีชา", "วโลก"]),
        ("กะเกาะแกะ", 4, ["กะ", "เกาะ", "แกะ"]),
        ("안녕하세요 세계", 6, ["안녕하세요", "세계"]),
        ("😀😀😀😀", 2, ["😀😀", "😀😀"]),
        ("incomprehensible", 6, ["incom", "prehe", "nsible"]),
        ("", 10, []),
    ],
)
def test_it_breaks_where_a_reader_would(text, width, expected):
    assert lines(text, width) == expected


def test_lines_fit_although_words_together_are_wider_than_apart():
    result = wrap("aa bb", 6, lambda part: count(part) + 2 * (" " in part.strip()))
    assert result == ["aa", "bb"]


def test_lines_of_one_text_keep_its_direction():
    first, second = lines("שלום שלום abc def", 9)
    assert is_rtl(first)
    assert is_rtl(second)
    assert second.endswith("abc def")


@given(st.text(st.sampled_from("ab -夜。「สי1😀é")), st.integers(1, 12))
def test_no_line_is_too_wide_and_nothing_is_lost(text, width):
    text = clean(text)
    result = lines(text, width)
    assert all(count(line) <= width for line in result)
    joined = "".join(result).replace(LRM, "").replace(RLM, "")
    assert joined.replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("བོད་སྐད་ཡིག་", 7, ["བོད་སྐད་", "ཡིག་"]),
        ("abc ꆈꌠꉙꆈꌠ", 6, ["abc ꆈ", "ꌠꉙꆈꌠ"]),
        ("ශ්‍රීලංකා", 2, ["ශ්‍රී", "ලංකා"]),
        ("မြန္မာ", 1, ["မြ", "န္မာ"]),
    ],
)
def test_scripts_without_spaces_break_between_syllables(text, width, expected):
    assert lines(text, width) == expected
