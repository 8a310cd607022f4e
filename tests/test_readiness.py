"""Whether a process can serve pages, and whether videos can be made now."""

from datetime import timedelta

import pytest
from celery import current_app
from django.conf import settings as django_settings
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from tests.factories import a_pulse
from tests.network import free_port
from videos import VERSION
from videos.models import ScheduledTask, WorkerPulse

pytestmark = pytest.mark.django_db


OWN = dict.fromkeys(("database", "migrations", "storage"), True)
ALL = OWN | dict.fromkeys(("broker", "workers", "beat"), True)


@pytest.fixture
def workers():
    ScheduledTask.objects.record_tick()
    return [a_pulse("deliver,work"), a_pulse("render"), a_pulse("beat")]


def ready(client, path="/readyz?all=1"):
    response = client.get(path)
    assert response["Content-Type"] == "application/json"
    assert "no-store" in response["Cache-Control"]
    answer = response.json()
    assert answer.pop("version") == VERSION
    return response.status_code, answer


def test_a_web_process_is_ready_without_workers_beat_and_broker(client, monkeypatch):
    monkeypatch.setattr(current_app.conf, "broker_write_url", f"redis://127.0.0.1:{free_port()}/0")
    assert ready(client, "/readyz") == (200, {"status": "ready", "checks": OWN})
    others = {"broker": False, "workers": False, "beat": False}
    assert ready(client) == (503, {"status": "not ready", "checks": ALL | others})


def test_all_is_ready_with_all(client, workers):
    assert ready(client) == (200, {"status": "ready", "checks": ALL})


@pytest.mark.parametrize("row", [ScheduledTask, WorkerPulse])
def test_a_beat_that_is_frozen_or_gone_is_told(client, workers, row):
    long_ago = timezone.now() - timedelta(minutes=1)
    if row is ScheduledTask:
        ScheduledTask.objects.update(finished_at=long_ago)
    else:
        WorkerPulse.objects.filter(queue="beat").update(seen_at=long_ago)
    assert ready(client) == (503, {"status": "not ready", "checks": ALL | {"beat": False}})


def test_a_schema_of_a_newer_version_fits(client):
    MigrationRecorder(connection).record_applied("videos", "9999_later")
    assert ready(client, "/readyz")[0] == 200


@pytest.mark.parametrize("queue", ["work", "render", "deliver"])
@pytest.mark.parametrize("gone", [True, False])
def test_workers_of_all_queues_are_needed(client, queue, gone):
    ScheduledTask.objects.record_tick()
    a_pulse("beat")
    a_pulse(",".join({"work", "render", "deliver"} - {queue}))
    if not gone:
        a_pulse(queue, seconds_ago=60)
    assert ready(client) == (503, {"status": "not ready", "checks": ALL | {"workers": False}})


def test_a_missing_migration_is_told(client, workers):
    MigrationRecorder(connection).migration_qs.filter(app="videos").last().delete()
    status, answer = ready(client)
    assert (status, answer["checks"]) == (503, ALL | {"migrations": False})


def test_a_storage_that_cannot_be_written_is_told(client, workers, settings, tmp_path):
    blocked = tmp_path / "file"
    blocked.touch()
    settings.MEDIA_ROOT = blocked / "media"
    assert ready(client)[1]["checks"] == ALL | {"storage": False}


def test_a_broker_that_does_not_answer_is_told(client, workers, monkeypatch):
    monkeypatch.setattr(current_app.conf, "broker_write_url", f"redis://127.0.0.1:{free_port()}/0")
    assert ready(client)[1]["checks"] == ALL | {"broker": False}


def test_a_check_leaves_nothing_behind(client, workers):
    ready(client)
    assert list(django_settings.MEDIA_ROOT.iterdir()) == []


def test_what_is_wrong_is_told_without_secrets(client, workers):
    def broken(execute, sql, *args):
        if sql == "SELECT 1":
            raise OperationalError("password authentication failed for user portal at db.internal")
        return execute(sql, *args)

    with connection.execute_wrapper(broken):
        status, answer = ready(client)
    assert (status, answer["checks"]) == (503, ALL | {"database": False})
    assert "password" not in str(answer)
