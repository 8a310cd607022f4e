"""Isolation of accounts: nobody finds rows of another, and read-only keys change nothing."""

import pytest

from tests.api.caller import Caller, crun_order_of, order_of
from tests.factories import a_finished_video, a_playable_track
from videos.models import MusicTask, Video

pytestmark = pytest.mark.django_db
VIDEO, MUSIC = "/api/v1/mp4/record-info", "/api/v1/generate/record-info"
GENERATE, LYRICS = "/api/v1/mp4/generate", "/api/v1/generate/get-timestamped-lyrics"
CREATE, INFO = "/api/v1/client/job/CreateTask", "/api/v1/client/job/TaskInfo"


@pytest.fixture
def video(caller, track):
    return a_finished_video(caller.owner, track)


def answers(caller, video) -> list[dict[str, object]]:
    """Send a request for ``video`` and its song to every address."""
    task, track = video.track.music_task.task_id, video.track
    return [
        caller.get(VIDEO, taskId=video.pk.hex),
        caller.get(INFO, task_id=video.pk.hex),
        caller.get(MUSIC, taskId=task),
        caller.get(INFO, task_id=task),
        caller.post(LYRICS, order_of(track)),
        caller.post(GENERATE, order_of(track)),
        caller.post(CREATE, crun_order_of(track, brand="x")),
        caller.send("DELETE", f"/api/v1/videos/{video.pk.hex}").json(),
    ]


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


def test_a_key_for_reading_changes_nothing(video):
    reader = Caller(video.owner, "read")
    result = answers(reader, video)
    assert [answer["code"] for answer in result] == [200] * 5 + [401] * 3
    songs = "/api/v1/songs"
    assert reader.post(songs, {"audioUrl": "https://files.example.com/a.mp3"})["code"] == 401
    assert "read" in result[5]["msg"]
    assert Video.objects.get() == video


@pytest.mark.parametrize("how", ["revoked", "expired", "locked out"])
def test_a_key_that_is_over_opens_nothing(caller, video, how):
    if how == "revoked":
        caller.key.revoke()
    elif how == "expired":
        type(caller.key).objects.update(expires_at="2020-01-01T00:00:00Z")
    else:
        caller.owner.is_active = False
        caller.owner.save(update_fields=["is_active"])
    assert {answer["code"] for answer in answers(caller, video)} == {401}
