"""Rate limits, which are exact for concurrent requests, too; on SQLite and PostgreSQL."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.utils import translation

from tests.api.caller import Caller, order_of
from tests.factories import a_playable_track, a_track, a_user, a_video
from videos.api import rate_limits
from videos.api.rate_limits import RateLimit
from videos.models import ApiKey, RateLimitSlot, Video

THREADS = 12


def run_concurrently(*calls) -> list:
    """Run ``calls`` in up to twelve threads and return their results."""

    def run(call):
        try:
            return call()
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as threads:
        return list(threads.map(run, calls))


@pytest.mark.django_db(transaction=True)
def test_of_many_orders_at_once_twenty_are_taken():
    caller = Caller(a_user())
    track = a_playable_track(caller.owner)
    calls = [lambda i=i: clone(caller).order(track, author=f"A{i}") for i in range(35)]
    result = run_concurrently(*calls)
    codes = [response["code"] for response in result]
    assert (codes.count(200), codes.count(429)) == (20, 15)
    assert Video.objects.count() == 20


@pytest.mark.django_db(transaction=True)
def test_of_many_queries_at_once_three_are_answered(monkeypatch):
    monkeypatch.setattr(
        rate_limits, "QUERIES", RateLimit(3, 30)
    )  # threads may take longer than a second
    caller = Caller(a_user())
    video = a_video(caller.owner, a_track(caller.owner))
    result = run_concurrently(*[lambda: clone(caller).details(video.pk.hex) for _ in range(24)])
    codes = [response["code"] for response in result]
    assert (codes.count(200), codes.count(429)) == (3, 21)


def clone(caller: Caller) -> Caller:
    """Return the same program with a client of its own, for use in another thread."""
    other = object.__new__(Caller)
    other.__dict__ |= caller.__dict__ | {"client": type(caller.client)()}
    return other


@pytest.mark.django_db
def test_too_many_orders_say_when_to_come_again(caller, track, monkeypatch):
    for i in range(20):
        assert caller.order(track, author=f"A{i}")["code"] == 200
    response = caller.send("POST", "/api/v1/mp4/generate", order_of(track))
    assert response.status_code == 200
    result = response.json()
    assert (result["code"], set(result)) == (429, {"code", "msg"})
    assert 1 <= int(response["Retry-After"]) <= 10
    assert caller.order(track, author="A0")["code"] == 409  # no new task
    RateLimitSlot.objects.filter(name__startswith="order").update(taken_at=0)
    assert caller.order(track)["code"] == 200


@pytest.mark.django_db
def test_what_is_refused_takes_no_slot(caller, track):
    for i in range(30):
        assert caller.order(track, author="x" * (51 + i))["code"] == 422
        assert caller.order(track, taskId=f"x{i}")["code"] == 404
    assert not RateLimitSlot.objects.exists()
    assert caller.order(track)["code"] == 200


@pytest.mark.django_db
def test_each_key_and_each_task_has_slots_of_its_own(caller, stranger, track):
    other = Caller(caller.owner)
    for i in range(20):
        caller.order(track, author=f"A{i}")
    assert caller.order(track)["code"] == 429
    assert other.order(track)["code"] == 200
    one, two = Video.objects.all()[:2]
    for _ in range(3):
        assert caller.details(one.pk.hex)["code"] == 200
    assert caller.details(one.pk.hex)["code"] == 429
    assert other.details(one.pk.hex)["code"] == 429  # a task has slots of its own for all keys
    assert caller.details(two.pk.hex)["code"] == 200
    assert stranger.details(one.pk.hex)["code"] == 404


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "name"),
    [("/api/v1/generate/record-info", "taskId"), ("/api/v1/client/job/TaskInfo", "task_id")],
)
def test_queries_of_a_song_have_a_limit_too(caller, track, path, name):
    query = {name: track.music_task.task_id}
    assert [caller.get(path, **query)["code"] for _ in range(4)] == [200, 200, 200, 429]


@pytest.mark.django_db
def test_songs_have_a_limit_of_their_own(caller, monkeypatch):
    monkeypatch.setattr(rate_limits, "SONGS", RateLimit(2, 10))
    body = {"audioUrl": "https://files.example.com/a.mp3"}
    assert [caller.post("/api/v1/songs", body)["code"] for _ in range(3)] == [200, 200, 429]


@pytest.mark.django_db
def test_the_details_of_a_video_cost_three_database_queries(
    caller, track, django_assert_num_queries
):
    task_id = caller.order(track)["data"]["taskId"]
    caller.details(task_id)
    with django_assert_num_queries(3):  # the key, the video, the slot
        assert caller.details(task_id)["code"] == 200


@pytest.mark.django_db
def test_no_session_is_read_or_set(caller, track, client):
    client.force_login(caller.owner)
    response = client.get("/api/v1/chat/credit")
    assert response.json()["code"] == 401  # a session is no key
    assert not response.cookies
    assert not client.get("/api/v1/chat/credit", headers=caller.headers).cookies
    assert ApiKey.objects.count() == 1


@pytest.mark.django_db
def test_messages_are_english_whatever_page_was_asked_for_before(caller, track):
    with translation.override("de"):
        result = caller.order(track, author="x", audioId="x")
        assert translation.get_language() == "en"
    assert "nothing here has this id" in result["msg"]
