"""``robots.txt``, and the addresses of the sitemap."""

import pytest

from tests.factories import a_finished_video
from videos.share import sitemap

pytestmark = pytest.mark.django_db


def test_robots_are_told_where_there_is_nothing_and_where_the_sitemap_is(client, settings):
    settings.SITE_URL = "https://portal.example.com"
    response = client.get("/robots.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    lines = response.text.splitlines()
    assert lines[0] == "User-agent: *"
    assert "Disallow: /videos/" in lines
    assert not any(line in {"Disallow: /", "Disallow: /v/"} for line in lines)
    assert lines[-1] == "Sitemap: https://portal.example.com/sitemap.xml"


def test_few_videos_are_in_one_file_and_many_in_an_index_of_files(client, settings, monkeypatch):
    slugs = [a_finished_video(visibility="public").slug for _ in range(3)]
    one = client.get("/sitemap.xml")
    assert one["Content-Type"] == "application/xml; charset=utf-8"
    assert all(f"/v/{slug}/" in one.text for slug in slugs)
    again = client.get("/sitemap.xml", headers={"If-None-Match": one["ETag"]})
    assert again.status_code == 304
    monkeypatch.setattr(sitemap, "FILE_URLS", 2)
    sitemap.cache.delete(sitemap.CACHE_KEY)
    index = client.get("/sitemap.xml").text
    assert index.count("<sitemap>") == 2
    for number, part in ((1, slugs[:2]), (2, slugs[2:])):
        assert f"{settings.SITE_URL}/sitemap-{number}.xml" in index
        text = client.get(f"/sitemap-{number}.xml").text
        assert [slug for slug in slugs if slug in text] == part
    assert client.get("/sitemap-3.xml").status_code == 404
    assert client.get("/sitemap-0.xml").status_code == 404
