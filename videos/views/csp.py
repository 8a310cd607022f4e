"""What pages about a video add to the content security policy: a vendor's film, and frames."""

from typing import TypeVar
from urllib.parse import urlsplit

from django.http import HttpResponseBase

from videos.models import Video

# The star stands for sites of the web; files are pages on somebody's own machine
FRAMING_SITES = ["*", "file:"]

Response = TypeVar("Response", bound=HttpResponseBase)


def allow_vendor_film(page: Response, video: Video) -> Response:
    """Allow ``page`` to play the film of ``video`` from its vendor, if only the vendor has it."""
    if video.is_awaiting_copy and (origin := _origin(video.vendor_url)):
        page._csp_update = {"media-src": [origin]}  # type: ignore[attr-defined]  # django-csp's
    return page


def allow_framing(page: Response) -> Response:
    """Allow pages of all other sites to show ``page`` in a frame."""
    page._csp_replace = {"frame-ancestors": FRAMING_SITES}  # type: ignore[attr-defined]  # django-csp's
    page.xframe_options_exempt = True  # type: ignore[attr-defined]  # Django's
    return page


def _origin(url: str) -> str:
    """Return the origin of an address, "" where it cannot be written into a policy."""
    parts = urlsplit(url)
    host = parts.netloc
    is_safe = host.isascii() and host and not set(host) & set(" ;,'\"*")
    return f"{parts.scheme}://{host}" if is_safe and parts.scheme in {"http", "https"} else ""
