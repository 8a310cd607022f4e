"""The names of sections in tags."""

import pytest

from videos.render.lyrics.sections import choose_section, get_section, is_section_name


@pytest.mark.parametrize(
    "name",
    ["Chorus", "pre-chorus", "Verse 2", "Final Chorus", "Куплет 2", "サビ", "副歌", "Bridge x2"],
)
def test_usual_names_are_known_in_many_languages(name):
    assert is_section_name(name)
    assert get_section(name) == name


@pytest.mark.parametrize("text", ["la la la", "Choruses of angels sing", ""])
def test_words_of_a_song_are_no_names(text):
    assert not is_section_name(text)


@pytest.mark.parametrize(
    ("tag", "section"),
    [
        ("Verse 1: male vocal, low", "Verse 1"),
        ("Chorus - whispered", "Chorus"),
        ("Dreamy", "Dreamy"),
        ("Mood: sad", ""),
        ("Music", ""),
        ("Am7", ""),
        ("soft felt piano, distant rain and a slow heartbeat kick", ""),
    ],
)
def test_a_tag_names_its_section_or_none(tag, section):
    assert get_section(tag) == section


@pytest.mark.parametrize(
    ("pending", "new", "chosen"),
    [("", "Chorus", "Chorus"), ("Chorus", "Dreamy", "Chorus"), ("Dreamy", "Chorus", "Chorus"),
     ("Chorus", "", "Chorus"), ("Verse", "Chorus", "Chorus")],
)  # fmt: skip
def test_of_two_tags_the_last_usual_name_counts(pending, new, chosen):
    assert choose_section(pending, new) == chosen
