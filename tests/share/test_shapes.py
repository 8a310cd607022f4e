"""The other shapes of a song, one click apart."""

import pytest

from tests.factories import a_finished_video, a_track, a_user
from videos.models import Video
from videos.share.shapes import other_shapes

pytestmark = pytest.mark.django_db


@pytest.fixture
def video() -> Video:
    owner = a_user()
    return a_finished_video(owner, a_track(owner), visibility="unlisted")


def another(video: Video, format: str, **fields: object) -> Video:
    track = fields.pop("track", video.track)
    return a_finished_video(video.owner, track, format=format, **{"visibility": "public"} | fields)


def test_the_latest_public_film_of_each_other_shape_is_linked(client, video):
    another(video, "9:16")
    tall, square = another(video, "9:16"), another(video, "1:1")
    another(video, "16:9")
    assert other_shapes(video) == [square, tall]
    page = client.get(f"/v/{video.slug}/").text
    for each in (tall, square):
        assert f'<a class="chip" href="/v/{each.slug}/">' in page
    assert "Other shapes" in page


@pytest.mark.parametrize("visibility", ["private", "unlisted", "password"])
def test_what_is_not_public_is_not(client, video, visibility):
    another(video, "9:16", visibility=visibility)
    another(video, "1:1", track=a_track(video.owner))
    a_finished_video(a_user(), video.track, format="1:1", visibility="public")
    assert other_shapes(video) == []
    assert "Other shapes" not in client.get(f"/v/{video.slug}/").text
