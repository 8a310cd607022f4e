"""Whether the installation can make videos now."""

import pytest
from celery import current_app
from django.conf import settings as django_settings
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder

from tests.factories import a_pulse
from tests.network import free_port

pytestmark = pytest.mark.django_db


ALL = dict.fromkeys(("database", "migrations", "broker", "storage", "workers"), True)


@pytest.fixture
def workers():
    return [a_pulse("deliver,work"), a_pulse("render")]


def ready(client):
    response = client.get("/readyz")
    assert response["Content-Type"] == "application/json"
    assert "no-store" in response["Cache-Control"]
    return response.status_code, response.json()


@pytest.mark.parametrize("queue", ["work", "render", "deliver"])
@pytest.mark.parametrize("gone", [True, False])
def test_workers_of_all_queues_are_needed(client, queue, gone):
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
