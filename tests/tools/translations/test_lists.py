"""The list of missing translations, filled in and taken back."""

from tools.translations.extraction import Message
from tools.translations.lists import read_list, write_list

FILM, FILMS = Message('A "film"'), Message("%(n)d film", "%(n)d films", "of a song")
MESSAGES = {FILM: ["a.py:1"], FILMS: ["b.html:2"]}


def test_it_has_what_a_language_lacks():
    text = write_list("x.toml", MESSAGES, {"ru": {FILM: ("Ролик",)}, "zh-hans": {}})
    assert text.endswith("""
# a.py:1
[[text]]
en = "A \\"film\\""
zh-hans = ""

# b.html:2
[[text]]
context = "of a song"
en = "%(n)d film"
en_plural = "%(n)d films"
ru = ["", "", ""]
zh-hans = [""]
""")
    assert read_list(text) == {}


def test_what_was_filled_in_is_read_and_the_rest_is_left():
    text = write_list("x.toml", MESSAGES, {"ru": {}, "zh-hans": {}})
    text = text.replace('zh-hans = ""', 'zh-hans = "影片"').replace('[""]', '["%(n)d 部影片"]')
    assert read_list(text) == {"zh-hans": {FILM: ("影片",), FILMS: ("%(n)d 部影片",)}}


def test_nothing_is_listed_where_nothing_is_missing():
    assert "[[text]]" not in write_list("x.toml", {FILM: ["a.py:1"]}, {"ru": {FILM: ("Ролик",)}})
