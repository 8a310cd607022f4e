"""Hashtags from a song's tags."""

import pytest

from videos.models import Track
from videos.share.hashtags import hashtags


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ("synth-pop, Lo-Fi; warm", ["#SynthPop", "#LoFi", "#warm"]),
        ("pop, Pop, POP", ["#pop"]),
        ("96 bpm, D major, Am, 80s", []),
        ("夜, русский рок", ["#夜", "#РусскийРок"]),
        ("", []),
        ("a sentence that goes on for far too long to be a tag", []),
    ],
)
def test_each_tag_is_one_word(tags, expected):
    assert hashtags(Track(tags=tags), 5) == expected


def test_there_are_no_more_than_a_network_takes_and_ours_come_last():
    assert hashtags(Track(tags="one, two"), 3, "music", "new") == ["#one", "#two", "#music"]
