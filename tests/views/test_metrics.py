"""Who gets the metrics."""

from ipaddress import ip_network

import pytest

pytestmark = pytest.mark.django_db
TOKEN = {"Authorization": "Bearer t0ken"}


def status(client, **kwargs):
    return client.get("/metrics", **kwargs).status_code


def test_without_a_setting_there_are_none(client):
    assert status(client) == 404
    assert status(client, headers={"Authorization": "Bearer "}) == 404


def test_whoever_has_the_token_gets_them(client, settings):
    settings.METRICS_TOKEN = "t0ken"
    settings.ALLOWED_HOSTS = []
    response = client.get("/metrics", headers=TOKEN, REMOTE_ADDR="203.0.113.9")
    assert response.status_code == 200
    assert response["Content-Type"].startswith("text/plain")
    assert b"suno_portal_videos_pending" in response.content
    assert status(client, headers={"Authorization": "Bearer other"}) == 404
    assert status(client) == 404


@pytest.mark.parametrize(
    ("address", "expected"),
    [("10.1.2.3", 200), ("11.1.2.3", 404), ("::1", 200), ("", 404)],
)
def test_a_listed_address_needs_no_token(client, settings, address, expected):
    settings.METRICS_ADDRESSES = [ip_network("10.0.0.0/8"), ip_network("::1")]
    assert status(client, REMOTE_ADDR=address) == expected


@pytest.mark.parametrize("header", ["X-Forwarded-For", "X-Real-IP", "Forwarded", "Via"])
def test_what_comes_by_a_proxy_needs_the_token_wherever_the_proxy_is(client, settings, header):
    settings.METRICS_ADDRESSES = [ip_network("127.0.0.1")]
    settings.METRICS_TOKEN = "t0ken"
    assert status(client) == 200
    assert status(client, headers={header: "127.0.0.1"}) == 404
    assert status(client, headers={header: "127.0.0.1", **TOKEN}) == 200
