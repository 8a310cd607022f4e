"""Counting views: a viewer with a known pattern is counted as often as it watched."""

from datetime import timedelta

import pytest
from django.db.models import F
from django.test import Client

from tests.factories import a_finished_video, a_user
from videos.models import RecentViewer, Video, ViewCount

pytestmark = pytest.mark.django_db
LENGTH = 180  # seconds
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36"


@pytest.fixture
def video() -> Video:
    return a_finished_video(visibility="public", duration=LENGTH)


def play(
    video: Video,
    place: str = "page",
    address: str = "198.51.100.7",
    agent: str = FIREFOX,
    client: Client | None = None,
    **headers: str,
) -> None:
    response = (client or Client()).post(
        f"/v/{video.slug}/view/{place}/",
        headers={"User-Agent": agent} | headers,
        REMOTE_ADDR=address,
    )
    assert response.status_code == 204
    assert not response.cookies


def seconds_pass(seconds: int) -> None:
    RecentViewer.objects.update(until=F("until") - timedelta(seconds=seconds))


def counts(video: Video) -> dict[str, int]:
    return ViewCount.objects.filter(video=video).by_place()


def test_a_viewer_counts_once_a_length(video):
    pattern = (0, 10, 100, 60, 15, 200)  # seconds since the play before: 0, 10, 110, 170, 185, 385
    for seconds in pattern:
        seconds_pass(seconds)
        play(video)
    assert counts(video) == {"page": 3}  # at 0, 185 and 385


def test_viewers_are_told_apart_by_address_and_browser_and_nothing_else(video):
    other = a_finished_video(visibility="public")
    for address, agent in (("198.51.100.7", FIREFOX), ("198.51.100.8", CHROME)):
        play(video, address=address, agent=agent)
        play(video, address=address, agent=CHROME)
    play(video, address="2001:db8::1")
    play(video, address="2001:db8::2")  # the same person's
    play(other)
    assert counts(video) == {"page": 4}
    assert counts(other) == {"page": 1}


def test_embeds_are_counted_apart(video):
    play(video, "embed")
    play(video, address="198.51.100.9")
    assert counts(video) == {"embed": 1, "page": 1}


def test_its_owner_programs_and_pages_of_other_sites_are_not_counted(video):
    owner, stranger = Client(), Client()
    owner.force_login(video.owner)
    play(video, client=owner)
    play(video, agent="Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)")
    play(video, **{"Sec-Fetch-Site": "cross-site"})
    assert counts(video) == {}
    stranger.force_login(a_user())
    play(video, client=stranger, **{"Sec-Fetch-Site": "same-origin"})
    assert counts(video) == {"page": 1}


def test_nothing_that_is_stored_names_the_viewer(video):
    play(video)
    row = RecentViewer.objects.get()
    assert "198.51.100" not in repr(vars(row))
    assert {len(row.digest), len(row.network)} == {32}
    assert row.digest != row.network
