"""The admin of workers."""

import pytest

from tests.factories import (
    a_pulse,
    an_operator,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def operator(client):
    user = an_operator("op@example.com")
    client.force_login(user)
    return user


def test_workers_are_seen_alive_or_not(client, operator):
    a_pulse("work")
    a_pulse("render", seconds_ago=300)
    body = client.get("/admin/videos/workerpulse/").content.decode()
    assert body.count("icon-yes") == body.count("icon-no") == 1
    assert client.get("/admin/videos/workerpulse/add/").status_code == 403
