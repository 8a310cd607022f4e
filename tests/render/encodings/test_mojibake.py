"""Mending UTF-8 that was read in a legacy encoding."""

import pytest

from tests.render.encodings.samples import languages, verses
from videos.render.encodings import mend_mojibake


def read_wrongly(text: str, codec: str) -> str:
    """Return how the UTF-8 of ``text`` reads; bytes that are none stay, as in browsers."""
    parts = []
    for byte in text.encode():
        try:
            parts.append(bytes([byte]).decode(codec))
        except UnicodeDecodeError:
            parts.append(chr(byte))
    return "".join(parts)


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("codec", ["cp1252", "latin-1", "cp1251", "koi8-r"])
def test_utf8_that_was_read_wrongly_is_mended(language, codec):
    text = "\n".join(verses(language))
    damaged = read_wrongly(text, codec)
    assert mend_mojibake(damaged) == text
    assert mend_mojibake(text) == text


@pytest.mark.parametrize(
    ("damaged", "text"),
    [("Donâ€™t wait", "Don’t wait"), ("dÃ©jÃ\xa0 vu", "déjà vu"), ("NoÃ«l", "Noël"),
     ("РќРѕС‡СЊ РЅР°Рґ", "Ночь над"), ("å¤œç©º", "夜空"), ("ë°¤í•˜ëŠ˜", "밤하늘")],
)  # fmt: skip
def test_a_few_letters_are_enough(damaged, text):
    assert mend_mojibake(damaged) == text


@pytest.mark.parametrize(
    "text",
    ["", "plain", "déjà vu", "Ã", "L’été", "ÂME", "SÃO PAULO", "“Ça va ?”", "naïve café", "Ð",
     "Ñandú", "§ 5", "100 °C", "ПРИВЕТ", "ЁЛКА", "愛してる", "사랑", "la – la … «la»"],
)  # fmt: skip
def test_what_may_be_right_stays(text):
    assert mend_mojibake(text) == text


def test_what_was_damaged_twice_is_mended_twice():
    assert mend_mojibake(read_wrongly(read_wrongly("où es-tu, été ?", "cp1252"), "cp1252")) == (
        "où es-tu, été ?"
    )


def test_only_the_lines_that_are_damaged_are_mended():
    assert mend_mojibake("où es-tu\ndÃ©jÃ\xa0 passÃ©") == "où es-tu\ndéjà passé"


@pytest.mark.parametrize(
    ("damaged", "text"),
    [
        ("Itâ€™s on, donâ€™t â€œstopâ€", "It’s on, don’t “stopâ€"),
        ("â€œHelloâ€ she said, donâ€™t", "“Helloâ€ she said, don’t"),
        ("â€œWaitâ€¦â€ she said, itâ€™s late", "“Wait…â€ she said, it’s late"),
        ("dÃ©jÃ vu, mon Ã©tÃ© passÃ©", "déjÃ vu, mon été passé"),
        ("où es-tu, dÃ©jÃ\xa0 passÃ©", "où es-tu, déjà passé"),
        ("夜 dÃ©jÃ\xa0 passÃ©", "夜 déjà passé"),
    ],
)
def test_a_lost_part_of_a_line_does_not_keep_the_others_from_being_mended(damaged, text):
    assert mend_mojibake(damaged) == text


def test_what_is_right_beside_damage_stays():
    text = "CAFÉ\xa0! « À\xa0la mer\xa0»\ndÃ©jÃ\xa0 passÃ©, mon Ã©tÃ©"
    assert mend_mojibake(text) == "CAFÉ\xa0! « À\xa0la mer\xa0»\ndéjà passé, mon été"
