"""Requests to pages: their type, and the page that they come from."""

from urllib.parse import urlsplit

from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.middleware import HtmxDetails

from videos.models import User


class RenewableSession(SessionBase):
    """A session as ``SESSION_ENGINE`` makes it: its time can be started anew."""

    def renew(self) -> bool:
        """Start the session's time anew if less than half of it is left; return whether it did."""
        raise TypeError("SESSION_ENGINE has no sessions that can be renewed.")


class UserRequest(HttpRequest):
    """A request that ``LoginRequiredMiddleware`` let through: its user is a person."""

    user: User
    session: RenewableSession
    htmx: HtmxDetails


def referring_page(request: HttpRequest) -> str:
    """Return the path and query of the page of ours that sent ``request``, "" if none did."""
    referer = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(referer, {request.get_host()}):
        return ""
    parts = urlsplit(referer)
    return parts._replace(scheme="", netloc="", fragment="").geturl()
