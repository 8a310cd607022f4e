"""The operations with the paths of Crun."""

import pytest

from tests.api.caller import crun_order_of
from tests.factories import a_failed_video
from videos import pipeline
from videos.models import Video

CREATE, INFO = "/api/v1/client/job/CreateTask", "/api/v1/client/job/TaskInfo"


def test_an_order_is_made_and_followed_to_its_film(caller, track, client):
    order = crun_order_of(track, author="Ada", brand="ada.example")
    result = caller.post(CREATE, order | {"callback_url": "https://a.example.com/hook"})
    video = Video.objects.get()
    assert result == {"code": 200, "message": "success", "data": {"task_id": video.pk.hex}}
    assert (video.author, video.domain_name) == ("Ada", "ada.example")
    assert (video.webhook_url, video.webhook_family) == ("https://a.example.com/hook", "crun")
    assert caller.get(INFO, task_id=video.pk.hex)["data"]["status"] == "pending"
    pipeline.advance(video.pk)
    result = caller.get(INFO, task_id=video.pk.hex)
    assert (result["code"], result["message"], result["data"]["status"]) == (
        200,
        "success",
        "success",
    )
    (url,) = result["data"]["result"]["media_urls"]
    assert url.endswith(".mp4")
    assert client.head(url)["Content-Type"] == "video/mp4"


def test_the_callback_may_be_left_out(caller, track):
    for absent in ({}, {"callback_url": None}):
        Video.objects.all().delete()
        assert caller.post(CREATE, crun_order_of(track) | absent)["code"] == 200
        video = Video.objects.get()
        assert (video.webhook_url, video.webhook_family) == ("", "")


def test_a_failure_is_told(caller, track):
    video = a_failed_video(caller.owner, track)
    data = caller.get(INFO, task_id=video.pk.hex)["data"]
    assert data["status"] == "failed"
    assert data["result"] == {"code": 501, "message": "The renderer broke down."}


def test_a_song_is_told_by_the_same_question(caller, track):
    data = caller.get(INFO, task_id=track.music_task.task_id)["data"]
    (song,) = data["result"]["suno_data"]
    assert data["status"] == "success"
    assert (song["suno_id"], song["title"]) == (track.audio_id, "Northern Lights")
    assert song["suno_image_url"] == song["suno_image_large_url"]
    assert song["suno_audio_url"].startswith("http://testserver/files/")


def test_a_repeat_answers_with_the_task_that_exists(caller, track):
    first = caller.post(CREATE, crun_order_of(track))["data"]
    again = caller.post(CREATE, crun_order_of(track))
    assert (again["code"], again["data"]) == (409, first)
    assert (
        caller.order(track)["data"]["taskId"] == first["task_id"]
    )  # by the paths of the other family, too


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"model": "suno/music"}, "model"),
        ({"model": None}, "model"),
        ({"input": None}, "input"),
        ({"input": "x"}, "input"),
        ({"input": {"task_id": "x"}}, "input.suno_id"),
        ({"input": {"task_id": 5, "suno_id": "x"}}, "input.task_id"),
        ({"input": {"task_id": "x", "suno_id": "x", "author": "y" * 51}}, "input.author"),
        ({"input": {"task_id": "x", "suno_id": "x", "brand": "y" * 51}}, "input.brand"),
        ({"callback_url": "x"}, "callback_url"),
    ],
)
def test_what_is_wrong_is_named(caller, track, change, field):
    result = caller.post(CREATE, crun_order_of(track) | change)
    assert (result["code"], result["message"].split(":")[0]) == (422, field)


def test_an_unknown_task_is_not_found(caller, track):
    unknown = caller.get(INFO, task_id="x")
    assert (unknown["code"], unknown["message"].split(":")[0]) == (404, "task_id")
    wrong = crun_order_of(track)
    wrong["input"]["suno_id"] = "x"
    assert caller.post(CREATE, wrong)["message"].startswith("input.suno_id")


def test_the_balance_is_told(caller, settings):
    settings.MAX_UNFINISHED_VIDEOS = 7
    result = caller.get("/api/v1/client/account/balance")
    assert result == {"code": 200, "message": "success", "data": {"balance": 7}}
