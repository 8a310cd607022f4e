"""Isolation of accounts: nobody finds rows of another, and read-only keys change nothing."""

import pytest

from tests.api.questions import CREATE, GENERATE, INFO, LYRICS, MUSIC, VIDEO, answers
from tests.factories import a_finished_video, a_playable_track
from videos.models import MusicTask, Video

pytestmark = pytest.mark.django_db


@pytest.fixture
def video(caller, track):
    return a_finished_video(caller.owner, track)


def unknown(caller) -> list[dict[str, object]]:
    """Send the same requests with unknown ids."""
    never = "0" * 32
    order = {"taskId": never, "audioId": never, "callBackUrl": "https://a.example"}
    ids = {"task_id": never, "suno_id": never}
    return [
        caller.get(VIDEO, taskId=never),
        caller.get(INFO, task_id=never),
        caller.get(MUSIC, taskId=never),
        caller.get(INFO, task_id=never),
        caller.post(LYRICS, order),
        caller.post(GENERATE, order),
        caller.post(CREATE, {"model": "suno/music-video", "input": ids}),
        caller.send("DELETE", f"/api/v1/videos/{never}").json(),
    ]


def test_what_is_a_stranger_s_is_answered_like_what_never_was(caller, stranger, video):
    result = answers(stranger, video)
    assert result == unknown(stranger)
    assert {answer["code"] for answer in result} == {404}
    assert all(answer["code"] == 200 for answer in answers(caller, video)[:7])


def test_lists_and_credits_are_one_s_own(caller, stranger, video, settings):
    settings.MAX_UNFINISHED_VIDEOS = 5
    caller.order(video.track)
    assert stranger.get("/api/v1/videos")["data"] == {"videos": [], "next": ""}
    assert stranger.get("/api/v1/chat/credit")["data"] == 5
    assert stranger.get("/api/v1/client/account/balance")["data"] == {"balance": 5}
    assert len(caller.get("/api/v1/videos")["data"]["videos"]) == 2
    assert caller.get("/api/v1/chat/credit")["data"] == 4


def test_the_same_ids_in_two_accounts_are_two_songs(caller, stranger, track):
    theirs = a_playable_track(stranger.owner, audio_id=track.audio_id)
    MusicTask.objects.filter(pk=theirs.music_task.pk).update(task_id=track.music_task.task_id)
    theirs.refresh_from_db()
    assert caller.order(track)["code"] == 200
    assert stranger.order(theirs)["code"] == 200
    assert {(video.owner, video.track) for video in Video.objects.all()} == {
        (caller.owner, track),
        (stranger.owner, theirs),
    }
