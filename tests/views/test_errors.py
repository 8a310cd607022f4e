"""Error pages."""

import pytest
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import path

from suno_portal import urls as site
from tests.factories import a_user
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
    files = {f"file{n}": SimpleUploadedFile("a.txt", b"x") for n in range(9)}
    response = client.post("/songs/new/", files)
    assert response.status_code == 400
    assert b"<h1" in response.content
