"""Rows by the ids of a program's request."""

import uuid

import pytest

from tests.factories import a_track, a_user, a_video
from videos.api import lookup
from videos.api.errors import ApiError


@pytest.fixture
def video(caller, track):
    return a_video(caller.owner, track)


def test_a_video_is_found_by_its_id_with_or_without_dashes(caller, video):
    for task_id in (video.pk.hex, str(video.pk), video.pk.hex.upper()):
        assert lookup.get_video(caller.owner, task_id) == video
    for task_id in ("", "x", uuid.uuid4().hex):
        assert lookup.find_video(caller.owner, task_id) is None


def test_a_stranger_finds_nothing(stranger, video, track):
    task_id = track.music_task.task_id
    assert lookup.find_video(stranger.owner, video.pk.hex) is None
    for find in (
        lambda: lookup.get_video(stranger.owner, video.pk.hex),
        lambda: lookup.get_music_task(stranger.owner, task_id),
        lambda: lookup.get_track(stranger.owner, task_id, track.audio_id),
    ):
        with pytest.raises(ApiError) as caught:
            find()
        assert caught.value.code == 404


def test_the_id_that_is_wrong_is_named(caller, track):
    task_id = track.music_task.task_id
    assert lookup.get_track(caller.owner, task_id, track.audio_id) == track
    assert lookup.get_music_task(caller.owner, task_id) == track.music_task
    for ids, field in (((task_id, "x"), "audioId"), (("x", track.audio_id), "taskId")):
        with pytest.raises(ApiError, match=rf"^{field}:"):
            lookup.get_track(caller.owner, *ids)
    with pytest.raises(ApiError, match=r"^task_id:"):
        lookup.get_music_task(caller.owner, "x", "task_id")


def test_two_people_may_have_tasks_of_the_same_id(caller, track):
    other = a_track(a_user())
    task = type(other.music_task).objects.filter(pk=other.music_task_id)
    task.update(task_id=track.music_task.task_id)
    result = lookup.get_music_task(caller.owner, track.music_task.task_id)
    assert result.owner == caller.owner
