"""The middleware of the portal."""

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.factories import a_finished_video, a_user, an_operator
from videos.logs import request_id
from videos.middleware import HeadMiddleware, RequestMiddleware

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


def test_each_request_has_an_id_that_errors_tell(rf, settings):
    def answer(status, own="request-of-nginx"):
        request = rf.get("/", headers={"X-Request-ID": own})
        ids = []

        def view(request):
            ids.append(request_id.get())
            return HttpResponse(status=status)

        response = RequestMiddleware(view)(request)
        assert request.META["portal.request_id"] == ids[0]
        return ids[0], response.headers.get("X-Request-ID")

    current, header = answer(500)
    assert len(current) == 32
    assert header == current != answer(500)[0]
    assert answer(200)[1] is None  # what is private answers like what is not there
    settings.BEHIND_PROXY = True
    assert answer(503) == ("request-of-nginx", "request-of-nginx")
    assert len(answer(500, 'x", "level": "INFO')[0]) == 32
    assert request_id.get() == ""


def test_the_head_tells_how_long_the_rest_would_be(rf):
    page = HttpResponse(b"page", headers={"Content-Length": "4"})
    response = HeadMiddleware(lambda _: page)(rf.head("/"))
    assert (response.content, response["Content-Length"]) == (b"", "4")
    assert HeadMiddleware(lambda _: HttpResponse(b"page"))(rf.get("/")).content == b"page"


@pytest.mark.parametrize("path", ["/videos/", "/songs/", "/account/", "/admin/", "/nothing/"])
def test_pages_are_stored_by_no_shared_cache_and_looked_at_again(client, path):
    client.force_login(an_operator())
    assert client.get(path)["Cache-Control"].startswith(("private, no-cache", "max-age=0"))


@pytest.mark.parametrize("path", ["/account/keys/", "/account/webhooks/"])
def test_pages_with_a_key_are_not_stored_at_all(client, path):
    client.force_login(a_user())
    assert "no-store" in client.get(path)["Cache-Control"]


HTMX = {"HX-Request": "true"}


@pytest.mark.parametrize(
    "page",
    ["/videos/", "/songs/?q=x", "/videos/new/preview/?song=1", "/videos/new/song/1/",
     "/videos/new/credits/kie/", "/videos/8f14e45f-ceea-467a-9575-6d0f3b1c2a11/status/"],
)  # fmt: skip
def test_a_script_of_a_page_whose_session_ended_gets_no_page_to_swap_in(client, page):
    response = client.get(page, headers=HTMX)
    assert (response.status_code, response.content) == (401, b"")
    assert "Location" not in response
    assert "no-store" in response["Cache-Control"]
    assert client.get(page).status_code == 302


@pytest.mark.parametrize("checks", [False, True])
def test_an_htmx_form_of_an_ended_session_changes_nothing(checks):
    video = a_finished_video()
    response = Client(enforce_csrf_checks=checks).post(
        f"/videos/{video.pk}/visibility/", {"visibility": "public"}, headers=HTMX
    )
    video.refresh_from_db()
    assert (response.status_code, response.content) == (401, b"")
    assert video.visibility == "private"


def test_an_htmx_form_with_an_old_token_is_refused_as_such():
    video = a_finished_video()
    client = Client(enforce_csrf_checks=True)
    client.force_login(video.owner)
    response = client.post(f"/videos/{video.pk}/visibility/", {"visibility": "x"}, headers=HTMX)
    assert response.status_code == 403


def test_a_person_with_a_session_is_answered_as_ever(client):
    client.force_login(a_user())
    assert client.get("/videos/", headers=HTMX).status_code == 200
    assert client.get("/nothing/", headers=HTMX).status_code == 404


def test_after_the_log_in_the_way_back_leads_to_a_page_and_not_to_a_form_s_address(client):
    video = a_finished_video()
    page = f"/videos/{video.pk}/"
    response = client.post(f"{page}delete/", headers={"Referer": f"http://testserver{page}"})
    assert response["Location"] == f"/accounts/login/?next={page}"
    response = client.post(f"{page}delete/", headers={"Referer": "https://evil.example/x"})
    assert response["Location"] == f"/accounts/login/?next={page}delete/"
