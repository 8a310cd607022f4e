"""Liveness and readiness checks."""

import pytest

from tests.factories import a_pulse

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


def test_a_living_process_says_so_without_the_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/healthz")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})


def test_it_is_ready_when_all_is_there(client, workers):
    assert ready(client) == (200, {"status": "ready", "checks": ALL})


def test_forwarded_headers_change_nothing(client, workers):
    forged = {"X-Forwarded-For": "1.2.3.4", "X-Forwarded-Host": "evil.example"}
    response = client.get("/readyz", headers=forged)
    assert response.status_code == 200
    assert b"evil" not in response.content
