"""Requests to pages: their type, the page that they come from, and whose password is fresh."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar, cast
from urllib.parse import urlsplit

from allauth.account.decorators import reauthentication_required
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponseBase
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.middleware import HtmxDetails

from videos.models import User

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


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


def password_required(view: View) -> View:
    """Have the password entered again before ``view``, unless that was a short while ago."""
    return cast(View, reauthentication_required(view))


def password_required_to_post(view: View) -> View:
    """Do so before a form is taken; ``view`` only shows the page otherwise."""
    guarded = password_required(view)

    @wraps(view)
    def wrapper(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        is_safe = request.method in {"GET", "HEAD"}
        return (view if is_safe else guarded)(request, *args, **kwargs)

    return cast(View, wrapper)


def referring_page(request: HttpRequest) -> str:
    """Return the path and query of the page of ours that sent ``request``, "" if none did."""
    referer = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(referer, {request.get_host()}):
        return ""
    parts = urlsplit(referer)
    return parts._replace(scheme="", netloc="", fragment="").geturl()
