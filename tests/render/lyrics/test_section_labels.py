"""The names of sections in other languages."""

import pytest

from videos.render.lyrics import Line
from videos.render.lyrics.section_labels import label_sections, section_label
from videos.render.options import SectionLanguage
from videos.render.text import Typesetter, Weight

RUSSIAN, CHINESE, ENGLISH = (
    SectionLanguage.RUSSIAN,
    SectionLanguage.CHINESE,
    SectionLanguage.ENGLISH,
)


@pytest.mark.parametrize(
    ("name", "russian", "chinese"),
    [
        ("Chorus", "Припев", "副歌"),
        ("Verse 2", "Куплет 2", "主歌 2"),
        ("VERSE II", "Куплет II", "主歌 II"),
        ("pre-chorus", "Предприпев", "导歌"),
        ("Chorus x2", "Припев ×2", "副歌 ×2"),
        ("Final Chorus", "Последний припев", "最后副歌"),
        ("主歌1", "Куплет 1", "主歌 1"),
        ("Припев", "Припев", "副歌"),
        ("Guitar Solo", "Гитарное соло", "吉他独奏"),
        ("Rain over the roofs", "Rain over the roofs", "Rain over the roofs"),
        ("Nakarat", "Nakarat", "Nakarat"),
    ],
)
def test_usual_names_are_translated_and_all_others_stay(name, russian, chinese) -> None:
    assert section_label(name, RUSSIAN) == russian
    assert section_label(name, CHINESE) == chinese


def test_a_name_goes_into_english_too_and_stays_where_nobody_chose() -> None:
    assert section_label("Куплет 3", ENGLISH) == "Verse 3"
    assert section_label("Куплет 3", SectionLanguage.AS_WRITTEN) == "Куплет 3"


def test_only_the_names_of_lines_change() -> None:
    lines = (Line(0, 1, "Chorus", section="Chorus"), Line(1, 2, "Two"))
    assert label_sections(lines, RUSSIAN) == (
        Line(0, 1, "Chorus", section="Припев"),
        Line(1, 2, "Two"),
    )


@pytest.mark.parametrize("language", [RUSSIAN, CHINESE])
def test_the_fonts_have_the_letters(language) -> None:
    typesetter = Typesetter()
    for name in ("Chorus", "Build-Up", "Spoken Word", "Instrumental"):
        label = section_label(name, language).upper()
        assert typesetter.fit(label, 20, Weight.BOLD, 600, 20)[0] == label
        assert typesetter.width(label, 20) > 0
