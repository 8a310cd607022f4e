"""Another film like one that is there, from its page."""

import pytest

from tests.factories import a_finished_video, a_playable_track, a_track
from videos.models import Video

pytestmark = pytest.mark.django_db


@pytest.fixture
def film(client):
    film = a_finished_video(track=a_playable_track())
    client.force_login(film.owner)
    return film


def remake(client, film, **data):
    return client.post(f"/videos/{film.pk}/remake/", data)


def test_it_is_ordered_and_shown(client, film):
    answer = remake(client, film, format="9:16", takes_address="1")
    made = Video.objects.exclude(pk=film.pk).get()
    assert answer["Location"] == made.get_absolute_url()
    assert (made.format, made.replaces) == ("9:16", film)
    assert remake(client, film, format="9:16")["Location"] == made.get_absolute_url()


@pytest.mark.parametrize("data", [{"format": "4:3"}, {"look": "x"}])
def test_what_cannot_be_made_is_a_sentence(client, film, data):
    answer = client.post(f"/videos/{film.pk}/remake/", data, follow=True)
    assert "Such a film cannot be made of this song." in answer.text
    assert Video.objects.count() == 1


def test_a_song_without_sound_has_no_other_film(client, film):
    Video.objects.update(track=a_track(film.owner))
    assert "cannot be made" in client.post(f"/videos/{film.pk}/remake/", follow=True).text


def test_who_has_spent_the_quota_reads_so(client, film, settings):
    settings.MAX_UNFINISHED_VIDEOS = 1
    remake(client, film, format="1:1")
    answer = client.post(f"/videos/{film.pk}/remake/", {"format": "9:16"}, follow=True)
    assert "videos in the making" in answer.text
    assert Video.objects.count() == 2
