"""The front page."""

import re

import pytest
from django.contrib.staticfiles import finders
from PIL import Image

from tests.factories import a_finished_video, a_track, a_user, a_video

pytestmark = pytest.mark.django_db


def test_it_shows_the_latest_public_videos_to_anybody(client):
    shown = [a_finished_video(visibility="public") for _ in range(2)]
    for visibility in ("private", "unlisted"):
        a_finished_video(visibility=visibility)
    a_video(visibility="public")
    response = client.get("/")
    assert response.status_code == 200
    assert list(response.context["videos"]) == shown[::-1]


def test_it_shows_all_of_them_in_pages(client):
    owner = a_user()
    track = a_track(owner)
    slugs = [a_finished_video(owner, track, visibility="public").slug for _ in range(13)][::-1]
    first = client.get("/")
    assert [video.slug for video in first.context["videos"]] == slugs[:12]
    assert first["X-Robots-Tag"] == "all"
    link = re.search(r'href="(/\?after=[^"]+)"', first.text)
    last = client.get(link[1])
    assert [video.slug for video in last.context["videos"]] == slugs[12:]
    assert "Songs, made visible" not in last.text.partition("<footer")[0]
    assert last["X-Robots-Tag"] == "noindex"
    assert 'href="/?after=' not in last.text
    assert client.get("/?after=guessed").context["is_first"]


def test_its_film_and_its_preview_are_there(client):
    page = client.get("/").text
    for name in ("lanterns.mp4", "lanterns.webp", "lanterns.vtt"):
        assert f"/static/film/{name}" in page
        assert finders.find(f"film/{name}")
    with Image.open(finders.find("film/lanterns-preview.jpg")) as preview:
        assert preview.size == (1200, 630)
    assert 'property="og:image:width" content="1200"' in page


def test_it_costs_one_query_for_a_visitor(client, django_assert_num_queries):
    for _ in range(5):
        a_finished_video(visibility="public")
    with django_assert_num_queries(1):
        client.get("/")


def test_a_creator_finds_the_way_to_the_library(client):
    client.force_login(a_user())
    assert 'href="/videos/"' in client.get("/").content.decode()


def test_it_cannot_be_posted_to(client):
    assert client.post("/").status_code == 405
