"""Music tasks as the JSON of the Suno family."""

import json

import pytest

from tests.factories import a_playable_track, a_track
from videos.payloads.music import record_info
from videos.statuses import MusicStatus

pytestmark = pytest.mark.django_db


def info_of(track, **fields: object) -> dict[str, object]:
    for name, value in fields.items():
        setattr(track.music_task, name, value)
    return record_info(track.music_task, [track])


def test_a_song_that_was_uploaded_here_has_its_track_and_the_order_that_would_make_it():
    track = a_playable_track(lyrics="[00:01.00]Hello", model_name="chirp-v4")
    info = info_of(track)
    (data,) = info["response"]["sunoData"]
    assert (data["id"], data["title"], data["prompt"]) == (track.audio_id, track.title, "Hello")
    assert data["audioUrl"].endswith(".wav")
    assert (info["operationType"], info["type"]) == ("upload_cover", "chirp-v4")
    param = json.loads(info["param"])
    assert (param["title"], param["instrumental"]) == (track.title, False)


def test_tracks_are_told_only_where_the_status_has_some():
    assert "response" not in info_of(a_track(), status=MusicStatus.PENDING)
    assert "response" in info_of(a_track(), status=MusicStatus.FIRST_SUCCESS)


@pytest.mark.parametrize(
    ("record", "code"), [(None, 408), ({"errorCode": 413}, 413), ({"errorCode": 999}, 408)]
)
def test_a_failure_has_a_documented_code_and_a_sentence(record, code):
    info = info_of(a_track(), status=MusicStatus.GENERATE_AUDIO_FAILED, record=record)
    assert (info["errorCode"], info["errorMessage"]) == (code, "The music could not be made")


def test_what_a_vendor_told_of_the_order_is_passed_on():
    info = info_of(a_track(), record={"param": "{}", "parentMusicId": "p", "x": 1})
    assert (info["param"], info["parentMusicId"]) == ("{}", "p")
    assert info_of(a_track(), record={"parentMusicId": 7})["parentMusicId"] == ""


def test_what_is_missing_in_the_sound_is_told():
    assert "warnings" not in info_of(a_track())
    assert len(info_of(a_track(ends_early=True))["warnings"]) == 1
