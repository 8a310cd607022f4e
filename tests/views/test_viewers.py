"""Who may be counted: whoever may watch."""

import pytest
from django.test import Client

from tests.factories import a_finished_video, a_video
from videos.models import ViewCount

pytestmark = pytest.mark.django_db
BROWSER = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"}


def test_a_view_is_counted_without_a_token_and_nothing_is_answered():
    video = a_finished_video(visibility="unlisted")
    client = Client(enforce_csrf_checks=True)
    response = client.post(f"/v/{video.slug}/view/embed/", headers=BROWSER)
    assert (response.status_code, response.content) == (204, b"")
    assert response["Cache-Control"] == "no-store"
    assert ViewCount.objects.get().count == 1
    assert client.get(f"/v/{video.slug}/view/embed/").status_code == 405
    assert client.post(f"/v/{video.slug}/view/other/").status_code == 404


@pytest.mark.parametrize("visibility", ["private", "password"])
def test_what_may_not_be_watched_has_no_views(client, visibility):
    video = a_finished_video(visibility=visibility)
    assert client.post(f"/v/{video.slug}/view/page/", headers=BROWSER).status_code == 404
    assert not ViewCount.objects.exists()


def test_neither_has_what_is_not_made_yet(client):
    video = a_video(visibility="public")
    client.force_login(video.owner)
    assert client.post(f"/v/{video.slug}/view/page/", headers=BROWSER).status_code == 404
