"""Lists of tables that grow."""

import pytest
from django.db import connection

from tests.factories import a_track, a_user, a_video
from videos.admin import large_tables
from videos.admin.large_tables import EstimatingPaginator, count_related
from videos.models import Track, User, Video

pytestmark = pytest.mark.django_db


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let three rows be few."""
    monkeypatch.setattr(large_tables, "MAX_EXACT_COUNT", 3)


def test_few_rows_are_counted(few):
    for _ in range(3):
        a_track()
    pages = EstimatingPaginator(Track.objects.all(), 2)
    assert (pages.count, pages.num_pages) == (3, 2)
    assert (pages.is_estimated, pages.is_limited) == (False, False)


def test_many_are_estimated_or_more_than_the_limit(few):
    for _ in range(9):
        a_track()
    pages = EstimatingPaginator(Track.objects.all(), 2)
    if connection.vendor == "sqlite":
        assert (pages.count, pages.is_limited) == (4, True)
    else:
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE videos_track")
        assert (pages.count, pages.is_estimated) == (9, True)


def test_related_rows_are_counted_for_each():
    owner, other = a_user(), a_user()
    for _ in range(2):
        a_video(owner, a_track(owner))
    rows = User.objects.annotate(n=count_related(Video.objects.all(), "owner"))
    assert {row: row.n for row in rows} == {owner: 2, other: 0}
