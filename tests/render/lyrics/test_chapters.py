"""The sections of lyrics as chapters; tests/render/encode/test_tags.py has those of films."""

from videos.render.lyrics import Line
from videos.render.lyrics.chapters import make_chapters


def test_each_section_is_a_chapter_and_what_comes_before_is_the_intro():
    lines = (Line(5, 8, "la", section="Verse\x071"), Line(9, 12, "la"), Line(20, 22, "la"))
    assert make_chapters(lines, 30) == ((0, 5, "Intro"), (5, 30, "Verse 1"))
