"""Absolute addresses of a shared video."""

from pytest_django.fixtures import Settings

from videos.models import Video
from videos.share import addresses

VIDEO = Video(slug="a-slug")


def test_they_begin_with_the_sites_own_address(settings: Settings):
    settings.SITE_URL = "https://xn--mnchen-3ya.example:8443"
    site = f"{settings.SITE_URL}/v/a-slug"
    assert addresses.page_url(VIDEO) == f"{site}/"
    assert addresses.film_url(VIDEO) == f"{site}/video.mp4"
    assert addresses.embed_url(VIDEO) == f"{site}/embed/"
    assert addresses.url_of("videos:qr", VIDEO) == f"{site}/qr.svg"
    assert addresses.absolute_url("/oembed/") == f"{settings.SITE_URL}/oembed/"


def test_a_moment_goes_along(settings: Settings):
    settings.SITE_URL = "https://portal.example"
    assert addresses.page_url(VIDEO, 90) == "https://portal.example/v/a-slug/?t=90"
    assert addresses.embed_url(VIDEO, 12.5) == "https://portal.example/v/a-slug/embed/?t=12.5"
