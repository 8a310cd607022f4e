"""Requests with a session, and without one."""

import pytest
from django.test import Client

from tests.factories import a_finished_video, a_user

pytestmark = pytest.mark.django_db

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
