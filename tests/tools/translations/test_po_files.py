"""Catalogues are written and read again."""

import pytest

from tools.translations.extraction import Message
from tools.translations.po_files import read_po, write_po

CATALOGUE = {
    Message('Say "yes"\\ now'): ("Скажите «да»",),
    Message("Two\nlines\n"): ("Две\nстроки\n",),
    Message("%(n)d film", "%(n)d films"): ("%(n)d ролик", "%(n)d ролика", "%(n)d роликов"),
    Message("Set", context="a verb"): ("Задать",),
}


def test_all_that_is_written_is_read_again(tmp_path):
    path = tmp_path / "ru" / "django.po"
    write_po(path, CATALOGUE, {Message("Set", context="a verb"): ["a.py:1", "a.py:2"]}, "X: y\n")
    assert read_po(path) == CATALOGUE
    text = path.read_text(encoding="utf-8")
    assert text.startswith('msgid ""\nmsgstr "X: y\\n"\n\n')
    assert '#: a.py\nmsgctxt "a verb"' in text
    assert '#, python-format\nmsgid "%(n)d film"' in text


def test_a_file_that_is_not_there_has_no_translations(tmp_path):
    assert read_po(tmp_path / "django.po") == {}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('#, fuzzy\nmsgid "Film"\nmsgstr "Ролик"\n', "is fuzzy"),
        ('msgid "Film"\nmsgwhat "Ролик"\n', "no line of a catalogue"),
    ],
)
def test_what_is_not_certain_is_refused(tmp_path, text, message):
    path = tmp_path / "django.po"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=message):
        read_po(path)
