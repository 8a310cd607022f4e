"""The blocks of lines by which a song is remembered."""

import pytest

from videos.render.clips.words_hook import find_chorus, find_repeated, is_hook_name
from videos.render.lyrics import Line


def lines_of(*texts: str) -> list[Line]:
    """Return a line for each text; "Chorus|text" stands under that tag."""
    parts = [text.rpartition("|") for text in texts]
    return [
        Line(2.0 * number, 2.0 * number + 2, text, section=section)
        for number, (section, _, text) in enumerate(parts)
    ]


@pytest.mark.parametrize(
    ("name", "is_hook"),
    [
        *(("Chorus", True), ("Final Chorus", True), ("Chorus 2 x2", True), ("HOOK", True)),
        *(("Refrain", True), ("Припев", True), ("副歌", True), ("サビ", True), ("Refrão", True)),
        *(("Pre-Chorus", False), ("Post Chorus", False), ("Предприпев", False), ("Verse", False)),
        *(
            ("Pré-Refrain", False),
            ("Pre-Coro", False),
            ("프리코러스", False),
            ("Coronation", False),
        ),
    ],
)
def test_names_of_hooks_are_told_from_what_leads_to_them(name: str, is_hook: bool) -> None:
    assert is_hook_name(name) == is_hook


def test_a_chorus_reaches_to_the_next_tag() -> None:
    lines = lines_of("Verse|a", "b", "Chorus|c", "d", "Bridge|e", "Chorus|c", "d")
    texts = [[line.text for line in block] for block in find_chorus(lines)]
    assert texts == [["c", "d"], ["c", "d"]]
    assert find_chorus(lines_of("a", "b")) == []


def test_the_block_that_is_repeated_most_is_chosen() -> None:
    hook = ("Let it go tonight", "let it go, tonight!")
    lines = lines_of("One thing", "Yeah", *hook, "Another", "Yeah", *hook, "Once more", "One thing")
    blocks = find_repeated(lines)
    assert [[line.text for line in block] for block in blocks] == [list(hook), list(hook)]
    assert find_repeated(lines_of("Yeah", "Yeah", "All is new here")) == []
