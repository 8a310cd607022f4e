"""Words with times, as the API answers them."""

from itertools import pairwise

import pytest

from tests.api.caller import order_of
from tests.factories import a_playable_track
from videos.models import Track

GENERATE, LYRICS = "/api/v1/mp4/generate", "/api/v1/generate/get-timestamped-lyrics"


def test_words_have_times_where_only_lines_have_some(caller, track):
    Track.objects.update(lyrics="[00:00.10][Verse]\n[00:00.20]Hello wide\n[00:00.60]Night")
    result = caller.post(LYRICS, order_of(track))["data"]
    words = result["alignedWords"]
    assert "".join(word["word"] for word in words).split() == ["[Verse]", "Hello", "wide", "Night"]
    assert words[0]["startS"] == pytest.approx(0.2)
    assert all(a["endS"] <= b["startS"] + 0.001 for a, b in pairwise(words))
    assert all(word["success"] is True and word["palign"] == 0 for word in words)
    assert (result["waveformData"], result["hootCer"]) == ([], 0)


def test_a_vendor_s_words_keep_their_times(caller, track):
    words = [
        {"word": "Hey ", "startS": 0.25, "endS": 0.5},
        {"word": "you", "startS": 0.5, "endS": 1},
    ]
    Track.objects.update(aligned_words=words)
    result = caller.post(LYRICS, order_of(track))["data"]["alignedWords"]
    assert [(word["startS"], word["endS"]) for word in result] == [(0.25, 0.5), (0.5, 1.0)]


def test_a_song_without_words_has_none(caller):
    track = a_playable_track(caller.owner)
    assert caller.post(LYRICS, order_of(track))["data"]["alignedWords"] == []
    assert caller.post(LYRICS, {"taskId": "x", "audioId": track.audio_id})["code"] == 404
