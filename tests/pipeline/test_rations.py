"""The price list: what a person and everybody together may do of what is costly."""

import threading
import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.db.models import F

from tests import media_files
from tests.factories import a_playable_track, a_user
from videos.models import RateLimitSlot, Track
from videos.pipeline import rations
from videos.pipeline.rations import Ration, RationSpent

pytestmark = pytest.mark.django_db

CAKES = Ration("cakes", lanes=2)


@pytest.fixture(autouse=True)
def limits(settings):
    settings.RATION_CAKES = [2, 3, 60]


def test_a_person_and_everybody_have_their_rations():
    first, second = a_user(), a_user()
    CAKES.spend(first)
    CAKES.spend(first)
    with pytest.raises(RationSpent, match="Wait 60 s") as caught:
        CAKES.spend(first)
    assert caught.value.retry_after == 60
    CAKES.spend(second)  # what the first was refused took nothing from the others
    with pytest.raises(RationSpent):
        CAKES.spend(second)
    RateLimitSlot.objects.update(taken_at=F("taken_at") - 60)
    CAKES.spend(second)


def test_an_attempt_that_succeeds_counts_nothing():
    for _ in range(3):
        rations.count_attempt({"a": 2, "b": 0}, 60)()
    rations.count_attempt({"a": 2}, 60)
    rations.count_attempt({"a": 2}, 60)
    with pytest.raises(RationSpent):
        rations.count_attempt({"a": 2, "c": 1}, 60)
    assert not RateLimitSlot.objects.filter(name__in=("b", "c")).exists()


def test_zero_is_without_limit(settings):
    settings.RATION_CAKES = [0, 0, 60]
    person = a_user()
    for _ in range(10):
        CAKES.spend(person)
    assert not RateLimitSlot.objects.exists()


def test_a_smaller_limit_holds_at_once(settings):
    person = a_user()
    CAKES.spend(person)
    settings.RATION_CAKES = [1, 3, 60]
    with pytest.raises(RationSpent):
        CAKES.spend(person)


def test_a_lane_is_free_again_when_the_thing_is_done_or_broke(settings):
    settings.RATION_CAKES = [0, 0, 60]
    person = a_user()
    for _ in range(3):
        with CAKES.lane(person):
            pass
        with pytest.raises(ZeroDivisionError), CAKES.lane(person):
            raise ZeroDivisionError


def test_a_person_has_half_of_the_lanes_and_waits_for_them(settings, monkeypatch):
    monkeypatch.setattr(rations, "LANE_TIMEOUT", 0.2)
    settings.RATION_CAKES = [0, 0, 60]
    first, second = a_user(), a_user()
    with CAKES.lane(first):
        with pytest.raises(RationSpent), CAKES.lane(first):
            pass
        with CAKES.lane(second):
            pass


def test_all_that_a_person_does_at_a_time_shares_the_half(settings, monkeypatch):
    monkeypatch.setattr(rations, "LANE_TIMEOUT", 0.2)
    settings.RATION_CAKES = settings.RATION_PIES = [0, 0, 60]
    pies, first, second = Ration("pies", lanes=2), a_user(), a_user()
    with CAKES.lane(first):
        with pytest.raises(RationSpent), pies.lane(first):
            pass
        with pies.lane(second):
            pass


def test_the_lane_of_a_process_that_died_is_free_after_a_while(settings, monkeypatch):
    monkeypatch.setattr(rations, "LANE_TIMEOUT", 0.2)
    settings.RATION_CAKES = [0, 0, 60]
    person = a_user()
    RateLimitSlot.objects.acquire_lane(f"lane:{person.pk}", 1, rations.LANE_LEASE)
    with pytest.raises(RationSpent), CAKES.lane(person):
        pass
    RateLimitSlot.objects.update(taken_at=F("taken_at") - rations.LANE_LEASE)
    with CAKES.lane(person):
        pass


@pytest.mark.django_db(transaction=True)
def test_lanes_hold_whatever_comes_at_once(settings):
    settings.RATION_CAKES = [0, 0, 60]
    people = [a_user() for _ in range(4)]
    active, most, lock = [], [], threading.Lock()

    def bake(person):
        with CAKES.lane(person):
            with lock:
                active.append(person.pk)
                most.append((len(active), max(active.count(pk) for pk in active)))
            time.sleep(0.05)
            with lock:
                active.remove(person.pk)
        connection.close()

    threads = [threading.Thread(target=bake, args=(person,)) for person in people * 2]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(most) == 8
    assert max(total for total, _ in most) <= 2
    assert max(each for _, each in most) == 1


def test_a_person_with_many_at_once_is_refused_before_they_hold_all_threads(settings, monkeypatch):
    monkeypatch.setattr(rations, "LANE_TIMEOUT", 60)
    settings.RATION_CAKES = [0, 0, 60]
    person = a_user()
    queue = f"queue:{person.pk}"
    held = [RateLimitSlot.objects.acquire_lane(queue, 4, rations.LANE_LEASE) for _ in range(4)]
    assert all(held)
    started = time.monotonic()
    with pytest.raises(RationSpent), CAKES.lane(person):
        pass
    assert time.monotonic() - started < 30
    with CAKES.lane(a_user()):
        pass
    RateLimitSlot.objects.release_lane(queue, held[0])
    with CAKES.lane(person):
        pass


def test_files_are_counted_and_words_are_not(client, settings):
    settings.RATION_UPLOADS = [2, 100, 60]
    track = a_playable_track()
    client.force_login(track.music_task.owner)
    page = f"/songs/{track.pk}/"
    for title in ("One", "Two", "Three"):
        assert client.post(page, {"title": title, "offset_ms": "0"}).status_code in {200, 302}
    cover = {"title": "Four", "cover": SimpleUploadedFile("c.jpg", media_files.jpeg())}
    song = {"audio": SimpleUploadedFile("a.wav", media_files.wav())}
    assert client.post(page, cover).status_code in {200, 302}
    assert client.post("/songs/new/", song).status_code == 302
    response = client.post("/songs/new/", song)
    assert response.status_code == 429
    assert "too often" in response.text
    assert 1 <= int(response["Retry-After"]) <= 60
    assert Track.objects.count() == 2


@pytest.mark.parametrize("page", ["/videos/", "/songs/", "/videos/new/songs/"])
def test_searches_are_counted_and_lists_are_not(client, settings, page):
    settings.RATION_SEARCHES = [1, 100, 60]
    client.force_login(a_user())
    assert [client.get(page).status_code for _ in range(3)] == [200] * 3
    assert client.get(page, {"q": "x"}).status_code == 200
    response = client.get(page, {"q": "x"})
    assert response.status_code == 429
    assert 1 <= int(response["Retry-After"]) <= 60
