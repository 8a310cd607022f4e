"""The absolute addresses of a shared video. They begin with the site's own address, always."""

from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse

from videos.models import Video
from videos.share.start_time import format_start


def page_url(video: Video, start: float = 0) -> str:
    """Return the address of the share page, whose film starts at ``start`` seconds."""
    return url_of("videos:share", video) + _query(start)


def embed_url(video: Video, start: float = 0) -> str:
    """Return the address of the player in other sites' pages."""
    return url_of("videos:embed", video) + _query(start)


def film_url(video: Video) -> str:
    """Return the address of the film itself."""
    return url_of("videos:film", video)


def url_of(name: str, video: Video) -> str:
    """Return the address of the page or file of ``video`` that the URL conf calls ``name``."""
    return absolute_url(reverse(name, args=[video.slug]))


def absolute_url(path: str) -> str:
    """Return the absolute address of ``path`` on this site."""
    return f"{settings.SITE_URL}{path}"


def _query(start: float) -> str:
    return f"?{urlencode({'t': format_start(start)})}" if start else ""
