"""The views of a video as its owner sees them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import a_finished_video
from videos.models import ViewCount
from videos.share.view_chart import DAYS, GAP, HEIGHT, MIN_HEIGHT, view_chart

pytestmark = pytest.mark.django_db


def test_bars_show_the_last_days_and_sums_all_of_them():
    video, today = a_finished_video(), timezone.localdate()
    values = ((0, "page", 30), (0, "embed", 10), (1, "embed", 1), (DAYS - 1, "page", 4))
    for days, place, count in (*values, (DAYS, "page", 100)):
        day = today - timedelta(days=days)
        ViewCount.objects.create(video=video, day=day, place=place, count=count)
    chart = view_chart(video)
    assert (chart.total, chart.page, chart.embed) == (145, 134, 11)
    assert (chart.recent, chart.peak) == (45, 40)
    assert len(chart.bars) == DAYS
    assert [bar.total for bar in chart.days_with_views] == [40, 1, 4]
    last = chart.bars[-1]
    assert last.day == today
    assert last.page_top + last.page_height == HEIGHT
    assert last.embed_top == pytest.approx(0)
    assert last.embed_top + last.embed_height + GAP == pytest.approx(last.page_top, abs=0.02)
    assert chart.bars[-2].embed_height > MIN_HEIGHT
    assert chart.bars[-3].total == chart.bars[-3].page_height == 0


def test_its_owner_sees_it_on_the_video_s_page_and_nobody_else(client):
    video = a_finished_video(visibility="public")
    ViewCount.objects.create(video=video, day=timezone.localdate(), place="page", count=1234)
    assert "1234" not in client.get(f"/v/{video.slug}/").text
    client.force_login(video.owner)
    text = client.get(f"/videos/{video.pk}/").text
    assert "1234" in text
    assert 'class="views-page"' in text
    assert "style=" not in text.partition('id="views"')[2].partition("</section>")[0]


def test_a_video_that_nobody_watched_has_no_chart(client):
    video = a_finished_video(visibility="public")
    chart = view_chart(video)
    assert (chart.total, chart.peak) == (0, 0)
    client.force_login(video.owner)
    text = client.get(f"/videos/{video.pk}/").text
    assert 'id="views"' in text
    assert "<svg viewBox" not in text
