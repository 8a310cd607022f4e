"""Middleware of people who are logged in, or have to be."""

import time
from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.contrib.sessions.backends.base import SessionBase
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
)
from django.shortcuts import resolve_url
from django.utils.http import http_date

from videos.middleware import Middleware
from videos.views.requests import UserRequest, referring_page


class LoginMiddleware(LoginRequiredMiddleware):
    """Redirects visitors to the log-in, and after it back to a page that can be opened.

    It stands before whatever reads a form, so that nobody reads those of visitors.

    Most addresses of forms cannot be opened: then the way back is the page with the form.
    """

    def handle_no_permission(
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponseRedirect:
        """Redirect a request without a session."""
        page = "" if request.method in {"GET", "HEAD"} else referring_page(request)
        if not page:
            return super().handle_no_permission(request, view_func)
        return redirect_to_login(page, self.get_login_url(view_func))


class HtmxLoginMiddleware(Middleware):
    """Answers 401 to the scripts of a page whose session has ended.

    A redirect would bring them the log-in page, which then appears inside the open page.
    ``request_errors.js`` shows a link to the log-in, and what was typed is not lost.
    """

    def __call__(self, request: UserRequest) -> HttpResponseBase:  # type: ignore[override]
        """Pass the request on, and replace a redirect to the log-in and a refused form."""
        response = self.get_response(request)
        if not request.htmx or request.user.is_authenticated:
            return response
        location = urlsplit(response.headers.get("Location", "")).path
        if response.status_code != 403 and location != resolve_url(settings.LOGIN_URL):
            return response
        return HttpResponse(status=401, headers={"Cache-Control": "no-store"})


class SessionRenewalMiddleware(Middleware):
    """Starts the time of a session anew when a person uses the portal past half of it.

    What the scripts of an open page fetch by themselves is no use, and writes nothing.
    """

    def __call__(self, request: UserRequest) -> HttpResponseBase:  # type: ignore[override]
        """Pass the request on, and renew the session and its cookie if it is time."""
        response = self.get_response(request)
        session = request.session
        is_use = request.method == "POST" or not request.headers.get("HX-Request")
        is_stored = session.accessed and not session.modified  # a modified one is saved anyway
        if is_use and is_stored and request.user.is_authenticated and session.renew():
            _set_session_cookie(response, session)
        return response


def _set_session_cookie(response: HttpResponseBase, session: SessionBase) -> None:
    if session.get_expire_at_browser_close():
        return
    age = session.get_expiry_age()
    response.set_cookie(
        settings.SESSION_COOKIE_NAME,
        session.session_key or "",
        max_age=age,
        expires=http_date(time.time() + age),
        domain=settings.SESSION_COOKIE_DOMAIN,
        path=settings.SESSION_COOKIE_PATH,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=settings.SESSION_COOKIE_HTTPONLY,
        samesite="Lax",
    )
