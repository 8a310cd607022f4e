"""Share pages of visitors, from memory: the same as made anew, and gone as soon as they must be."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.factories import a_finished_video, a_playable_track, a_user
from videos.models import Video
from videos.views import visitor_pages

pytestmark = pytest.mark.django_db
WITHDRAWN = {
    "private": {"visibility": "private"},
    "password": {"visibility": "password"},
    "ended": {"shared_until": timezone.now() - timedelta(seconds=1)},
    "hidden": {"hidden_at": timezone.now()},
    "in the trash": {"deleted_at": timezone.now()},
    "made again": {"status": "PENDING"},
}


@pytest.fixture(autouse=True)
def empty_memory() -> None:
    visitor_pages.forget_all()


@pytest.fixture
def video() -> Video:
    track = a_playable_track(title="Harbour", lyrics="[00:00.10]One line\n[00:00.50]Another")
    return a_finished_video(track=track, visibility="public")


def page_of(video: Video) -> str:
    return f"/v/{video.slug}/"


def test_the_second_visit_costs_one_query_and_is_the_same(client, video, django_assert_num_queries):
    first = client.get(page_of(video))
    with django_assert_num_queries(1):
        second = client.get(page_of(video))
    assert second.content == first.content
    assert second.headers == first.headers
    assert "Harbour" in second.text


def test_it_has_a_validator(client, video):
    etag = client.get(page_of(video))["ETag"]
    unchanged = client.get(page_of(video), headers={"If-None-Match": etag})
    assert (unchanged.status_code, unchanged.content) == (304, b"")
    head = client.head(page_of(video))
    assert (head.status_code, head.content) == (200, b"")


@pytest.mark.parametrize("state", WITHDRAWN)
def test_what_is_withdrawn_is_refused_at_once(client, video, state):
    assert client.get(page_of(video)).status_code == 200
    Video.objects.filter(pk=video.pk).update(**WITHDRAWN[state])
    response = client.get(page_of(video))
    assert "Harbour" not in response.text
    assert response.status_code == (200 if state == "password" else 404)


def test_so_is_all_of_somebody_who_is_switched_off(client, video):
    assert client.get(page_of(video)).status_code == 200
    video.owner.is_active = False
    video.owner.save(update_fields=["is_active"])
    assert client.get(page_of(video)).status_code == 404


def test_a_change_of_the_video_or_its_song_is_seen_at_once(client, video):
    client.get(page_of(video))
    Video.objects.filter(pk=video.pk).update(author="Grace")
    assert "Grace" in client.get(page_of(video)).text
    video.track.title = "Slow River"
    video.track.save(update_fields=["title"])
    assert "Slow River" in client.get(page_of(video)).text


def test_each_language_has_its_own(client, video):
    english = client.get(page_of(video)).text
    russian = client.get(page_of(video), headers={"Accept-Language": "ru"}).text
    assert 'lang="ru"' in russian
    assert client.get(f"{page_of(video)}?lang=ru").text != english
    assert client.get(page_of(video)).text == english


def test_people_and_visitors_with_cookies_get_their_own(client, video):
    client.get(page_of(video))
    owner = Client()
    owner.force_login(video.owner)
    assert "Manage" in owner.get(page_of(video)).text
    other = Client()
    other.force_login(a_user())
    assert "csrf" in other.get(page_of(video)).text
    assert "Manage" not in client.get(page_of(video)).text


def test_what_it_shows_of_others_is_not_old_for_long(client, video, settings, monkeypatch):
    client.get(page_of(video))
    a_finished_video(video.owner, a_playable_track(video.owner, title="Lanterns"),
                     visibility="public", author=video.author)  # fmt: skip
    assert "Lanterns" not in client.get(page_of(video)).text
    later = visitor_pages.time.monotonic() + settings.VISITOR_PAGE_SECONDS
    monkeypatch.setattr(visitor_pages.time, "monotonic", lambda: later)
    assert "Lanterns" in client.get(page_of(video)).text


@pytest.mark.parametrize("state", WITHDRAWN)
def test_what_is_withdrawn_is_on_no_page_of_another_video_either(client, video, state):
    other = a_finished_video(video.owner, a_playable_track(video.owner, title="Lanterns"),
                             visibility="public", author=video.author)  # fmt: skip
    assert "Lanterns" in client.get(page_of(video)).text
    Video.objects.filter(pk=other.pk).update(**WITHDRAWN[state])
    assert "Lanterns" not in client.get(page_of(video)).text


def test_the_memory_has_an_end(client, monkeypatch):
    monkeypatch.setattr(visitor_pages, "MAX_PAGES", 1)
    films = [a_finished_video(visibility="unlisted") for _ in range(2)]
    for film in films:
        assert client.get(page_of(film)).status_code == 200
    assert len(visitor_pages.stored_pages) == 1


def test_an_unknown_host_is_refused(client, video):
    client.get(page_of(video))
    assert client.get(page_of(video), headers={"Host": "evil.example"}).status_code == 400


@pytest.mark.parametrize("state", WITHDRAWN)
def test_the_leave_to_send_a_film_is_given_from_memory_until_it_is_withdrawn(
    client, video, settings, state, django_assert_num_queries
):
    settings.MEDIA_ACCEL_PREFIX = "/protected/"
    film = f"{page_of(video)}video.mp4"
    first = client.get(film, headers={"Range": "bytes=0-9"})
    with django_assert_num_queries(1):
        second = client.get(film, headers={"Range": "bytes=10-19"})
    assert (
        second["X-Accel-Redirect"] == first["X-Accel-Redirect"] == f"/protected/{video.film.name}"
    )
    assert second.headers == first.headers
    Video.objects.filter(pk=video.pk).update(**WITHDRAWN[state])
    refused = client.get(film, headers={"Range": "bytes=20-29"})
    assert (refused.status_code, refused.has_header("X-Accel-Redirect")) == (404, False)


def test_a_film_that_we_send_ourselves_is_not_stored(client, video):
    film = f"{page_of(video)}video.mp4"
    assert client.head(film).content == b""
    with video.film.open() as file:
        content = file.read()
    assert client.get(film).getvalue() == content
    assert client.get(film, headers={"Range": "bytes=0-9"}).getvalue() == content[:10]
    assert not visitor_pages.stored_pages
