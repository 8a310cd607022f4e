"""What search engines may show."""

import pytest

from tests.factories import a_finished_video, a_user

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("visibility", ["private", "unlisted", "password", "public"])
def test_pages_and_files_of_public_videos_are_for_search_engines_and_no_others(client, visibility):
    video = a_finished_video(visibility=visibility)
    client.force_login(video.owner)
    for page in ("", "video.mp4", "poster.jpg"):
        response = client.get(f"/v/{video.slug}/{page}")
        response.getvalue()
        assert response["X-Robots-Tag"] == ("all" if visibility == "public" else "noindex")
    for page in ("embed/", "qr.svg"):
        assert client.get(f"/v/{video.slug}/{page}")["X-Robots-Tag"] == "noindex"


def test_nothing_else_is_but_the_front_page(client):
    assert client.get("/")["X-Robots-Tag"] == "all"
    assert client.get("/accounts/login/")["X-Robots-Tag"] == "noindex"
    assert client.get("/nothing/")["X-Robots-Tag"] == "noindex"
    client.force_login(a_user())
    assert client.get("/videos/")["X-Robots-Tag"] == "noindex"
