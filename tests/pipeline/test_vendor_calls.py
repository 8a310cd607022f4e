"""Requests to vendors: their limits, their circuit breaker, and cached credits."""

import threading
import time
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from videos import pipeline
from videos.models import Circuit, MusicTask
from videos.pipeline import vendor_calls
from videos.providers.errors import ProviderError, Throttled


@pytest.mark.django_db(transaction=True)
def test_at_most_three_requests_a_second_reach_the_vendor(portal):
    song = portal.vendor.add_song()

    def look_up() -> None:
        pipeline.find_song(portal.owner, "kie", song.task_id)
        connection.close()

    Circuit.objects.for_provider("kie")
    started = time.monotonic()
    threads = [threading.Thread(target=look_up) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    calls = sorted(call.at for call in portal.vendor.calls)
    assert time.monotonic() - started < 15
    assert all(later - first > 1 for first, later in zip(calls, calls[3:], strict=False))
    assert MusicTask.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_an_unknown_id_is_requested_once_however_many_ask(portal):
    sentences: list[str] = []

    def look_up(task_id: str) -> None:
        with pytest.raises(ProviderError) as caught:
            pipeline.find_song(portal.owner, "kie", task_id)
        sentences.append(str(caught.value))
        connection.close()

    Circuit.objects.for_provider("kie")
    threads = [threading.Thread(target=look_up, args=("unknown",)) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    look_up("unknown")
    assert portal.vendor.count("GET", "record-info") == 1
    assert len(sentences) == 21
    assert set(sentences) == {sentences[0]}
    look_up("another")
    assert portal.vendor.count("GET", "record-info") == 2


@pytest.mark.django_db(transaction=True)
def test_a_slow_vendor_gets_one_request_of_a_task_at_a_time(portal, monkeypatch):
    monkeypatch.setattr(vendor_calls, "MUSIC_TIMEOUT", 8.0)
    monkeypatch.setattr(vendor_calls, "MUSIC_WAIT", 1.0)
    portal.vendor.breaks("record-info", "hang")
    song = portal.vendor.add_song()
    errors: list[Exception] = []

    def look_up() -> None:
        try:
            pipeline.find_song(portal.owner, "kie", song.task_id)
        except ProviderError as error:
            errors.append(error)
        connection.close()

    Circuit.objects.for_provider("kie")
    first = threading.Thread(target=look_up, daemon=True)
    first.start()
    while not portal.vendor.calls:
        time.sleep(0.01)
    time.sleep(0.6)  # so that the next slot is free
    others = [threading.Thread(target=look_up) for _ in range(5)]
    started = time.monotonic()
    for thread in others:
        thread.start()
    for thread in others:
        thread.join()
    assert len(portal.vendor.calls) == 1
    assert time.monotonic() - started < vendor_calls.MUSIC_TIMEOUT
    assert [type(error) for error in errors] == [Throttled] * 5
    first.join()


def test_credits_are_requested_once_a_minute(portal):
    assert [pipeline.credits("kie") for _ in range(3)] == [87.5, 87.5, 87.5]
    assert portal.vendor.count("GET", "credit") == 1
    assert Circuit.objects.get(provider="kie").credits == 87.5
    assert pipeline.credits("crun") is None


def test_a_vendor_without_readable_credits_stops_nothing(portal):
    portal.vendor.breaks("credit", "html")
    assert pipeline.credits("kie") is None


@pytest.fixture
def no_redis(settings):
    """Let the cache be a Redis that nobody serves."""
    settings.CACHES = {
        "default": {
            "BACKEND": "suno_portal.backends.cache.FailOpenRedisCache",
            "LOCATION": "redis://127.0.0.1:1/0",
        }
    }


@pytest.mark.django_db(transaction=True)
def test_the_limits_of_requests_hold_without_redis(portal, no_redis):
    song = portal.vendor.add_song()
    Circuit.objects.for_provider("kie")

    def look_up() -> None:
        pipeline.find_song(portal.owner, "kie", song.task_id)
        pipeline.credits("kie")
        connection.close()

    threads = [threading.Thread(target=look_up) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    calls = sorted(call.at for call in portal.vendor.calls if "record-info" in call.path)
    assert len(calls) == 4
    assert all(later - first > 1 for first, later in zip(calls, calls[3:], strict=False))
    assert portal.vendor.count("GET", "credit") == 1
    assert pipeline.credits("kie") == 87.5  # from the database


def test_no_order_is_sent_to_a_vendor_that_failed_five_times(portal):
    portal.vendor.breaks("mp4/generate", *["503"] * 9)
    video = portal.order()
    for _ in range(8):
        video = portal.work(video)
    assert portal.orders_sent() == 5
    circuit = Circuit.objects.get(provider="kie")
    assert circuit.is_open
    assert abs(video.due_at - circuit.open_until) < timedelta(seconds=2)
    Circuit.objects.update(open_until=timezone.now())
    portal.vendor.failures.clear()
    assert portal.work(video).vendor_task_id
    assert Circuit.objects.get(provider="kie").failures == 0
