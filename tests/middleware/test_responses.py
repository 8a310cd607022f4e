"""What every response has."""

import pytest
from django.http import HttpResponse

from tests.factories import a_finished_video, a_user, an_operator
from videos.middleware.responses import HeadMiddleware

pytestmark = pytest.mark.django_db


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


def test_pages_are_compressed_but_those_that_may_show_a_key(client):
    video = a_finished_video(visibility="public")
    client.force_login(video.owner)
    encoded = {
        path: client.get(path, headers={"Accept-Encoding": "gzip"}).headers.get("Content-Encoding")
        for path in ("/videos/", "/account/keys/", "/site.webmanifest", "/robots.txt")
    }
    assert encoded == {**dict.fromkeys(encoded), "/videos/": "gzip"}
    page = client.get("/videos/", headers={"Accept-Encoding": "gzip"})
    assert len(page.content) < 0.4 * len(client.get("/videos/").content)
    assert "Accept-Encoding" in page["Vary"]


@pytest.mark.parametrize("path", ["/videos/", "/songs/", "/account/", "/admin/", "/nothing/"])
def test_pages_are_stored_by_no_shared_cache_and_looked_at_again(client, path):
    client.force_login(an_operator())
    assert client.get(path)["Cache-Control"].startswith(("private, no-cache", "max-age=0"))


@pytest.mark.parametrize("path", ["/account/keys/", "/account/webhooks/"])
def test_pages_with_a_key_are_not_stored_at_all(client, path):
    client.force_login(a_user())
    assert "no-store" in client.get(path)["Cache-Control"]
