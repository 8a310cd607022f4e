"""Repeated orders of a film, and repeats with an Idempotency-Key; on SQLite and PostgreSQL."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from tests import media_files
from tests.api.caller import Caller, crun_order_of, order_of
from tests.api.test_rate_limits import clone, run_concurrently
from tests.factories import a_playable_track, a_user
from videos.housekeeping import run
from videos.models import IdempotentResponse, MusicTask, Video
from videos.render.audio.decoding import AudioInfo
from videos.render.sandbox.probe import probe_in_child

GENERATE, SONGS = "/api/v1/mp4/generate", "/api/v1/songs"
URL = {"audioUrl": "https://files.example.com/a.mp3"}


@pytest.mark.django_db(transaction=True)
def test_of_many_orders_of_one_film_at_once_one_is_made():
    caller = Caller(a_user())
    track = a_playable_track(caller.owner)
    result = run_concurrently(*[lambda: clone(caller).order(track) for _ in range(24)])
    assert sorted(response["code"] for response in result) == [200] + [409] * 23
    assert {response["data"]["taskId"] for response in result} == {Video.objects.get().pk.hex}


@pytest.mark.django_db(transaction=True)
def test_of_many_requests_under_one_key_at_once_all_get_the_same_answer():
    caller = Caller(a_user())
    calls = [lambda: clone(caller).post(SONGS, URL, Idempotency_Key="k") for _ in range(24)]
    result = run_concurrently(*calls)
    task = MusicTask.objects.get()
    assert all(response["code"] == 200 for response in result)
    assert {response["data"]["taskId"] for response in result} == {task.task_id}


@pytest.mark.django_db(transaction=True)
def test_many_orders_under_one_key_are_one():
    caller = Caller(a_user())
    order = order_of(a_playable_track(caller.owner))
    calls = [lambda: clone(caller).post(GENERATE, order, Idempotency_Key="k")] * 24
    result = run_concurrently(*calls)
    assert result == [result[0]] * 24
    assert result[0]["data"]["taskId"] == Video.objects.get().pk.hex


@pytest.mark.django_db(transaction=True)
def test_nobody_waits_while_a_song_is_analysed(client, monkeypatch):
    in_transaction = []

    def probe(*args: object) -> AudioInfo:
        in_transaction.append(connection.in_atomic_block)
        return probe_in_child(*args)

    monkeypatch.setattr("videos.forms.files.probe_in_child", probe)
    headers = Caller(a_user()).headers | {"Idempotency-Key": "k"}
    for _ in range(2):
        song = {"audio": SimpleUploadedFile("song.wav", media_files.wav())}
        assert client.post(SONGS, song, headers=headers).json()["code"] == 200
    assert in_transaction
    assert not any(in_transaction)
    assert MusicTask.objects.count() == 1


pytestmark = pytest.mark.django_db


def test_a_repeat_under_a_key_gets_the_first_answer(caller, track):
    order = order_of(track)
    first = caller.post(GENERATE, order, Idempotency_Key="k-1")
    assert first["code"] == 200
    assert caller.post(GENERATE, order, Idempotency_Key="k-1") == first
    assert caller.post(GENERATE, order, Idempotency_Key="k-2")["code"] == 409
    assert caller.post(GENERATE, order)["code"] == 409
    assert Video.objects.count() == 1


def test_another_body_under_the_same_key_is_refused(caller, track):
    caller.post(GENERATE, order_of(track), Idempotency_Key="k")
    result = caller.post(GENERATE, order_of(track) | {"author": "Bob"}, Idempotency_Key="k")
    assert (result["code"], result["msg"].split(":")[0]) == (422, "Idempotency-Key")
    assert Video.objects.count() == 1


def test_keys_belong_to_a_program_and_a_path(caller, stranger, track):
    caller.post(GENERATE, order_of(track), Idempotency_Key="k")
    result = caller.post("/api/v1/client/job/CreateTask", crun_order_of(track), Idempotency_Key="k")
    assert result["code"] == 409
    assert stranger.post(GENERATE, order_of(track), Idempotency_Key="k")["code"] == 404
    theirs = a_playable_track(stranger.owner)
    assert stranger.post(GENERATE, order_of(theirs), Idempotency_Key="k2")["code"] == 200


def test_what_may_succeed_next_time_is_not_stored(caller, track, settings):
    order = order_of(track)
    assert caller.post(GENERATE, order | {"author": 5}, Idempotency_Key="k")["code"] == 422
    settings.MAX_UNFINISHED_VIDEOS = 1
    video = caller.order(track, author="Other")["data"]["taskId"]
    assert caller.post(GENERATE, order, Idempotency_Key="k")["code"] == 402
    assert not IdempotentResponse.objects.exists()
    Video.objects.get(pk=video).cancel()
    assert caller.post(GENERATE, order, Idempotency_Key="k")["code"] == 200


def test_a_refusal_that_stays_is_stored(caller, track):
    order = order_of(track) | {"audioId": "later"}
    assert caller.post(GENERATE, order, Idempotency_Key="k")["code"] == 404
    track.audio_id = "later"
    track.save(update_fields=["audio_id"])
    assert caller.post(GENERATE, order, Idempotency_Key="k")["code"] == 404
    assert caller.post(GENERATE, order)["code"] == 200


@pytest.mark.parametrize("key", ["x" * 256, "a\tb", "é"])
def test_an_odd_key_is_refused(caller, track, key):
    result = caller.post(GENERATE, order_of(track), Idempotency_Key=key)
    assert (result["code"], result["msg"].split(":")[0]) == (422, "Idempotency-Key")


def test_an_upload_is_stored_once_and_recognised_by_its_bytes(caller, client):
    def upload(sound: bytes, boundary: str) -> dict[str, object]:
        body = (
            f'--{boundary}\r\nContent-Disposition: form-data; name="audio"; filename="a.wav"\r\n'
            f"Content-Type: audio/wav\r\n\r\n"
        ).encode() + sound + f"\r\n--{boundary}--\r\n".encode()  # fmt: skip
        return client.generic(
            "POST", SONGS, body, f"multipart/form-data; boundary={boundary}",
            headers=caller.headers | {"Idempotency-Key": "k"},
        ).json()  # fmt: skip

    first = upload(media_files.wav(), "one")
    assert first["code"] == 200
    assert upload(media_files.wav(), "two") == first
    assert MusicTask.objects.count() == 1
    assert upload(media_files.wav(2.0), "one")["code"] == 422


def test_responses_are_stored_for_a_day(caller, track):
    caller.post(GENERATE, order_of(track), Idempotency_Key="k")
    run("idempotency")
    assert IdempotentResponse.objects.exists()
    old = IdempotentResponse.objects.get()
    IdempotentResponse.objects.update(created_at=old.created_at.replace(year=2020))
    run("idempotency")
    assert not IdempotentResponse.objects.exists()
