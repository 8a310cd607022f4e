"""Counts of views, and the viewers who are counted once a length."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests.factories import a_finished_video
from videos.models import RecentViewer, ViewCount
from videos.models.view_count import MAX_VIEWERS_PER_NETWORK

pytestmark = pytest.mark.django_db
PAGE, EMBED = ViewCount.Place.PAGE, ViewCount.Place.EMBED


def test_views_are_added_by_day_and_place():
    video, other = a_finished_video(), a_finished_video()
    first, second = date(2026, 11, 29), date(2026, 11, 30)
    for day, place in ((first, PAGE), (first, PAGE), (first, EMBED), (second, PAGE)):
        ViewCount.objects.add(video, place, day)
    ViewCount.objects.add(other, PAGE, first)
    counts = ViewCount.objects.filter(video=video)
    rows = list(counts.values_list("day", "place", "count"))
    assert rows == [(first, "embed", 1), (first, "page", 2), (second, "page", 1)]
    assert counts.total() == 4
    assert counts.by_place() == {"page": 3, "embed": 1}
    assert ViewCount.objects.none().total() == 0


def admit(digest: str, network: str = "n", seconds: int = 60) -> bool:
    until = timezone.now() + timedelta(seconds=seconds)
    return RecentViewer.objects.admit(digest, network, until)


def test_a_viewer_is_admitted_again_once_the_time_is_over():
    assert admit("a")
    assert not admit("a")
    assert admit("b")
    RecentViewer.objects.update(until=timezone.now())
    assert admit("a")
    assert not admit("a")


def test_one_network_is_a_limited_number_of_people():
    admitted = [admit(str(number)) for number in range(MAX_VIEWERS_PER_NETWORK + 2)]
    assert sum(admitted) == MAX_VIEWERS_PER_NETWORK
    assert admit("x", network="m")


def test_viewers_are_deleted_when_they_would_count_again():
    admit("a", seconds=-120)
    admit("b")
    RecentViewer.objects.expired().delete()
    assert [viewer.digest for viewer in RecentViewer.objects.all()] == ["b"]
