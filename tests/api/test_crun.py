"""The operations with the paths of Crun."""

import pytest

from tests.api.caller import Caller, crun_order_of
from tests.factories import a_failed_video
from videos import pipeline
from videos.models import Track, Video

CREATE, INFO = "/api/v1/client/job/CreateTask", "/api/v1/client/job/TaskInfo"
ESTIMATE, ESTIMATE_TASK = "/api/v1/client/job/estimate-credits", "/api/v1/client/job/EstimateTask"


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


def test_the_price_of_an_order_is_told_without_placing_it(caller, track, settings):
    settings.MAX_UNFINISHED_VIDEOS = 1
    assert caller.post(ESTIMATE, crun_order_of(track)) == {
        "code": 200, "message": "success", "data": {"credits": 1, "estimated": False},
    }  # fmt: skip
    data = {"estimated_credits": 1, "balance": 1, "affordable": True}
    assert caller.post(ESTIMATE_TASK, crun_order_of(track))["data"] == data
    assert not Video.objects.exists()
    assert caller.post(CREATE, crun_order_of(track))["code"] == 200
    data = {"estimated_credits": 1, "balance": 0, "affordable": False}
    assert caller.post(ESTIMATE_TASK, crun_order_of(track))["data"] == data
    assert caller.post(CREATE, crun_order_of(track, author="Ada"))["code"] == 402


def test_an_order_for_which_there_is_no_room_is_not_affordable(caller, track, settings):
    settings.MAX_STORAGE_BYTES = 1
    Track.objects.update(size=2)
    data = caller.post(ESTIMATE_TASK, crun_order_of(track))["data"]
    assert (data["balance"], data["affordable"]) == (0, False)
    assert caller.get("/api/v1/client/account/balance")["data"] == {"balance": 0}
    assert caller.get("/api/v1/chat/credit")["data"] == 0
    assert caller.post(CREATE, crun_order_of(track))["code"] == 402


@pytest.mark.parametrize("path", [ESTIMATE, ESTIMATE_TASK])
@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"model": "google/nano-banana-pro"}, "model"),
        ({"model": None}, "model"),
        ({"input": None}, "input"),
        ({"input": []}, "input"),
        ({"input": {"task_id": "x"}}, "input.suno_id"),
        ({"input": {"task_id": "x", "suno_id": "x", "brand": "y" * 51}}, "input.brand"),
    ],
)
def test_the_price_of_what_cannot_be_ordered_is_refused_like_the_order(
    caller, track, path, change, field
):
    result = caller.post(path, crun_order_of(track) | change)
    assert set(result) == {"code", "message"}
    assert (result["code"], result["message"].split(":")[0]) == (422, field)


@pytest.mark.parametrize("path", [ESTIMATE, ESTIMATE_TASK])
def test_the_price_is_told_to_keys_that_only_read_and_to_nobody_without(track, caller, path):
    reader = Caller(caller.owner, "read")
    assert reader.post(path, crun_order_of(track))["code"] == 200
    stranger = caller.client.post(path, crun_order_of(track), content_type="application/json")
    assert (stranger.json()["code"], set(stranger.json())) == (401, {"code", "message"})


def test_the_balance_is_told(caller, settings):
    settings.MAX_UNFINISHED_VIDEOS = 7
    result = caller.get("/api/v1/client/account/balance")
    assert result == {"code": 200, "message": "success", "data": {"balance": 7}}
