"""The Celery tasks, heartbeats and the handling of SIGTERM."""

import signal
import threading

import pytest
from celery import current_app
from django.db import OperationalError

from tests.factories import a_video
from videos import VERSION, mail, pipeline, queue, tasks, webhooks
from videos.models import WorkerPulse
from videos.pipeline import claim, scheduler

pytestmark = pytest.mark.django_db


def test_after_a_video_workers_are_woken_for_the_next_one(monkeypatch):
    calls = []
    monkeypatch.setattr(pipeline, "advance_next", lambda queue: calls.append(queue))
    monkeypatch.setattr(scheduler, "tick", lambda: calls.append("tick"))
    tasks.advance("render")
    assert calls == ["render", "tick"]


def test_a_song_is_analysed(monkeypatch):
    analysed = []
    monkeypatch.setattr(pipeline, "analyse_song", analysed.append)
    tasks.analyse_song("7")
    assert analysed == [7]


def test_a_song_that_has_arrived_is_analysed(monkeypatch):
    analysed = []
    monkeypatch.setattr(pipeline, "analyse_upload", analysed.append)
    tasks.analyse_upload("7")
    assert analysed == ["7"]


def test_every_scheduled_task_is_registered():
    scheduled = {entry["task"] for entry in current_app.conf.beat_schedule.values()}
    assert scheduled == {"videos.tasks.tick", "videos.tasks.tidy"}
    assert scheduled <= set(current_app.tasks)


def test_a_tick_wakes_the_workers_of_what_is_due(monkeypatch):
    sent = []
    monkeypatch.setattr(scheduler, "send_wakeup", sent.append)
    a_video()
    tasks.tick()
    assert sent == ["render"]


def test_webhooks_are_started_and_not_waited_for(monkeypatch):
    started = []
    monkeypatch.setattr(webhooks, "send_due", lambda: started.append(True))
    tasks.send_webhooks()
    assert started == [True]


def test_a_worker_that_gets_sigterm_twice_handles_it_once():
    handled = []

    def end(number, frame):
        handled.append(number)
        signal.raise_signal(signal.SIGTERM)

    before = signal.signal(signal.SIGTERM, end)
    try:
        tasks.handle_sigterm_once()
        signal.raise_signal(signal.SIGTERM)
        signal.raise_signal(signal.SIGTERM)
    finally:
        signal.signal(signal.SIGTERM, before)
    assert handled == [signal.SIGTERM]


def test_a_worker_that_is_asked_to_end_stops_its_films_and_calls():
    try:
        tasks.stop_jobs()
        assert pipeline.stopping.is_set()
        assert webhooks.stopping.is_set()
    finally:
        pipeline.stopping.clear()
        webhooks.stopping.clear()


@pytest.mark.django_db(transaction=True)
def test_a_worker_writes_heartbeats_until_it_ends(monkeypatch):
    stopping = threading.Event()
    monkeypatch.setattr(pipeline, "stopping", stopping)
    monkeypatch.setattr(tasks, "HEARTBEAT_INTERVAL", 0.01)
    beats = []
    monkeypatch.setattr(
        type(WorkerPulse.objects.all()),
        "record_heartbeat",
        lambda self, *facts: beats.append(facts) or len(beats) < 3 or stopping.set(),
    )
    with claim.working_on("builtin 7"):
        tasks.write_heartbeats("render@here:1", "render")
    assert beats == [("render@here:1", "render", VERSION, "builtin 7")] * 3
    assert claim.current_work() == ""


@pytest.mark.django_db(transaction=True)
def test_a_restart_of_the_database_does_not_end_the_heartbeats(monkeypatch, caplog):
    stopping = threading.Event()
    monkeypatch.setattr(pipeline, "stopping", stopping)
    monkeypatch.setattr(tasks, "HEARTBEAT_INTERVAL", 0.01)
    beats = []

    def record_heartbeat(self: object, name: str, *facts: str) -> None:
        beats.append(name)
        if len(beats) == 1:
            raise OperationalError("server closed the connection")
        stopping.set()

    monkeypatch.setattr(type(WorkerPulse.objects.all()), "record_heartbeat", record_heartbeat)
    tasks.write_heartbeats("render@here:1", "render")
    assert len(beats) == 2
    assert "OperationalError" in caplog.text


@pytest.mark.parametrize("sent", [True, False])
def test_it_sends_one_mail_and_wakes_workers_for_the_rest(monkeypatch, sent):
    calls = []
    monkeypatch.setattr(mail, "send_next", lambda: calls.append("send") or sent)
    monkeypatch.setattr(scheduler, "tick", lambda: calls.append("tick"))
    tasks.send_mail()
    assert calls == ["send", *(["tick"] if sent else [])]


def test_its_message_names_a_registered_task(monkeypatch):
    messages = []
    monkeypatch.setattr(
        "celery.current_app.send_task", lambda name, *a, **k: messages.append((name, k["queue"]))
    )
    queue.send_mails()
    assert messages == [("videos.tasks.send_mail", queue.WORK)]
    assert messages[0][0] in current_app.tasks
