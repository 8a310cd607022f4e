"""The middleware of the portal."""

import pytest
from django.http import HttpResponse

from videos.middleware import HeadMiddleware

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("debug", [False, True])
def test_what_is_not_found_looks_alike_on_every_machine(client, settings, debug):
    settings.DEBUG = debug
    response = client.get("/v/AAAAAAAAAAAAAAAAAAAAAA/")
    assert response.status_code == 404
    assert b"Nothing plays here" in response.content
    assert b"DEBUG" not in response.content


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_monitors_may_ask_by_address(client, path):
    response = client.get(path, headers={"Host": "10.0.0.7:8000"})
    assert response.headers["Content-Type"] == "application/json"
    assert response.status_code in {200, 503}
    assert client.get("/", headers={"Host": "10.0.0.7:8000"}).status_code == 400


@pytest.mark.parametrize(
    "path", ["/", "/accounts/login/", "/v/AAAAAAAAAAAAAAAAAAAAAA/", "/healthz"]
)
def test_who_asks_for_the_head_gets_that_alone(client, path):
    get, head = client.get(path), client.generic("HEAD", path)
    assert head.status_code == get.status_code
    assert head["Content-Type"] == get["Content-Type"]


def test_the_head_tells_how_long_the_rest_would_be(rf):
    page = HttpResponse(b"page", headers={"Content-Length": "4"})
    response = HeadMiddleware(lambda _: page)(rf.head("/"))
    assert (response.content, response["Content-Length"]) == (b"", "4")
    assert HeadMiddleware(lambda _: HttpResponse(b"page"))(rf.get("/")).content == b"page"
