"""What is missing in the sound of a song, in sentences."""

import pytest

from videos.media.sound_warnings import sound_warnings
from videos.models import Track


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        (
            {"duration": 60.0, "declared_duration": 200.0},
            "ends after 1:00, though it should last 3:20",
        ),
        ({"duration": 60.0, "ends_early": True}, "breaks off at its end"),
        ({"duration": 60.0, "silence": 0.25}, "0.2 seconds within this song are damaged"),
    ],
)
def test_what_is_missing_is_told(fields, words):
    (sentence,) = sound_warnings(Track(**fields))
    assert words in sentence


def test_nothing_is_told_of_a_whole_song():
    assert sound_warnings(Track(duration=60.0, declared_duration=60.4, silence=0.05)) == []
    assert sound_warnings(Track()) == []


def test_two_things_are_two_sentences():
    assert len(sound_warnings(Track(duration=9.0, ends_early=True, silence=1.0))) == 2
