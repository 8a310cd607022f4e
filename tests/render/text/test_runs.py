"""Itemization: runs of one face, direction and language."""

import logging

import pytest

from videos.render.text.faces import CJK, COLOUR_EMOJI, FACES, INTER
from videos.render.text.runs import detect_language, find_missing, itemize


def list_runs(text: str) -> list[tuple[str, str]]:
    return [(run.text, run.face.file.removesuffix(".ttf")) for run in itemize(text, FACES)]


def test_each_stretch_goes_to_the_first_face_that_covers_it():
    assert list_runs("Ночь नमस्ते ok") == [
        ("Ночь ", "Inter"),
        ("नमस्ते ", "NotoSansDevanagari"),
        ("ok", "Inter"),
    ]


def test_runs_stand_in_the_order_in_which_they_are_seen():
    assert [run.text.strip() for run in itemize("abc שלום 123 xyz", FACES) if run.text.strip()] == [
        "abc",
        "123",
        "שלום",
        "xyz",
    ]


def test_every_emoji_is_a_run_by_itself():
    assert [run.text for run in itemize("a😀👨‍👩‍👧‍👦🇩🇪", FACES) if run.face is COLOUR_EMOJI] == [
        "😀",
        "👨‍👩‍👧‍👦",
        "🇩🇪",
    ]


def test_the_text_style_of_a_symbol_is_no_emoji():
    assert all(run.face is not COLOUR_EMOJI for run in itemize("❤ ❤\ufe0e ♪ 🎵", FACES))
    assert [run.text for run in itemize("❤\ufe0e", FACES)] == ["❤"]


def test_quotation_marks_are_full_width_beside_ideographs():
    assert [run.face for run in itemize("“你好”", FACES)] == [CJK]
    assert [run.face for run in itemize("“hello”", FACES)] == [INTER]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("夜空に", "ja"),
        ("노래 歌", "ko"),
        ("简体中文歌", "zh-hans"),
        ("繁體書", "zh-hant"),
        ("hello", None),
    ],
)
def test_ideographs_take_the_forms_of_their_language(text, language):
    assert detect_language(text) == language


def test_a_character_without_a_glyph_is_left_out_and_logged_once(caplog):
    with caplog.at_level(logging.WARNING):
        assert [run.text for run in itemize("a\U00014700b", FACES)] == ["ab"]
        itemize("\U00014700\u200f", FACES)
        itemize("\u200f", FACES)
    assert [record.getMessage() for record in caplog.records] == [
        "No shipped face draws U+14700 unnamed; left out."
    ]
    assert find_missing("a\U00014700b", FACES) == {"\U00014700"}
    assert find_missing("a\u200dé夜😀नमस्ते", FACES) == set()
