"""The operations with the paths of Apikley, kie.ai and sunoapi.org."""

import json
import re

import pytest

from tests.factories import a_failed_video, a_finished_video, a_track, a_video
from videos import pipeline
from videos.models import Event, MusicTask, Track, Video
from videos.statuses import MusicStatus, VideoStatus

TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
GENERATE, LYRICS = "/api/v1/mp4/generate", "/api/v1/generate/get-timestamped-lyrics"
MUSIC = "/api/v1/generate/record-info"


def test_an_order_makes_a_video_that_our_renderer_makes(caller, track):
    result = caller.order(track, author="Ada", domainName="ada.example", look="wave", format="9:16")
    video = Video.objects.get()
    assert result == {"code": 200, "msg": "success", "data": {"taskId": video.pk.hex}}
    assert (video.owner, video.track, video.provider) == (caller.owner, track, "builtin")
    assert (video.author, video.domain_name) == ("Ada", "ada.example")
    assert (video.look, video.format) == ("wave", "9:16")
    assert (video.webhook_url, video.webhook_family) == (
        "https://client.example.com/callback",
        "suno",
    )
    assert video.due_at is not None
    assert video.events.get().kind == Event.Kind.ORDERED


def test_an_order_takes_every_option_that_a_film_has(caller, track):
    options = {"resolution": 1080, "fps": 60, "sound": "source", "sectionTags": False}
    assert caller.order(track, **options)["code"] == 200
    video = Video.objects.get()
    style = (video.resolution, video.fps, video.sound, video.section_tags)
    assert style == (1080, 60, "source", False)


def test_options_at_their_defaults_are_the_same_order(caller, track):
    first = caller.order(track)["data"]
    options = {"resolution": 720, "fps": 30, "sound": "normalised", "sectionTags": True}
    for name, value in options.items():
        again = caller.order(track, **{name: value})
        assert (again["code"], again["data"]) == (409, first), name


@pytest.mark.parametrize(
    ("field", "value"),
    [("resolution", 480), ("resolution", "720"), ("resolution", True), ("resolution", 720.5),
     ("fps", 24), ("fps", "30"), ("sound", "loud"), ("sound", 1), ("sectionTags", "yes"),
     ("sectionTags", 1)],
)  # fmt: skip
def test_an_option_that_a_film_does_not_have_is_refused_by_name(caller, track, field, value):
    result = caller.order(track, **{field: value})
    assert (result["code"], result["msg"].split(":")[0]) == (422, field)
    assert not Video.objects.exists()


def test_a_film_in_the_making_has_nothing_that_does_not_apply(caller, track):
    task_id = caller.order(track)["data"]["taskId"]
    result = caller.details(task_id)
    create_time = result["data"].pop("createTime")
    assert TIME.fullmatch(create_time)
    assert result == {
        "code": 200,
        "msg": "success",
        "data": {
            "taskId": task_id,
            "musicId": track.audio_id,
            "callbackUrl": "https://client.example.com/callback",
            "successFlag": "PENDING",
        },
    }


def test_a_film_is_made_and_can_be_fetched_by_anybody_who_has_its_address(caller, track, client):
    task_id = caller.order(track)["data"]["taskId"]
    pipeline.advance(Video.objects.get().pk)
    data = caller.details(task_id)["data"]
    assert data["successFlag"] == "SUCCESS"
    assert TIME.fullmatch(data["completeTime"])
    assert "errorCode" not in data
    assert "errorMessage" not in data
    url = data["response"]["videoUrl"]
    assert re.fullmatch(r"http://testserver/files/[^/]+\.mp4", url)
    whole = client.get(url)
    assert (whole.status_code, whole["Content-Type"]) == (200, "video/mp4")
    assert b"".join(whole)[4:8] == b"ftyp"
    part = client.get(url, headers={"Range": "bytes=0-7"})
    assert (part.status_code, len(b"".join(part))) == (206, 8)
    assert client.head(url)["Content-Length"] == whole["Content-Length"]


def test_a_failed_film_is_a_good_answer_that_says_why(caller, track):
    video = a_failed_video(caller.owner, track)
    result = caller.details(video.pk.hex)
    assert result["code"] == 200
    assert result["data"]["successFlag"] == "GENERATE_MP4_FAILED"
    assert result["data"]["errorCode"] == 500
    assert result["data"]["errorMessage"] == "The renderer broke down."
    assert "response" not in result["data"]


def test_what_could_not_be_started_says_so(caller, track):
    failed = VideoStatus.CREATE_TASK_FAILED
    video = a_failed_video(caller.owner, track, status=failed, provider="kie")
    assert caller.details(video.pk.hex)["data"]["successFlag"] == "CREATE_TASK_FAILED"


def test_a_film_that_only_its_vendor_has_is_still_in_the_making(caller, track):
    video = a_video(caller.owner, track, provider="kie", status="SUCCESS", vendor_url="https://x")
    assert caller.details(video.pk.hex)["data"]["successFlag"] == "PENDING"


def test_videos_made_on_the_site_are_known_too_by_either_form_of_their_id(caller, track):
    video = a_finished_video(caller.owner, track)
    for task_id in (video.pk.hex, str(video.pk), video.pk.hex.upper()):
        data = caller.details(task_id)["data"]
        assert (data["taskId"], data["successFlag"]) == (video.pk.hex, "SUCCESS")
        assert "callbackUrl" not in data


@pytest.mark.parametrize("field", ["taskId", "audioId"])
def test_an_unknown_task_or_track_is_not_found(caller, track, field):
    result = caller.order(track, **{field: "nothing"})
    assert (result["code"], result["msg"].split(":")[0]) == (404, field)
    assert "data" not in result
    assert not Video.objects.exists()


@pytest.mark.parametrize("field", ["author", "domainName"])
def test_fifty_characters_fit_and_no_more(caller, track, field):
    assert caller.order(track, **{field: "é" * 50})["code"] == 200
    result = caller.order(track, **{field: "🎶" * 51})
    assert (result["code"], result["msg"].split(":")[0]) == (422, field)


@pytest.mark.parametrize("field", ["taskId", "audioId", "callBackUrl"])
@pytest.mark.parametrize("value", [None, "", 5, ["x"], {"a": 1}, True])
def test_what_is_required_is_named_where_it_is_missing_or_no_text(caller, track, field, value):
    result = caller.order(track, **{field: value})
    assert (result["code"], result["msg"].split(":")[0]) == (422, field)


@pytest.mark.parametrize(
    "url",
    [
        "https://your-domain.com/callback",
        "http://localhost:3000/hook",
        "https://127.0.0.1/x",
        "http://10.0.0.1:8080/a?b=c#d",
        "HTTPS://EXAMPLE.COM",
        "https://例え.jp/コールバック",
        "http://[::1]/",
    ],
)
def test_a_callback_that_cannot_be_reached_is_taken(caller, track, url):
    assert caller.order(track, callBackUrl=url)["code"] == 200
    assert Video.objects.get().webhook_url == url


@pytest.mark.parametrize(
    "url",
    ["playground", "/callback", "ftp://example.com/", "https://", "https:///x", "javascript:0",
     "https://exa mple.com", "https://[::1", "https://x:99999/", "https://x/\n", "x" * 3000,
     "https://x/" + "y" * 2000],
)  # fmt: skip
def test_a_malformed_callback_is_refused_by_name(caller, track, url):
    result = caller.order(track, callBackUrl=url)
    assert (result["code"], result["msg"].split(":")[0]) == (422, "callBackUrl")


def test_what_is_not_known_is_ignored_and_null_is_left_out(caller, track):
    result = caller.order(track, author=None, domainName=None, model="V5", extra={"a": [1]})
    assert result["code"] == 200
    assert Video.objects.get().author == ""


def test_line_breaks_and_what_nobody_sees_do_not_come_into_a_signature(caller, track):
    caller.order(track, author="Ada\nLovelace\u202e", domainName="\ta.example ")
    video = Video.objects.get()
    assert (video.author, video.domain_name) == ("Ada Lovelace", "a.example")


def test_a_repeat_answers_with_the_task_that_exists(caller, track):
    first = caller.order(track, author="Ada")["data"]["taskId"]
    again = caller.order(track, author="Ada", callBackUrl="https://other.example.com/")
    assert (again["code"], again["data"]) == (409, {"taskId": first})
    assert "already exist" in again["msg"]
    assert Video.objects.count() == 1


@pytest.mark.parametrize(
    "changes",
    [{"author": "Bob"}, {"domainName": "b.example"}, {"look": "orbit"}, {"format": "1:1"},
     {"resolution": 1080}, {"fps": 60}, {"sound": "source"}, {"sectionTags": False}],
)  # fmt: skip
def test_other_options_are_another_film(caller, track, changes):
    first = caller.order(track)["data"]["taskId"]
    second = caller.order(track, **changes)
    assert second["code"] == 200
    assert second["data"]["taskId"] != first


def test_what_failed_can_be_ordered_again(caller, track):
    first = caller.order(track)["data"]["taskId"]
    Video.objects.get().cancel()
    second = caller.order(track)
    assert second["code"] == 200
    assert second["data"]["taskId"] != first
    assert caller.order(track)["data"] == second["data"]


def test_a_finished_film_is_not_made_again(caller, track):
    first = caller.order(track)["data"]["taskId"]
    pipeline.advance(Video.objects.get().pk)
    assert caller.order(track)["data"]["taskId"] == first


def test_a_song_of_which_only_the_ids_are_known_says_so(caller):
    result = caller.order(a_track(caller.owner))
    assert result["code"] == 422
    assert "ids" in result["msg"]


@pytest.mark.parametrize("provider", ["kie", "crun"])
def test_a_vendor_that_is_not_set_up_is_refused_by_name(caller, track, provider):
    result = caller.order(track, provider=provider)
    assert (result["code"], result["msg"].split(":")[0]) == (422, "provider")


def test_an_order_is_passed_on_to_a_vendor(caller, vendor):
    song = vendor.add_song()
    track = pipeline.find_song(caller.owner, "kie", song.task_id).tracks.first()
    task_id = caller.order(track, provider="kie")["data"]["taskId"]
    video = Video.objects.get()
    assert video.provider == "kie"
    pipeline.advance(video.pk)
    (film,) = vendor.films.values()
    assert (film.music_id, film.audio_id) == (song.task_id, track.audio_id)
    again = caller.order(track, provider="kie", author="Other")  # a vendor makes it once
    assert (again["code"], again["data"]["taskId"]) == (409, task_id)


def test_a_song_that_only_the_vendor_knows_is_passed_on_by_its_ids(caller, vendor):
    ids = {"taskId": "5c79be8e", "audioId": "e231-7dc", "callBackUrl": "https://a.example.com"}
    assert caller.post(GENERATE, ids)["code"] == 404  # our renderer has no audio
    assert caller.post(GENERATE, ids | {"provider": "kie"})["code"] == 200
    track = Track.objects.get()
    assert (track.music_task.provider, track.audio_id) == ("kie", "e231-7dc")
    bad = caller.post(GENERATE, ids | {"provider": "kie", "taskId": "no id"})
    assert (bad["code"], bad["msg"].split(":")[0]) == (422, "taskId")


def test_the_song_of_a_task_is_told_with_every_field(caller, track, client):
    task_id = track.music_task.task_id
    data = caller.get(MUSIC, taskId=task_id)["data"]
    (song,) = data.pop("response")["sunoData"]
    assert json.loads(data.pop("param"))["title"] == "Northern Lights"
    assert data == {
        "taskId": task_id,
        "parentMusicId": "",
        "status": "SUCCESS",
        "operationType": "upload_cover",
    }
    assert TIME.fullmatch(song.pop("createTime"))
    for name, kind in (("audioUrl", "audio/wav"), ("imageUrl", "image/jpeg")):
        file = client.head(song[name])
        assert (file.status_code, file["Content-Type"]) == (200, kind)
        assert client.get(song[name].replace(":", ":x", 2)).status_code == 404
    assert song.pop("streamAudioUrl") == song.pop("audioUrl")
    del song["imageUrl"]
    assert song == {
        "id": track.audio_id,
        "prompt": "[Verse]\nHello wide world\nGood night",
        "modelName": "",
        "title": "Northern Lights",
        "tags": "ambient, synth",
        "duration": 1.0,
    }


def test_a_vendor_s_song_is_told_in_the_vendor_s_order(caller, vendor):
    song = vendor.add_song()
    pipeline.find_song(caller.owner, "kie", song.task_id)
    data = caller.get(MUSIC, taskId=song.task_id)["data"]
    assert [each["id"] for each in data["response"]["sunoData"]] == list(song.audio_ids)
    assert data["operationType"] == "generate"
    assert data["response"]["sunoData"][0]["audioUrl"].startswith(vendor.url)


@pytest.mark.parametrize("status", MusicStatus.values)
def test_every_status_of_a_song_is_told(caller, track, status):
    MusicTask.objects.update(status=status, error_message="Why.")
    data = caller.get(MUSIC, taskId=track.music_task.task_id)["data"]
    assert data["status"] == status
    failed = status in {"CREATE_TASK_FAILED", "GENERATE_AUDIO_FAILED", "SENSITIVE_WORD_ERROR"}
    assert ("errorMessage" in data, "errorCode" in data) == (failed, failed)
    assert ("response" in data) == (status in {"SUCCESS", "FIRST_SUCCESS", "CALLBACK_EXCEPTION"})


@pytest.mark.parametrize("path", ["/api/v1/chat/credit", "/api/v1/generate/credit"])
def test_credits_are_the_videos_that_may_be_ordered_now(caller, track, settings, path):
    settings.MAX_UNFINISHED_VIDEOS = 3
    assert caller.get(path) == {"code": 200, "msg": "success", "data": 3}
    caller.order(track)
    assert caller.get(path)["data"] == 2
    a_finished_video(caller.owner, track)
    assert caller.get(path)["data"] == 2
    settings.MAX_UNFINISHED_VIDEOS = 0
    assert caller.get(path)["data"] == 1_000_000


def test_whoever_has_as_many_as_are_allowed_has_no_credits(caller, track, settings):
    settings.MAX_UNFINISHED_VIDEOS = 1
    assert caller.order(track)["code"] == 200
    assert caller.order(track, author="Bob")["code"] == 402
    assert Video.objects.count() == 1
    settings.MAX_UNFINISHED_VIDEOS, settings.MAX_STORAGE_BYTES = 9, 100
    a_finished_video(caller.owner, track)
    assert caller.order(track, author="Bob")["code"] == 402


def test_webhooks_over_plain_http_can_be_forbidden(caller, track, settings):
    settings.ALLOW_HTTP_WEBHOOKS = False
    result = caller.order(track, callBackUrl="http://client.example.com/callback")
    assert (result["code"], result["msg"].split(":")[0]) == (422, "callBackUrl")
    assert not Video.objects.exists()
    settings.ALLOWED_PRIVATE_HOSTS = ["10.0.0.5:9000"]
    assert caller.order(track, callBackUrl="http://10.0.0.5:9000/")["code"] == 200
