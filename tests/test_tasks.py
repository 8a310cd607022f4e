"""Celery's doors."""

import signal
import threading

import pytest
from celery import current_app
from django.db import OperationalError

from tests.factories import a_video
from videos import pipeline, tasks, webhooks
from videos.models import WorkerPulse
from videos.pipeline import scheduler

pytestmark = pytest.mark.django_db


def test_after_a_video_the_next_one_is_looked_for(monkeypatch):
    done = []
    monkeypatch.setattr(pipeline, "produce_next", lambda queue: done.append(queue))
    monkeypatch.setattr(scheduler, "tick", lambda: done.append("tick"))
    tasks.produce("render")
    assert done == ["render", "tick"]


def test_a_song_is_listened_to(monkeypatch):
    heard = []
    monkeypatch.setattr(pipeline, "listen", heard.append)
    tasks.listen("7")
    assert heard == [7]


def test_every_door_has_its_name_on_the_clock():
    scheduled = {entry["task"] for entry in current_app.conf.beat_schedule.values()}
    assert scheduled == {"videos.tasks.tick", "videos.tasks.tidy"}
    assert scheduled <= set(current_app.tasks)


def test_a_tick_wakes_the_workers_of_what_is_due(monkeypatch):
    sent = []
    monkeypatch.setattr(scheduler, "send", sent.append)
    a_video()
    tasks.tick()
    assert sent == ["render"]


def test_calls_are_begun_and_not_waited_for(monkeypatch):
    begun = []
    monkeypatch.setattr(webhooks, "begin_due", lambda: begun.append(True))
    tasks.deliver()
    assert begun == [True]


def test_a_worker_that_is_asked_to_end_twice_hears_it_once():
    heard = []

    def end(number, frame):
        heard.append(number)
        signal.raise_signal(signal.SIGTERM)

    before = signal.signal(signal.SIGTERM, end)
    try:
        tasks.take_one_word_to_end()
        signal.raise_signal(signal.SIGTERM)
        signal.raise_signal(signal.SIGTERM)
    finally:
        signal.signal(signal.SIGTERM, before)
    assert heard == [signal.SIGTERM]


def test_a_worker_that_is_asked_to_end_stops_its_films_and_calls():
    try:
        tasks.stop_production()
        assert pipeline.stopping.is_set()
        assert webhooks.stopping.is_set()
    finally:
        pipeline.stopping.clear()
        webhooks.stopping.clear()


@pytest.mark.django_db(transaction=True)
def test_a_worker_gives_signs_of_life_until_it_ends(monkeypatch):
    stopping = threading.Event()
    monkeypatch.setattr(pipeline, "stopping", stopping)
    monkeypatch.setattr(tasks, "PULSE", 0.01)
    beats = []
    monkeypatch.setattr(
        type(WorkerPulse.objects.all()),
        "beat",
        lambda self, name, queue: beats.append((name, queue)) or len(beats) < 3 or stopping.set(),
    )
    tasks._pulse("render@here:1", "render")
    assert beats == [("render@here:1", "render")] * 3


@pytest.mark.django_db(transaction=True)
def test_a_database_that_restarts_does_not_leave_a_worker_for_dead(monkeypatch, caplog):
    stopping = threading.Event()
    monkeypatch.setattr(pipeline, "stopping", stopping)
    monkeypatch.setattr(tasks, "PULSE", 0.01)
    beats = []

    def beat(self: object, name: str, queue: str) -> None:
        beats.append(name)
        if len(beats) == 1:
            raise OperationalError("server closed the connection")
        stopping.set()

    monkeypatch.setattr(type(WorkerPulse.objects.all()), "beat", beat)
    tasks._pulse("render@here:1", "render")
    assert len(beats) == 2
    assert "OperationalError" in caplog.text
