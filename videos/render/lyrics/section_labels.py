"""The names of sections in another language: [Verse 2] is "Куплет 2" in a film of a Russian song.

Most songs of Suno have English tags, whatever language they are sung in.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from videos.render.lyrics.lines import Line
from videos.render.options import SectionLanguage

OPENING = "Intro"  # what comes before the first section that the lyrics name

# What a section is called in English, Russian and Chinese; the first name of each is shown
_NAMES: tuple[tuple[str, str, str], ...] = (
    ("Intro, Introduction, Opening", "Вступление, Интро", "前奏"),
    ("Verse", "Куплет", "主歌"),
    ("Pre-Chorus, Pre Chorus, Prechorus", "Предприпев", "导歌, 導歌"),
    ("Chorus", "Припев", "副歌"),
    ("Post-Chorus, Post Chorus, Postchorus", "Постприпев", "后副歌"),
    ("Final Chorus, Last Chorus", "Последний припев", "最后副歌"),
    ("Refrain", "Рефрен", "叠句"),
    ("Hook", "Хук", "记忆句"),
    ("Bridge", "Бридж", "桥段, 橋段"),
    ("Interlude", "Проигрыш", "间奏, 間奏"),
    ("Instrumental", "Инструментал", "器乐"),
    ("Solo", "Соло", "独奏"),
    ("Guitar Solo", "Гитарное соло", "吉他独奏"),
    ("Piano Solo", "Соло на фортепиано", "钢琴独奏"),
    ("Drop", "Дроп", "高潮"),
    ("Build-Up, Build Up, Buildup, Build", "Нарастание", "推进"),
    ("Breakdown", "Брейкдаун", "分解段"),
    ("Break", "Брейк", "停顿"),
    ("Rap", "Рэп", "说唱"),
    ("Spoken Word", "Речитатив", "念白"),
    ("Outro", "Аутро", "尾奏"),
    ("Ending, End", "Концовка", "结尾"),
    ("Coda", "Кода", "尾声"),
)
_COLUMNS = {
    SectionLanguage.ENGLISH: 0,
    SectionLanguage.RUSSIAN: 1,
    SectionLanguage.CHINESE: 2,
}
_ROWS: Mapping[str, tuple[str, ...]] = {
    name.casefold(): tuple(column.split(", ")[0] for column in row)
    for row in _NAMES
    for column in row
    for name in column.split(", ")
}
_PARTS = re.compile(r"(.+?)(?:[ -]?(\d{1,2}|[ivx]{1,4}))?(?: ?[x×х] ?(\d{1,2}))?", re.IGNORECASE)


def section_label(name: str, language: SectionLanguage) -> str:
    """Return a section's name in ``language``, unchanged where it is none of the usual names."""
    match = _PARTS.fullmatch(name.strip())
    column = _COLUMNS.get(language)
    if match is None or column is None:
        return name
    kind, number, times = match.groups()
    row = _ROWS.get(kind.casefold())
    if row is None:
        return name
    return row[column] + (f" {number}" if number else "") + (f" ×{times}" if times else "")


def label_sections(lines: Iterable[Line], language: SectionLanguage) -> tuple[Line, ...]:
    """Return ``lines`` with the names of their sections in ``language``."""
    return tuple(
        replace(line, section=section_label(line.section, language)) if line.section else line
        for line in lines
    )
