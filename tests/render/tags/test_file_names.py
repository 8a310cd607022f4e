"""What names of files say, as people and shops write them."""

import pytest

from videos.render.tags.file_names import parse_file_name, stem_key

ENDINGS = frozenset({".mp3", ".wav"})


@pytest.mark.parametrize(
    ("name", "artist", "title"),
    [
        ("Night.mp3", "", "Night"),
        ("Ann - Night.mp3", "Ann", "Night"),
        ("Ann – Night_over_town.flac", "Ann", "Night over town"),
        ("03 - Ann - Night - live.mp3", "Ann", "Night - live"),
        ("03. Night.mp3", "", "Night"),
        ("03 Night.mp3", "", "Night"),
        ("(3) Night.mp3", "", "Night"),
        ("1-07 Night.mp3", "", "Night"),
        ("12 - 7 Years.mp3", "", "7 Years"),
        ("99 Lives.mp3", "", "99 Lives"),
        ("A-B.mp3", "", "A-B"),
        ("01.mp3", "", "01"),
        ("Ночь.mp3", "", "Ночь"),
        (" - .mp3", "", "-"),
        ("", "", ""),
    ],
)
def test_a_name_says_who_sings_what(name, artist, title):
    assert parse_file_name(name) == (artist, title)


@pytest.mark.parametrize(
    "name",
    ["night_over town.jpg", "Night  Over Town.LRC", "night over town.mp3.lrc", "night over town"],
)
def test_names_that_belong_together_have_one_key(name):
    assert stem_key(name, ENDINGS) == "night over town"


def test_versions_of_a_song_have_keys_of_their_own():
    assert stem_key("night.mp3", ENDINGS) != stem_key("night (1).mp3", ENDINGS)
    assert stem_key("é.mp3", ENDINGS) == stem_key("e\u0301.jpg", ENDINGS)
