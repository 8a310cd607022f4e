"""The post kit on a film's page, and its pictures."""

from io import BytesIO

import pytest
from PIL import Image

from tests.factories import a_finished_video, a_playable_track, a_user, a_video

pytestmark = pytest.mark.django_db


@pytest.fixture
def film(client):
    track = a_playable_track(lyrics="[00:00.10]first", duration=9.0)
    film = a_finished_video(track=track, format="9:16")
    client.force_login(film.owner)
    return film


def test_the_page_has_texts_to_copy_captions_and_other_shapes(client, film):
    page = client.get(film.get_absolute_url()).text
    assert 'data-copy-target="post-description"' in page
    assert f"/v/{film.slug}/lyrics.srt" in page
    assert 'name="format" value="16:9"' in page
    assert 'name="format" value="9:16"' not in page
    assert 'name="look" value="wave"' in page


def test_a_shape_that_is_there_or_being_made_is_not_offered(client, film):
    a_video(film.owner, film.track, format="1:1")
    page = client.get(film.get_absolute_url())
    assert [value for value, _ in page.context["other_formats"]] == ["16:9"]


def test_all_films_of_the_song_stand_together(client, film):
    other = a_finished_video(film.owner, film.track, format="1:1", look="wave")
    a_finished_video(film.owner)
    page = client.get(film.get_absolute_url())
    assert list(page.context["siblings"]) == [other, film]
    assert "Wave 1:1" in page.text
    assert f'href="/videos/?song={film.track.pk}"' in page.text


def test_the_page_has_the_lyrics_and_what_the_film_is(client, film):
    page = client.get(film.get_absolute_url()).text
    assert 'class="panel video-lyrics"' in page
    facts = page.split('class="film-facts"')[1].split("</ul>")[0]
    assert "64 × 36" in facts


def test_a_film_in_the_making_has_no_post_kit(client, film):
    waiting = a_video(film.owner, film.track)
    assert "post-kit" not in client.get(waiting.get_absolute_url()).text


def test_a_film_of_an_instrumental_has_no_captions(client, film):
    type(film.track).objects.update(lyrics="")
    assert "lyrics.srt" not in client.get(film.get_absolute_url()).text


@pytest.mark.parametrize(("wide", "size"), [("1", (1280, 720)), ("", (720, 1280))])
def test_pictures_of_any_moment_are_drawn(client, film, wide, size):
    answer = client.get(f"/videos/{film.pk}/moment.jpg", {"at": "30", "wide": wide})
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["Content-Disposition"].startswith("attachment")
    assert Image.open(BytesIO(answer.content)).size == size


def test_a_moment_may_be_between_two_percent_and_rubbish_is_the_usual_one(client, film):
    address = f"/videos/{film.pk}/moment.jpg"
    usual = client.get(address).content
    for rubbish in ("x", "nan", "-1", "101", "1e9"):
        assert client.get(address, {"at": rubbish}).content == usual
    assert client.get(address, {"at": "80.5"}).content != usual


def test_there_are_no_pictures_of_what_is_not_there_or_a_vendor_made(client, film):
    waiting = a_video(film.owner, film.track)
    assert client.get(f"/videos/{waiting.pk}/moment.jpg").status_code == 404
    type(film).objects.filter(pk=film.pk).update(provider="kie")
    assert client.get(f"/videos/{film.pk}/moment.jpg").status_code == 404
    client.force_login(a_user())
    assert client.get(f"/videos/{film.pk}/moment.jpg").status_code == 404
