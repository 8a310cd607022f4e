"""Pages load the smallest picture that is there."""

import pytest

from tests.factories import a_finished_video, a_playable_track, a_track, a_video
from videos.pipeline import pictures
from videos.templatetags.pictures import list_picture_url, poster_url, small_cover_url

pytestmark = pytest.mark.django_db


def test_small_pictures_are_shown_once_they_are_there(client):
    video, track = a_finished_video(visibility="public"), a_playable_track()
    base = f"/v/{video.slug}"
    assert {list_picture_url(video), poster_url(video)} == {f"{base}/poster.jpg"}
    assert small_cover_url(track) == f"/songs/{track.pk}/cover/"
    pictures.make_next()
    video.refresh_from_db()
    track.refresh_from_db()
    assert list_picture_url(video) == f"{base}/thumbnail.webp"
    assert poster_url(video) == f"{base}/poster.webp"
    assert small_cover_url(track) == f"/songs/{track.pk}/thumbnail.webp"
    assert "poster.jpg" not in client.get("/").text + client.get(f"{base}/").text
    client.force_login(track.music_task.owner)
    assert f"/songs/{track.pk}/cover/" not in client.get("/songs/").text


def test_without_a_picture_there_is_no_address():
    assert list_picture_url(a_video()) == ""
    assert small_cover_url(a_track()) == ""
