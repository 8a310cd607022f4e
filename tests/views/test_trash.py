"""The trash of a person, and the undo of a deletion."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import a_finished_video, a_user, a_video
from videos.keyset import PAGE_SIZE
from videos.models import Video

pytestmark = pytest.mark.django_db


@pytest.fixture
def film(client):
    film = a_finished_video(visibility="unlisted")
    client.force_login(film.owner)
    return film


def delete(client, film):
    return client.post(f"/videos/{film.pk}/delete/", follow=True)


def test_a_deleted_film_can_be_taken_back_at_once(client, film):
    page = delete(client, film)
    assert "is in the trash for 7 days" in page.text
    assert f'action="/videos/{film.pk}/restore/"' in page.text
    assert client.get(f"/v/{film.slug}/").status_code == 404
    back = client.post(f"/videos/{film.pk}/restore/", follow=True)
    assert "The video is back, with its link." in back.text
    assert client.get(f"/v/{film.slug}/").status_code == 200


def test_the_trash_lists_what_is_in_it(client, film):
    delete(client, film)
    assert film.title in client.get("/videos/trash/").text
    assert "1 video in the trash" in client.get("/videos/").text
    client.post(f"/videos/{film.pk}/restore/")
    assert "The trash is empty." in client.get("/videos/trash/").text


def test_a_full_trash_is_listed_page_by_page_what_was_deleted_last_first(client, film):
    now = timezone.now()
    Video.objects.bulk_create(
        Video(
            owner=film.owner,
            track=film.track,
            author=f"Film {number:02}",
            deleted_at=now - timedelta(minutes=number),
        )
        for number in range(PAGE_SIZE + 1)
    )
    first = client.get("/videos/trash/")
    assert [video.author for video in first.context["videos"]] == [
        f"Film {number:02}" for number in range(PAGE_SIZE)
    ]
    rest = client.get(f"/videos/trash/?after={first.context['next_page']}")
    assert [video.author for video in rest.context["videos"]] == [f"Film {PAGE_SIZE}"]
    assert "Load more" not in rest.text


def test_a_film_in_the_trash_can_be_deleted_for_good(client, film):
    delete(client, film)
    client.post(f"/videos/{film.pk}/purge/")
    assert not Video.with_trash.exists()


def test_a_film_that_is_not_in_the_trash_is_not_deleted_for_good(client, film):
    assert client.post(f"/videos/{film.pk}/purge/").status_code == 404
    assert Video.objects.exists()


def test_a_trash_is_one_s_own(client, film):
    delete(client, film)
    client.force_login(a_user())
    assert film.title not in client.get("/videos/trash/").text
    for verb in ("restore", "purge"):
        assert client.post(f"/videos/{film.pk}/{verb}/").status_code == 404
    assert film.title not in client.get("/videos/", {"deleted": film.pk}).text


def test_what_has_no_film_goes_at_once(client, film):
    waiting = a_video(film.owner)
    assert "The video was deleted." in delete(client, waiting).text
    assert Video.with_trash.get() == film


@pytest.mark.parametrize("value", ["", "x", "00000000-0000-0000-0000-000000000000"])
def test_a_wrong_address_of_the_library_shows_it_as_ever(client, film, value):
    page = client.get("/videos/", {"deleted": value})
    assert page.status_code == 200
    assert "undo-delete" not in page.text
