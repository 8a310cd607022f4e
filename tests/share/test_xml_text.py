"""What XML cannot hold is left out, and nothing else."""

from xml.etree import ElementTree

import pytest

from videos.share.xml_text import xml_text


@pytest.mark.parametrize("character", ["\x00", "\x0b", "\n", "\x1f", "\ufffe", "\uffff", "\ud800"])
def test_such_a_character_is_left_out(character):
    assert xml_text(f"a{character}b") == "ab"


def test_all_others_stay_and_are_read_again():
    text = "\x7f\x85 é ночь 夜 \ufffd \ufeff \U0001f3b5 \U0010ffff"
    assert xml_text(text) == text
    assert ElementTree.fromstring(f"<t>{text}</t>").text == text
