"""Keyset pagination: every row once, although rows are added or removed meanwhile."""

import random
from datetime import timedelta

import pytest
from django.core import signing
from django.db.models.functions import Lower
from django.utils import timezone

from tests.factories import a_track, a_user, a_video
from videos.keyset import Order, RowCount, count_rows, fetch_page
from videos.models import Track, Video

pytestmark = pytest.mark.django_db
NEWEST = Order("created_at", descending=True)


def walk(rows, order, size=3, between=lambda: None):
    """Return the rows of all pages, and call ``between`` after each page."""
    seen, cursor = [], ""
    while True:
        page = fetch_page(rows, order, cursor, size)
        seen += page.rows
        between()
        if not page.next:
            return seen
        cursor = page.next


@pytest.fixture
def videos():
    owner = a_user()
    now = timezone.now()
    created = [a_video(owner, a_track(owner, title=t)) for t in "bAaBcCaäZz"]
    for number, video in enumerate(created):  # pairs of the same minute
        Video.objects.filter(pk=video.pk).update(created_at=now - timedelta(minutes=number // 2))
    return created


@pytest.mark.parametrize("descending", [True, False])
@pytest.mark.parametrize("size", [1, 3, 5, 10, 11])
def test_every_row_comes_once_and_in_order(videos, descending, size):
    order = Order("created_at", descending)
    seen = walk(Video.objects.all(), order, size)
    assert seen == list(Video.objects.order_by(*order.columns))


def test_titles_sort_without_regard_to_case(videos):
    rows = Video.objects.annotate(title_key=Lower("track__title")).select_related("track")
    titles = [video.title for video in walk(rows, Order("title_key"), 2)]
    assert [t.lower() for t in titles[:7]] == ["a", "a", "a", "b", "b", "c", "c"]
    assert len(titles) == 10


def test_rows_that_come_meanwhile_shift_nothing(videos):
    owner = videos[0].owner
    seen = walk(Video.objects.all(), NEWEST, 2, between=lambda: a_video(owner, videos[0].track))
    assert {video.pk for video in seen} >= {video.pk for video in videos}
    assert len(seen) == len(set(seen)) == len(videos)


def test_rows_that_go_meanwhile_leave_no_gap(videos):
    rows = list(Video.objects.order_by(*NEWEST.columns))
    first = fetch_page(Video.objects.all(), NEWEST, "", 4)
    rows[3].delete()  # the row that the cursor names
    second = fetch_page(Video.objects.all(), NEWEST, first.next, 4)
    assert [row.pk for row in second.rows] == [row.pk for row in rows[4:8]]


def test_the_last_page_leads_nowhere(videos):
    assert fetch_page(Video.objects.all(), NEWEST, "", 10).next == ""
    assert fetch_page(Video.objects.all(), NEWEST, "", 9).next != ""
    assert fetch_page(Video.objects.none(), NEWEST, "").rows == []


@pytest.fixture(autouse=True)
def one_moment(monkeypatch):
    """Sign everything in the same second: cursors of two would differ."""
    monkeypatch.setattr(signing.TimestampSigner, "timestamp", lambda self: "1xXTsx")


@pytest.mark.parametrize("cursor", ["x", "a:b:c", "\0", "é" * 300])
def test_a_cursor_that_is_not_ours_leads_to_the_first_page(videos, cursor):
    assert fetch_page(Video.objects.all(), NEWEST, cursor, 3) == fetch_page(
        Video.objects.all(), NEWEST, "", 3
    )


def test_a_cursor_signed_for_something_else_leads_to_the_first_page(videos):
    cursor = signing.dumps(["1", "2"])
    assert fetch_page(Video.objects.all(), NEWEST, cursor, 3) == fetch_page(
        Video.objects.all(), NEWEST, "", 3
    )


def test_a_cursor_of_another_list_leads_to_the_first_page(videos):
    first = fetch_page(Video.objects.all(), NEWEST, "", 3)
    oldest = Order("created_at")
    assert fetch_page(Video.objects.all(), oldest, first.next, 3) == fetch_page(
        Video.objects.all(), oldest, "", 3
    )
    assert fetch_page(Track.objects.all(), NEWEST, first.next, 3).rows == list(
        Track.objects.all()[:3]
    )


def test_a_page_is_one_query(videos, django_assert_num_queries):
    cursor = fetch_page(Video.objects.all(), NEWEST, "", 3).next
    with django_assert_num_queries(1):
        fetch_page(Video.objects.all(), NEWEST, cursor, 3)


def test_many_rows_of_one_moment_come_once(videos):
    Video.objects.update(created_at=timezone.now())
    for size in (1, random.Random(7).randint(2, 6)):
        assert len(set(walk(Video.objects.all(), NEWEST, size))) == len(videos)


def test_rows_are_counted_up_to_a_limit(videos):
    few, many = count_rows(Video.objects.all()), count_rows(Video.objects.all(), 4)
    assert (few, str(few)) == (RowCount(10, is_exact=True), "10")
    assert (many, str(many), str(many + few)) == (RowCount(4, is_exact=False), "4+", "14+")
