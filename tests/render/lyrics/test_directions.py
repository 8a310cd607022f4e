"""What is written in lyrics and not sung: tags, directions, Markdown."""

import pytest

from videos.render.lyrics import parse, parse_lyrics
from videos.render.lyrics.directions import mask_directions
from videos.render.lyrics.sections import get_section

LONG = "soft felt piano, distant rain, a slow heartbeat kick, whispered female vocal fading in left"


def sung(text: str) -> list[tuple[str, str]]:
    return [(line.text, line.section) for line in parse(text, 180)]


@pytest.mark.parametrize(
    ("tag", "section"),
    [
        ("[Verse 1]", "Verse 1"),
        (f"[Intro – {LONG}]", "Intro"),
        ("[Verse 1: Male Vocal, low and intimate]", "Verse 1"),
        (f"[Chorus | {LONG} | {LONG}]", "Chorus"),
        ("[Intro: soft piano,\ndistant rain,\nslow kick]", "Intro"),
        ("**[Verse 1]**", "Verse 1"),
        ("**[Verse 1: _soft_]**", "Verse 1"),
        ("\\[Verse 1\\]", "Verse 1"),
        ("[Verse [soft] 1]", "Verse 1"),
        ("### Chorus", "Chorus"),
        ("## **Chorus:**", "Chorus"),
        ("**Chorus**", "Chorus"),
        ("Verse 1:", "Verse 1"),
        ("VERSE 2", "VERSE 2"),
        ("(Chorus)", "Chorus"),
        ("{Chorus x2}", "Chorus x2"),
        ("［Chorus］", "Chorus"),
        ("【副歌】", "副歌"),
        ("[Припев]", "Припев"),
        ("Куплет 2:", "Куплет 2"),
        ("Refrão:", "Refrão"),
        ("[Verse 1]\n[Male Vocal]\n[Mood: sad]", "Verse 1"),
        ("[Mood: sad]", ""),
        ("[Instrument: piano and strings]", ""),
        (f"[{LONG}]", ""),
        ("[Am]", ""),
        ("[♪♪♪]", ""),
    ],
)
def test_a_tag_is_not_sung_and_names_its_section_shortly(tag: str, section: str) -> None:
    assert sung(f"{tag}\nHear my voice") == [("Hear my voice", section)]


@pytest.mark.parametrize(
    ("row", "text"),
    [
        ("Verse 1: Night over town", "Night over town"),
        ("Night over town\\", "Night over town"),
        ("Night over town<br>", "Night over town"),
        ("> Night over town", "Night over town"),
        ("* Night over town", "Night over town"),
        ("**Night** over _town_", "Night over town"),
        ("***Night over town***", "Night over town"),
        ("*(ooh)* Night", "(ooh) Night"),
        ("(hear my voice)", "(hear my voice)"),
        ("f**k this s**t", "f**k this s**t"),
        ("snake_case_word 5 * 3 * 2", "snake_case_word 5 * 3 * 2"),
        ("I love you: always", "I love you: always"),
        ("#1 in my heart", "#1 in my heart"),
        ("C# minor - my key", "C# minor - my key"),
        ("chorus of angels", "chorus of angels"),
        ("chorus", "chorus"),
        ("Bridge", "Bridge"),
        ("Don&apos;t wait &amp; see &nosuch; & so", "Don't wait & see &nosuch; & so"),
        ("sad [ open", "sad [ open"),
        ("[softly] from [gently] far [Am]away", "from far away"),
    ],
)
def test_a_row_keeps_what_is_sung(row: str, text: str) -> None:
    assert sung(row)[0][0] == text


@pytest.mark.parametrize("rule", ["---", "***", "___", "* * *", "=====", "———"])
def test_a_rule_is_no_line(rule: str) -> None:
    assert sung(f"la\n{rule}\nlo") == [("la", ""), ("lo", "")]


def test_directions_that_are_no_tags_are_named() -> None:
    lyrics = parse_lyrics("*(softly)* from far away\n> spoken: goodbye", 60)
    assert [line.text for line in lyrics.lines] == ["from far away", "goodbye"]
    assert [(problem.number, problem.text) for problem in lyrics.problems] == [
        (1, "(softly)"),
        (2, "spoken:"),
    ]


def test_an_open_bracket_swallows_nothing() -> None:
    assert [text for text, _ in sung("[Verse 1\nla\n\nlo]\nli")] == ["[Verse 1", "la", "lo]", "li"]


def test_masks_keep_the_places_of_words() -> None:
    for row in ("**[Verse]** la *lo*", "### Chorus", "la\\", "Verse 1: la", "[a [b]] la"):
        assert len(mask_directions(row).text) == len(row)


def test_the_name_of_a_section_is_the_first_part_of_its_tag() -> None:
    assert get_section("Final Chorus: huge, choir") == "Final Chorus"
    assert get_section("Guitar Solo - wild") == "Guitar Solo"
    assert get_section("Pre-Chorus") == "Pre-Chorus"
    assert get_section("Kehrvers") == "Kehrvers"
    assert get_section("artist:Somebody") == ""


@pytest.mark.parametrize(
    ("row", "sung"),
    [
        ("La la la (x2)", "La la la"),
        ("La la la (2x)", "La la la"),
        ("La la la （×3）", "La la la"),
        ("La la la (repeat x4)", "La la la"),
        ("La la la (three times)", "La la la"),
        ("La la la (bis)", "La la la"),
        ("La la la (oh, times two)", "La la la (oh, times two)"),
        ("(x2) La la la", "(x2) La la la"),
        ("Malcolm X2", "Malcolm X2"),
    ],
)
def test_how_often_a_line_is_repeated_is_not_sung_but_told(row, sung):
    lyrics = parse_lyrics(f"{row}\nNext", 60)
    assert [line.text for line in lyrics.lines] == [sung, "Next"]
    assert bool(lyrics.problems) == (row != sung)


@pytest.mark.parametrize("row", ["x2", "(x2)", "2x", "×3", "(Repeat)"])
def test_a_row_that_only_counts_is_no_line(row):
    lyrics = parse_lyrics(f"One\n{row}\nTwo", 60)
    assert [line.text for line in lyrics.lines] == ["One", "Two"]
