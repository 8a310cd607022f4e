"""What the library does with several videos at once."""

import re

import pytest

from tests.factories import a_finished_video, a_playable_track, a_track, a_user, a_video
from videos.models import Video

pytestmark = pytest.mark.django_db
PAGE = "/videos/bulk/"


@pytest.fixture
def films(client):
    track = a_playable_track()
    client.force_login(track.music_task.owner)
    return [a_finished_video(track=track) for _ in range(2)]


def change(client, videos, action, **data):
    values = {"video": [video.pk for video in videos], "action": action, **data}
    return client.post(PAGE, values, follow=True)


def test_all_are_deleted_and_taken_back_together(client, films):
    waiting = a_video(films[0].owner)
    page = change(client, [*films, waiting], "delete")
    assert "2 videos are in the trash for 7 days." in " ".join(page.text.split())
    assert "1 video without a film was deleted." in page.text
    assert not Video.objects.exists()
    moment = re.search(r'name="deleted" value="([^"]+)"', page.text)[1].replace("&#x2B;", "+")
    other = a_user()
    client.force_login(other)
    client.post("/videos/trash/restore/", {"deleted": moment})
    assert not Video.objects.exists()
    client.force_login(films[0].owner)
    page = client.post("/videos/trash/restore/", {"deleted": moment}, follow=True)
    assert "2 videos are back." in page.text
    assert set(Video.objects.all()) == set(films)


@pytest.mark.parametrize("moment", ["", "x", "2026-01-01", "2026-01-01T00:00:00+00:00"])
def test_an_undo_of_nothing_is_a_sentence(client, films, moment):
    page = client.post("/videos/trash/restore/", {"deleted": moment}, follow=True)
    assert "look into the trash" in page.text


def test_all_are_published_and_the_page_is_the_one_before(client, films):
    page = change(client, films, "visibility", visibility="public", next="/videos/?sort=title")
    assert page.redirect_chain == [("/videos/?sort=title", 302)]
    assert "2 videos are changed." in page.text
    assert set(Video.objects.values_list("visibility", flat=True)) == {"public"}


def test_all_are_made_again_as_far_as_that_is_possible(client, films, settings):
    silent = a_finished_video(films[0].owner, a_track(films[0].owner))
    films[1].format = "9:16"
    films[1].save(update_fields=["format"])
    page = change(client, [*films, silent], "remake")
    assert Video.objects.pending().count() == 2
    assert "1 video is not made again" in page.text
    settings.MAX_UNFINISHED_VIDEOS = 2
    Video.objects.pending().filter(format="9:16").update(format="1:1")
    assert "no more at a time" in change(client, films, "remake").text


def test_those_of_others_stay_as_they_are(client, films):
    other = a_finished_video()
    page = change(client, [other, *films], "delete", next="https://evil.example/")
    assert "not there any more" in page.text
    assert page.redirect_chain == [("/videos/", 302)]
    assert Video.objects.count() == 3
