"""What owners take along with a film."""

import pytest

from tests.factories import a_finished_video, a_playable_track, a_user, a_video
from videos.providers.registry import builtin

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def stills():
    builtin().stills.close()
    yield
    builtin().stills.close()


@pytest.fixture
def video(client):
    video = a_finished_video(track=a_playable_track(title="Night Train"))
    client.force_login(video.owner)
    return video


def test_both_are_saved_under_the_title_and_offered_on_the_page(client, video, settings):
    settings.RATION_MOVING_PREVIEWS = [1, 100, 60]
    page = client.get(f"/videos/{video.pk}/").content.decode()
    for name in ("thumbnail.jpg", "teaser.mp4"):
        assert f'href="/videos/{video.pk}/{name}"' in page
    picture = client.get(f"/videos/{video.pk}/thumbnail.jpg")
    assert picture["Content-Type"] == "image/jpeg"
    assert "Night Train - Ada (thumbnail).jpg" in picture["Content-Disposition"]
    for _ in range(2):  # the second time it is cached, and costs nothing of the ration
        film = client.get(f"/videos/{video.pk}/teaser.mp4")
        assert film["Content-Type"] == "video/mp4"
        assert "Night Train - Ada (teaser).mp4" in film["Content-Disposition"]
        assert b"".join(film.streaming_content)[4:8] == b"ftyp"


@pytest.mark.parametrize("name", ["thumbnail.jpg", "teaser.mp4"])
def test_they_are_there_for_the_owner_of_a_film_only(client, video, name):
    unfinished = a_video(video.owner)
    assert client.get(f"/videos/{unfinished.pk}/{name}").status_code == 404
    assert client.post(f"/videos/{video.pk}/{name}").status_code == 405
    client.force_login(a_user())
    assert client.get(f"/videos/{video.pk}/{name}").status_code == 404
    client.logout()
    assert client.get(f"/videos/{video.pk}/{name}").status_code == 302


@pytest.mark.parametrize("name", ["thumbnail.jpg", "teaser.mp4"])
def test_what_cannot_be_made_is_told_on_the_page(client, video, name, tmp_path, monkeypatch):
    monkeypatch.setattr("videos.render.sandbox.child_process.ROOT", tmp_path)
    page = client.get(f"/videos/{video.pk}/{name}", follow=True)
    assert page.redirect_chain[-1][0] == f"/videos/{video.pk}/"
    assert "could not be made" in page.content.decode()
    builtin().stills.close()


def test_nobody_may_have_them_made_without_end(client, video, settings):
    settings.RATION_MOVING_PREVIEWS = settings.RATION_PREVIEWS = [1, 100, 60]
    client.get(f"/videos/{video.pk}/thumbnail.jpg")
    page = client.get(f"/videos/{video.pk}/thumbnail.jpg", follow=True)
    assert "That was too much in a short time" in page.content.decode()
