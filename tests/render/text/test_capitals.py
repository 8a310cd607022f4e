"""Capital letters as each language writes them."""

import pytest

from videos.render.text.capitals import is_turkic, to_capitals


@pytest.mark.parametrize(
    ("text", "capitals"),
    [
        ("Verse 1", "VERSE 1"),
        ("Припев", "ПРИПЕВ"),
        ("Refräng", "REFRÄNG"),
        ("Pré-refrão", "PRÉ-REFRÃO"),
        ("Εισαγωγή", "ΕΙΣΑΓΩΓΗ"),
        ("Ρεφραίν", "ΡΕΦΡΑΙΝ"),
        ("Μάιος", "ΜΑΪΟΣ"),
        ("Γαλαξίας", "ΓΑΛΑΞΙΑΣ"),
        ("Προϋπόθεση", "ΠΡΟΫΠΟΘΕΣΗ"),
        ("Ταΐζω", "ΤΑΪΖΩ"),
        ("副歌", "副歌"),
        ("サビ", "サビ"),
    ],
)
def test_they_are_those_of_the_script(text: str, capitals: str) -> None:
    assert to_capitals(text) == capitals


def test_a_turkish_i_keeps_its_dot() -> None:
    assert to_capitals("Giriş", dotted_i=True) == "GİRİŞ"
    assert to_capitals("Kıta", dotted_i=True) == "KITA"


@pytest.mark.parametrize(
    ("lyrics", "expected"),
    [
        (["Yağmur iner", "kalbim senin"], True),
        (["Işıklar söner"], True),
        (["La pluie tombe", "Île de nuit"], False),
        ([], False),
    ],
)
def test_turkish_is_told_by_the_letters_of_the_lyrics(lyrics: list[str], expected: bool) -> None:
    assert is_turkic(lyrics) == expected
