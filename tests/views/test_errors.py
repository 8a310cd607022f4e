"""Error pages."""

import re

import pytest
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import path, reverse

from suno_portal import urls as site
from tests.factories import PASSWORD, a_finished_video, a_user, a_video
from videos.views import errors

pytestmark = pytest.mark.django_db


def broken(request):
    raise RuntimeError("secret")


def refused(request):
    raise PermissionDenied("secret")


urlpatterns = [
    path("broken", login_not_required(broken)),
    path("refused", login_not_required(refused)),
    *site.urlpatterns,
]
handler403, handler500 = errors.forbidden, errors.server_error


@pytest.mark.parametrize("logged_in", [False, True])
def test_an_unknown_address_gets_a_page_of_ours(client, logged_in):
    if logged_in:
        client.force_login(a_user())
    response = client.get("/no/such/<page>")
    body = response.content.decode()
    assert response.status_code == 404
    assert "<h1" in body
    assert 'href="/"' in body
    assert "such" not in body


@pytest.mark.urls(__name__)
@pytest.mark.parametrize(("page", "status"), [("/broken", 500), ("/refused", 403)])
def test_what_broke_stays_our_secret(page, status):
    response = Client(raise_request_exception=False).get(page)
    assert response.status_code == status
    assert b"secret" not in response.content
    assert b"<h1" in response.content
    assert b'href="/"' in response.content


def test_the_last_resort_needs_nothing(rf, django_assert_num_queries, settings):
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "OPTIONS": {}}]
    with django_assert_num_queries(0):
        response = errors.server_error(rf.get("/"))
    assert (response.status_code, b"<h1" in response.content) == (500, True)


def test_a_form_without_its_token_gets_a_page_of_ours():
    client = Client(enforce_csrf_checks=True)
    response = client.post("/accounts/login/", {"login": "a@b.example", "password": "x"})
    assert response.status_code == 403
    assert next(t.name for t in response.templates) == "403_csrf.html"


def test_more_files_than_any_form_has_get_a_page_of_ours(client):
    client.force_login(a_user())
    files = {f"file{n}": SimpleUploadedFile("a.txt", b"x") for n in range(40)}
    response = client.post("/songs/new/", files)
    assert response.status_code == 400
    assert b"<h1" in response.content


def share_pages() -> list[str]:
    """Return addresses of share pages that a visitor cannot open, each for another reason."""
    closed = a_finished_video(visibility="public")
    closed.owner.is_active = False
    closed.owner.save(update_fields=["is_active"])
    slugs = [
        a_finished_video().slug,
        a_video(visibility="public").slug,
        closed.slug,
        "A" * 22,
        "x",
        "no such slug!",
        "a/b/c",
    ]
    return [f"/v/{slug}/{end}" for slug in slugs for end in ("", "video.mp4", "poster.jpg")]


def test_every_404_of_share_pages_offers_the_log_in_and_is_alike(client):
    pages = share_pages()
    bodies = set()
    for page in pages:
        response = client.get(page)
        assert response.status_code == 404, page
        way_back = reverse("account_login", query={"next": response.wsgi_request.get_full_path()})
        assert f'href="{way_back}"' in response.content.decode(), page
        bodies.add(response.content.decode().replace(way_back, ""))
    assert len(bodies) == 1


def test_whether_a_hidden_video_exists_takes_no_other_query(client, django_assert_num_queries):
    for slug in (a_finished_video().slug, "A" * 22):
        with django_assert_num_queries(2):
            assert client.get(f"/v/{slug}/").status_code == 404


def test_who_has_logged_in_is_not_sent_to_the_log_in(client):
    client.force_login(a_user())
    for page in share_pages():
        response = client.get(page)
        assert response.status_code == 404
        assert b"/accounts/login/" not in response.content


def test_an_address_outside_the_share_pages_offers_no_log_in(client):
    assert b"/accounts/login/" not in client.get("/no/such/page").content


def old_tab(path: str) -> tuple[Client, dict[str, str]]:
    """Return a browser, and the fields of a form at ``path`` that it opened before a log-in."""
    client = Client(enforce_csrf_checks=True)
    token = client.get(path).context["csrf_token"]
    return client, {"csrfmiddlewaretoken": str(token)}


def log_in_elsewhere(client: Client) -> None:
    user = a_user("ann@example.com")
    token = client.get("/accounts/login/").context["csrf_token"]
    fields = {"login": user.email, "password": PASSWORD, "csrfmiddlewaretoken": token}
    assert client.post("/accounts/login/", fields).status_code == 302


@pytest.mark.parametrize("page", ["/accounts/login/", "/accounts/signup/"])
@pytest.mark.parametrize(
    ("destination", "location"),
    [("/songs/", "/songs/"), ("", "/videos/"), ("https://evil.example/", "/videos/")],
)
def test_a_log_in_after_one_in_another_tab_leads_on(page, destination, location):
    client, fields = old_tab(page)
    log_in_elsewhere(client)
    response = client.post(page, {**fields, "login": "ann@example.com", "next": destination})
    assert (response.status_code, response["Location"]) == (302, location)


def test_a_log_out_after_one_in_another_tab_leads_on():
    client, _ = old_tab("/accounts/login/")
    log_in_elsewhere(client)
    fields = {"csrfmiddlewaretoken": str(client.get("/accounts/logout/").context["csrf_token"])}
    client.post("/accounts/logout/", fields)
    response = client.post("/accounts/logout/", {"csrfmiddlewaretoken": "x" * 32})
    assert (response.status_code, response["Location"]) == (302, "/")


def test_an_old_form_says_that_nothing_changed_and_leads_back_to_it():
    client, fields = old_tab("/accounts/login/")
    log_in_elsewhere(client)
    referer = "http://testserver/account/keys/?a=1#b"
    response = client.post("/account/keys/", fields, headers={"Referer": referer})
    body = response.content.decode()
    assert response.status_code == 403
    assert "nothing was changed" in body
    assert "cookies" not in body
    assert 'href="/account/keys/?a=1"' in body
    assert "js/drafts.js" in body


@pytest.mark.parametrize("referer", ["", "https://evil.example/", "javascript:alert(1)"])
def test_an_old_form_leads_to_no_other_site(referer):
    client, fields = old_tab("/accounts/login/")
    log_in_elsewhere(client)
    response = client.post("/account/keys/", fields, headers={"Referer": referer})
    assert response.status_code == 403
    assert re.findall('<a [^>]*href="([^"]*)"', response.content.decode()) == ["/"]


def test_a_browser_without_cookies_learns_that_they_are_needed():
    client = Client(enforce_csrf_checks=True)
    body = client.post("/accounts/login/", {"login": "a@b.example"}).content.decode()
    assert "Allow them for this site" in body
