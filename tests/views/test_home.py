"""The front page."""

import pytest

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


def test_it_shows_twelve_at_most(client):
    owner = a_user()
    track = a_track(owner)
    for _ in range(13):
        a_finished_video(owner, track, visibility="public")
    assert len(client.get("/").context["videos"]) == 12


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
