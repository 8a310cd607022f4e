from pathlib import Path

import pytest

from tests import cover_cases
from videos.render.covers.formats import ACCEPT, FORMAT_NAMES, FORMATS, find_format, refusal


def test_a_file_input_offers_every_format_that_is_taken() -> None:
    offered = ACCEPT.split(",")
    for each in FORMATS:
        assert each.media_type in offered
        assert set(each.suffixes) <= set(offered)
    assert len(offered) == len(set(offered))


def test_the_sentence_and_the_readme_name_them() -> None:
    assert FORMAT_NAMES == "JPEG, PNG, WebP or AVIF"
    assert FORMAT_NAMES in Path("README.md").read_text(encoding="utf-8")


def test_an_avif_with_a_general_brand_is_an_avif() -> None:
    general = b"\0\0\0\x20ftypmif1\0\0\0\0mif1miafavif"
    assert find_format(general + bytes(100)).name == "AVIF"
    assert find_format(general.replace(b"avif", b"heic") + bytes(100)) is None


@pytest.mark.parametrize("name", cover_cases.REFUSED)
def test_a_refusal_says_what_to_do(name: str) -> None:
    sentence = refusal(cover_cases.REFUSED[name])
    assert sentence.count(". ") >= 1
    assert sentence.endswith(".")


def test_random_bytes_are_nothing_in_particular() -> None:
    for first in range(256):
        start = bytes([first]) + b"\x91\xa7\x03\xd1\x07" * 20
        assert find_format(start) is None
        assert "damaged or no JPEG" in refusal(start)
