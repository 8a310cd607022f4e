"""The share page, the film and the poster: access, and the metadata of previews."""

import re

import pytest

from tests.factories import a_failed_video, a_finished_video, a_playable_track, a_user, a_video
from videos.models import User, Video

pytestmark = pytest.mark.django_db
PAGES = ["", "video.mp4", "poster.jpg"]


def body_of(response) -> bytes:
    return b"".join(response) if response.streaming else response.content


def fetch(client, video, page="", **headers):
    """Return everything that a response reveals, except CSRF tokens and its own address."""
    slug = video.slug if isinstance(video, Video) else video
    response = client.get(f"/v/{slug}/{page}", headers=headers)
    text = re.sub(rb"[a-zA-Z0-9]{64}", b"token", body_of(response))
    if response.status_code == 404:  # the log-in that it offers leads back to the address
        text = text.replace(slug.encode(), b"slug")
    cookies = {name: dict(cookie) for name, cookie in response.cookies.items()}
    return response.status_code, text, dict(response.headers), cookies


@pytest.mark.parametrize("visibility", ["unlisted", "public"])
@pytest.mark.parametrize("page", PAGES)
def test_anybody_with_the_link_sees_a_shared_video(client, visibility, page):
    video = a_finished_video(visibility=visibility)
    status, body, _headers, _cookies = fetch(client, video, page)
    assert status == 200
    assert body


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("logged_in", [False, True])
def test_what_may_not_be_seen_and_what_is_not_there_answer_alike(client, page, logged_in):
    if logged_in:
        client.force_login(a_user())
    unknown = fetch(client, "A" * 22, page)
    assert unknown[0] == 404
    track = a_playable_track()
    for video in (
        a_finished_video(visibility="private"),
        a_video(track=track, visibility="public"),
        a_failed_video(visibility="unlisted"),
    ):
        assert fetch(client, video, page) == unknown
        assert fetch(client, video, page, Range="bytes=0-1") == unknown
        assert fetch(client, video, page, If_None_Match="*") == unknown


@pytest.mark.parametrize("page", PAGES)
def test_its_owner_sees_a_private_one(client, page):
    video = a_finished_video()
    client.force_login(video.owner)
    status, _body, headers, _cookies = fetch(client, video, page)
    assert status == 200
    if page:
        assert headers["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize("page", PAGES)
def test_what_a_deactivated_person_shared_is_gone_until_they_are_back(client, page):
    video = a_finished_video(visibility="public")
    for is_active, status in ((False, 404), (True, 200)):
        User.objects.update(is_active=is_active)
        assert fetch(client, video, page)[0] == status
        assert (str(video.slug) in client.get("/").content.decode()) == is_active


@pytest.mark.parametrize("page", PAGES[1:])
def test_a_film_that_was_shared_is_gone_when_it_is_private_again(client, page):
    video = a_finished_video(visibility="public")
    first = client.get(f"/v/{video.slug}/{page}")
    assert body_of(first)
    assert "no-cache" in first["Cache-Control"]
    video.visibility = "private"
    video.save(update_fields=["visibility"])
    assert fetch(client, video, page, If_None_Match=first["ETag"])[0] == 404


def test_its_owner_is_led_to_one_that_is_not_ready(client):
    video = a_video()
    client.force_login(video.owner)
    assert client.get(f"/v/{video.slug}/")["Location"] == f"/videos/{video.pk}/"


def test_its_owner_is_told_so(client):
    video = a_finished_video(visibility="public")
    assert client.get(f"/v/{video.slug}/").context["is_owner"] is False
    client.force_login(video.owner)
    assert client.get(f"/v/{video.slug}/").context["is_owner"] is True


def test_it_plays_the_film_with_its_lyrics(client):
    track = a_playable_track(lyrics="[00:00.10]first & last")
    video = a_finished_video(track.music_task.owner, track, visibility="public")
    body = client.get(f"/v/{video.slug}/").content.decode()
    assert f'src="/v/{video.slug}/video.mp4"' in body
    assert "first &amp; last" in body


def meta_tags(body: str) -> dict[str, str]:
    return dict(re.findall(r'<meta (?:name|property)="([^"]+)" content="([^"]*)">', body))


def test_only_public_videos_are_for_search_engines(client):
    for visibility, robots in (("public", None), ("unlisted", "noindex")):
        video = a_finished_video(visibility=visibility)
        assert meta_tags(client.get(f"/v/{video.slug}/").content.decode()).get("robots") == robots


def test_the_page_costs_few_queries(client, django_assert_max_num_queries):
    video = a_finished_video(visibility="public")
    with django_assert_max_num_queries(1):
        client.get(f"/v/{video.slug}/")
    with django_assert_max_num_queries(1):
        body_of(client.get(f"/v/{video.slug}/video.mp4"))


def test_a_bare_film_may_be_framed_and_its_page_may_not(client):
    video = a_finished_video(visibility="public")
    film = client.get(f"/v/{video.slug}/video.mp4")
    assert body_of(film)
    assert "frame-ancestors *" in film["Content-Security-Policy"]
    assert "X-Frame-Options" not in film
    page = client.get(f"/v/{video.slug}/")
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]
    assert page["X-Frame-Options"] == "DENY"
