"""The page that visitors of a video with a password get until they have entered it."""

import pytest
from django.test import Client

from tests.factories import a_finished_video, a_playable_track
from videos.models import Video
from videos.share.password import COOKIE

pytestmark = pytest.mark.django_db


@pytest.fixture
def video() -> Video:
    track = a_playable_track(title="Nightingale")
    video = a_finished_video(track.music_task.owner, track, visibility="password")
    video.set_password("tulip boat")
    return video


def enter(client: Client, video: Video, password: str = "tulip boat", query: str = ""):
    return client.post(f"/v/{video.slug}/{query}", {"password": password})


def test_the_password_opens_the_page_at_the_moment_of_the_link(client, video):
    page = client.get(f"/v/{video.slug}/?t=30")
    assert "Nightingale" not in page.text
    assert '<meta name="robots" content="noindex">' in page.text
    answer = enter(client, video, query="?t=30")
    assert (answer.status_code, answer["Location"]) == (302, f"/v/{video.slug}/?t=30")
    assert "Nightingale" in client.get(answer["Location"]).text
    film = client.get(f"/v/{video.slug}/video.mp4")
    assert film.getvalue()
    assert film["Cache-Control"] == "private, no-cache"
    assert set(client.cookies) >= {COOKIE}
    assert "embed" not in client.get(f"/v/{video.slug}/").text.lower().replace("embed.css", "")


def test_a_wrong_one_does_not_and_says_so(client, video):
    answer = enter(client, video, "tulip boot")
    assert answer.status_code == 200
    assert "This is not the password of this video." in answer.text
    assert COOKIE not in answer.cookies
    assert client.get(f"/v/{video.slug}/video.mp4").status_code == 404


def test_a_changed_password_ends_what_browsers_remember(client, video):
    enter(client, video)
    assert "Nightingale" in client.get(f"/v/{video.slug}/").text
    first = client.get(f"/v/{video.slug}/")
    video.set_password("another one")
    again = client.get(f"/v/{video.slug}/", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 200
    assert "Nightingale" not in again.text
    enter(client, video, "another one")
    assert "Nightingale" in client.get(f"/v/{video.slug}/").text


def test_the_form_is_not_taken_without_its_token(video):
    client = Client(enforce_csrf_checks=True)
    assert enter(client, video).status_code == 403


def test_a_form_that_nobody_needs_any_more_leads_to_the_page(client, video):
    client.force_login(video.owner)
    answer = enter(client, video, "wrong")
    assert answer["Location"] == f"/v/{video.slug}/"
    assert COOKIE not in answer.cookies
