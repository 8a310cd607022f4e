"""Letting a page play a film that only its vendor has: one more origin, for this answer only."""

from typing import TypeVar
from urllib.parse import urlsplit

from django.http import HttpResponseBase

from videos.models import Video

Answer = TypeVar("Answer", bound=HttpResponseBase)


def let_play(page: Answer, video: Video) -> Answer:
    """Allow ``page`` to play the vendor's film of ``video``, if that is where it is."""
    if video.awaits_copy and (origin := _origin(video.vendor_url)):
        page._csp_update = {"media-src": [origin]}  # type: ignore[attr-defined]  # django-csp's
    return page


def _origin(url: str) -> str:
    """Return the scheme, host and port of an address, "" where a policy could not hold them."""
    parts = urlsplit(url)
    host = parts.netloc
    sound = host.isascii() and host and not set(host) & set(" ;,'\"*")
    return f"{parts.scheme}://{host}" if sound and parts.scheme in {"http", "https"} else ""
