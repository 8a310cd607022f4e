"""The sitemap's files."""

from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.core.cache import cache
from django.utils import timezone

from tests.factories import a_finished_video
from videos.models import Video
from videos.share import sitemap

pytestmark = pytest.mark.django_db
NAMES = {"": "http://www.sitemaps.org/schemas/sitemap/0.9"}


@pytest.fixture(autouse=True)
def no_cache():
    cache.delete(sitemap.CACHE_KEY)


def addresses(text: str) -> list[str]:
    return [each.text or "" for each in ElementTree.fromstring(text).findall(".//loc", NAMES)]


def test_it_names_the_front_page_and_public_pages_with_their_dates(settings):
    settings.SITE_URL = "https://portal.example.com/&"
    video = a_finished_video(visibility="public")
    a_finished_video(visibility="unlisted")
    text = sitemap.sitemap(sitemap.file_starts())
    front = "https://portal.example.com/&/"
    assert addresses(text) == [front, f"https://portal.example.com/&/v/{video.slug}/"]
    assert f"<lastmod>{video.completed_at.isoformat(timespec='seconds')}</lastmod>" in text


def test_without_a_public_video_it_has_the_front_page():
    assert sitemap.file_starts() == []
    assert len(addresses(sitemap.sitemap([]))) == 1


def test_its_files_hold_each_video_once_also_when_some_were_made_at_the_same_moment(monkeypatch):
    monkeypatch.setattr(sitemap, "FILE_URLS", 2)
    videos = [a_finished_video(visibility="public") for _ in range(5)]
    same = timezone.now() - timedelta(days=1)
    Video.objects.filter(pk__in=[video.pk for video in videos[:3]]).update(completed_at=same)
    starts = sitemap.file_starts()
    files = [addresses(sitemap.sitemap(starts, number + 1)) for number in range(len(starts))]
    pages = [address for file in files for address in file if "/v/" in address]
    assert sorted(pages) == sorted(f"http://testserver/v/{video.slug}/" for video in videos)
    late = a_finished_video(visibility="public")
    assert late.slug in sitemap.sitemap(sitemap.file_starts(), len(starts))
