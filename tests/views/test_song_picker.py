"""The songs in the form of a new video: a page of them, searched, the selected one always there."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import a_playable_track, a_user
from videos.keyset import PAGE_SIZE

pytestmark = pytest.mark.django_db


@pytest.fixture
def me(client):
    user = a_user()
    client.force_login(user)
    return user


def songs_in(page: str) -> list[str]:
    return re.findall(r'name="song" value="[0-9]+"[^>]*data-title="([^"]+)"', page)


def selected_in(page: str) -> list[str]:
    return re.findall(r'name="song" value="[0-9]+" required checked\s+data-title="([^"]+)"', page)


def many_songs(owner, count: int = PAGE_SIZE + 3):
    return [a_playable_track(owner, title=f"Song {number:03}") for number in range(count)]


def test_the_newest_songs_are_offered_and_more_by_a_link(client, me):
    many_songs(me)
    page = client.get("/videos/new/").content.decode()
    assert songs_in(page) == [f"Song {n:03}" for n in range(PAGE_SIZE + 2, 2, -1)]
    assert selected_in(page) == [f"Song {PAGE_SIZE + 2:03}"]
    more = re.search(r'hx-get="(/videos/new/songs/\?after=[^"]+)"', page)[1]
    rest = client.get(more).content.decode()
    assert songs_in(rest) == ["Song 002", "Song 001", "Song 000"]
    assert selected_in(rest) == []  # another song is selected on the first page
    assert "after=" not in rest


def test_the_song_that_is_selected_comes_first_wherever_it_stands(client, me):
    oldest = many_songs(me)[0]
    page = client.get("/videos/new/", {"song": oldest.pk}).content.decode()
    assert songs_in(page)[0] == "Song 000"
    assert selected_in(page) == ["Song 000"]
    response = client.post("/videos/new/", {"song": oldest.pk, "provider": "nobody"})
    assert selected_in(response.content.decode()) == ["Song 000"]


def test_a_search_finds_and_keeps_what_is_selected(client, me):
    songs = many_songs(me)
    query = {"q": "001", "song": songs[5].pk}
    assert songs_in(client.get("/videos/new/songs/", query).content.decode()) == [
        "Song 005",
        "Song 001",
    ]
    page = client.get("/videos/new/", {"q": "nothing like that"}).content.decode()
    assert songs_in(page) == []
    assert "No song matches “nothing like that”." in page
    assert 'id="song-search"' in page


def test_few_songs_need_no_search(client, me):
    a_playable_track(me, title="Only one")
    page = client.get("/videos/new/").content.decode()
    assert songs_in(page) == ["Only one"]
    assert 'id="song-search"' not in page


def test_nobody_sees_the_songs_of_others(client, me):
    other = a_playable_track(a_user(email="other@example.com"), title="Not mine")
    assert songs_in(client.get("/videos/new/songs/", {"song": other.pk}).content.decode()) == []
    client.logout()
    assert client.get("/videos/new/songs/").status_code == 302


@pytest.mark.parametrize("query", [{"song": "x" * 40}, {"song": "9" * 30}, {"after": "x"}])
def test_odd_parameters_are_as_good_as_none(client, me, query):
    a_playable_track(me, title="Only one")
    assert songs_in(client.get("/videos/new/songs/", query).content.decode()) == ["Only one"]


def test_many_songs_take_as_many_queries_as_few(client, me):
    many_songs(me, 3)
    client.get("/videos/new/")  # fills caches
    with CaptureQueriesContext(connection) as few:
        client.get("/videos/new/")
    many_songs(me, 60)
    with CaptureQueriesContext(connection) as many:
        page = client.get("/videos/new/").content
    assert len(many) == len(few)
    assert len(page) < 120_000
