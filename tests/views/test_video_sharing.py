"""The part of an owner's page about who may watch a video, and its forms."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import a_finished_video, a_playable_track, a_user, a_video
from videos.models import Video
from videos.statuses import Visibility

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def video():
    return a_video(track=a_playable_track())


@pytest.fixture
def me(client, video):
    client.force_login(video.owner)
    return video.owner


@pytest.mark.parametrize("form", ["password", "end", "permissions"])
def test_strangers_change_nothing(client, form):
    video = a_finished_video(visibility="public")
    before = Video.objects.values().get()
    client.force_login(a_user())
    data = {"password": "another one", "days": "1", "download_allowed": "on"}
    assert client.post(f"/videos/{video.pk}/{form}/", data).status_code == 404
    assert Video.objects.values().get() == before


@pytest.mark.parametrize("visibility", Visibility.values)
def test_its_visibility_can_be_chosen(client, me, video, visibility):
    client.post(f"/videos/{video.pk}/visibility/", {"visibility": visibility})
    video.refresh_from_db()
    assert video.visibility == visibility


@pytest.mark.parametrize("visibility", Visibility.values)
def test_a_choice_is_saved_as_soon_as_it_is_made_and_a_link_is_there_when_it_works(
    client, me, visibility
):
    ready = a_finished_video(me)
    headers = {"HX-Request": "true"}
    address = f"/videos/{ready.pk}/visibility/"
    part = client.post(address, {"visibility": visibility}, headers=headers)
    assert 'id="sharing"' in part.text
    assert 'hx-sync="this:queue last"' in part.text  # one after the other: the last one counts
    assert "<html" not in part.text
    link = re.search(r'id="share-url"[^>]* value="https?://[^/]*([^"]*)"', part.text)
    assert bool(link) == (visibility != Visibility.PRIVATE)
    client.logout()
    if link:
        assert client.get(link[1]).status_code == 200


def test_its_owner_decides_whether_others_may_embed_and_download(client, me):
    ready = a_finished_video(me, visibility="public")
    address = f"/videos/{ready.pk}/permissions/"
    assert address in client.get(f"/videos/{ready.pk}/").text
    answer = client.post(address, {"download_allowed": "on"}, headers=HTMX)
    assert re.search(r'id="permissions-status" role="status">\s*Saved\.', answer.text)
    ready.refresh_from_db()
    assert (ready.embedding_allowed, ready.download_allowed) == (False, True)
    plain = client.post(address, {"embedding_allowed": "on", "visibility": "private"})
    assert plain["Location"] == f"/videos/{ready.pk}/"
    ready.refresh_from_db()
    assert (ready.embedding_allowed, ready.download_allowed) == (True, False)
    assert ready.visibility == "public"


@pytest.mark.parametrize("data", [{}, {"visibility": "all"}])
def test_no_other_visibility_can(client, me, video, data):
    response = client.post(f"/videos/{video.pk}/visibility/", data, follow=True)
    assert [m.level_tag for m in response.context["messages"]] == ["error"]
    video.refresh_from_db()
    assert video.visibility == Visibility.PRIVATE


def test_a_password_is_there_at_once_and_shown_once(client, me):
    ready = a_finished_video(me)
    part = client.post(f"/videos/{ready.pk}/visibility/", {"visibility": "password"}, headers=HTMX)
    password = re.search(r'id="video-password" type="text" value="([^"]+)"', part.text)[1]
    assert "no-store" in part["Cache-Control"]
    ready.refresh_from_db()
    assert ready.check_password(password)
    assert password not in client.get(f"/videos/{ready.pk}/").text
    assert "the link and the password can watch it now" in part.text


def test_browsers_without_scripts_show_it_too(client, me):
    ready = a_finished_video(me)
    address = f"/videos/{ready.pk}/visibility/"
    page = client.post(address, {"visibility": "password"}, follow=True)
    password = re.search(r"The password is ([a-z2-9-]{14}) –", page.text)[1]
    ready.refresh_from_db()
    assert ready.check_password(password)


def test_an_owner_chooses_another_password(client, me):
    ready = a_finished_video(me, visibility="password")
    address = f"/videos/{ready.pk}/password/"
    assert address in client.get(f"/videos/{ready.pk}/").text
    part = client.post(address, {"password": "Tulip & boat"}, headers=HTMX)
    assert 'value="Tulip &amp; boat"' in part.text
    ready.refresh_from_db()
    assert ready.check_password("Tulip & boat")
    short = client.post(address, {"password": "x"}, headers=HTMX)
    assert "at least 6 characters" in short.text
    plain = client.post(address, {"password": "x"}, follow=True)
    assert "at least 6 characters" in plain.text
    ready.refresh_from_db()
    assert ready.check_password("Tulip & boat")


def test_an_owner_sets_and_lifts_the_end(client, me):
    ready = a_finished_video(me, visibility="unlisted")
    address = f"/videos/{ready.pk}/end/"
    part = client.post(address, {"days": "1"}, headers=HTMX)
    ready.refresh_from_db()
    assert timedelta(hours=23) < ready.shared_until - timezone.now() < timedelta(hours=25)
    assert "It ends:" in part.text
    error = client.post(address, {"moment": "2020-01-01T00:00"}, headers=HTMX)
    assert "That is over already." in error.text
    Video.objects.update(shared_until=timezone.now())
    page = client.get(f"/videos/{ready.pk}/").text
    assert "Only you can watch it now: its time is over." in page
    assert "It ended:" in page
    assert "Sharing ended" in client.get("/videos/").text
    assert client.post(address, {"days": ""})["Location"] == f"/videos/{ready.pk}/"
    ready.refresh_from_db()
    assert ready.shared_until is None
