"""Liveness and readiness checks."""

import pytest

pytestmark = pytest.mark.django_db


def test_a_living_process_says_so_without_the_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/healthz")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})


def test_forwarded_headers_change_nothing(client):
    forged = {"X-Forwarded-For": "1.2.3.4", "X-Forwarded-Host": "evil.example"}
    response = client.get("/readyz", headers=forged)
    assert response.status_code == 200
    assert b"evil" not in response.content
