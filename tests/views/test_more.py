"""The other public videos of a public video's author, as pages and as an Atom feed."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import a_finished_video, a_track, a_user, a_video
from videos.models import Video
from videos.views.more import FEED_COUNT

pytestmark = pytest.mark.django_db


@pytest.fixture
def video() -> Video:
    """Return a public video of Ada, who has one of each kind besides."""
    owner = a_user()
    track = a_track(owner)

    def make(title: str, **fields: object) -> Video:
        return a_finished_video(owner, a_track(owner, title=title), **fields)

    make("Other", visibility="public")
    make("As Bob", visibility="public", author="Bob")
    for visibility in ("private", "unlisted", "password"):
        make(f"Is {visibility}", visibility=visibility)
    make("Has ended", visibility="public", shared_until=timezone.now())
    make("Is hidden", visibility="public", hidden_at=timezone.now())
    a_video(owner, a_track(owner, title="In the making"), visibility="public")
    a_finished_video(a_user(), visibility="public", track=a_track(title="Of another"))
    return a_finished_video(owner, track, visibility="public")


def titles(text: str) -> list[str]:
    return re.findall(r'<h3 class="card-title">\s*<a [^>]*>([^<]+)</a>', text)


def test_the_page_and_the_list_show_what_is_public_under_the_same_name(client, video):
    share = client.get(f"/v/{video.slug}/").text
    assert titles(share) == ["Other"]
    assert "More by Ada" in share
    assert f"/v/{video.slug}/more/feed.xml" in share
    page = client.get(f"/v/{video.slug}/more/")
    assert titles(page.text) == ["Other"]
    feed = client.get(f"/v/{video.slug}/more/feed.xml")
    assert feed["Content-Type"].startswith("application/atom+xml")
    assert re.findall("<title>([^<]+)<", feed.text) == ["Videos by Ada", "Northern Lights", "Other"]
    for response in (page, feed):
        assert response["Cache-Control"] == "private, no-cache"
        again = client.get(
            response.request["PATH_INFO"], headers={"If-None-Match": response["ETag"]}
        )
        assert again.status_code == 304


@pytest.mark.parametrize("page", ["more/", "more/feed.xml"])
def test_only_public_videos_lead_to_their_author(client, video, page):
    client.force_login(video.owner)
    for visibility in ("private", "unlisted", "password"):
        Video.objects.filter(pk=video.pk).update(visibility=visibility)
        assert client.get(f"/v/{video.slug}/{page}").status_code == 404
        assert "More by" not in client.get(f"/v/{video.slug}/").text


def test_many_come_in_pages(client, monkeypatch):
    owner = a_user()
    track = a_track(owner)
    now = timezone.now()
    videos = [
        a_finished_video(
            owner, track, visibility="public", completed_at=now - timedelta(minutes=number // 2)
        )
        for number in range(26)
    ]
    seen, address = [], f"/v/{videos[0].slug}/more/"
    while address:
        response = client.get(address)
        seen += [video.pk for video in response.context["videos"]]
        following = re.search(r'href="(\?after=[^"]+)"', response.text)
        address = f"/v/{videos[0].slug}/more/{following[1]}" if following else ""
    assert len(seen) == 25
    assert set(seen) == {video.pk for video in videos[1:]}
    assert client.get(f"/v/{videos[0].slug}/").text.count('class="card-title"') == 4
    assert FEED_COUNT >= 26


def test_an_author_of_one_video_has_nothing_more(client):
    video = a_finished_video(visibility="public", author="")
    assert "More by" not in client.get(f"/v/{video.slug}/").text
    assert "There is nothing else yet." in client.get(f"/v/{video.slug}/more/").text
