"""The middleware of the portal."""

import re
import time
import uuid
from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.contrib.sessions.backends.base import SessionBase
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    UnreadablePostError,
)
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import resolve_url
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.http import http_date

from videos import logs
from videos.api import dispatch
from videos.languages import choice
from videos.models.connection import release_connection
from videos.monitoring import requests
from videos.pipeline.rations import RationSpent
from videos.views import (
    errors,
    health,
    indexing,
    metrics,
    page_budget,
    polls,
    uploads,
    visitor_pages,
)
from videos.views.requests import UserRequest, referring_page

GetResponse = Callable[[HttpRequest], HttpResponseBase]
HEALTH_CHECKS = {
    "/healthz": health.healthz,
    "/readyz": health.readyz,
    "/metrics": metrics.metrics,
}
REQUEST_ID_KEY = "portal.request_id"
REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")


class RequestMiddleware:
    """Gives each request an id for the logs, and counts and times it for the metrics.

    A proxy of ours may send the id (``X-Request-ID``). An answer that tells of an error of ours has
    it, so that whoever reports the error can name it; all others are alike without it.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on, with its id in the context."""
        current = request.headers.get("X-Request-ID", "") if settings.BEHIND_PROXY else ""
        if not REQUEST_ID.fullmatch(current):
            current = uuid.uuid4().hex
        started = time.perf_counter()
        token = logs.request_id.set(current)
        try:
            response = self.get_response(request)
        finally:
            logs.request_id.reset(token)
        requests.record(request, response, time.perf_counter() - started)
        request.META[REQUEST_ID_KEY] = current  # for the access log
        if response.status_code >= 500:
            response["X-Request-ID"] = current
        release_connection()  # whoever reads a film slowly needs none meanwhile
        return response


class CompressionMiddleware(GZipMiddleware):
    """Compresses pages, but those that no browser may store: keys and passwords stand in them only.

    The length of a compressed page tells whether what a stranger put into it is also elsewhere in
    it (BREACH). Here a stranger learns nothing: the CSRF token has another mask in each response,
    Django adds a random number of bytes, and browsers send no session with requests of other sites
    (``SameSite=Lax``) but for pages that a person opens.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Return the response, compressed if it is such a page."""
        is_page = response.headers.get("Content-Type", "").startswith("text/html")
        if not is_page or "no-store" in response.headers.get("Cache-Control", ""):
            return response
        return super().process_response(request, response)


class HeadMiddleware:
    """Removes the body from responses to HEAD.

    Views answer HEAD like GET, and Django leaves the body to the server, which drops it with a
    warning: requests of monitors would fill the log.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on, and remove the body of the response to HEAD."""
        response = self.get_response(request)
        if request.method == "HEAD" and isinstance(response, HttpResponse):
            response.content = b""
        return response


class CacheControlMiddleware:
    """Keeps pages out of shared caches, and asks browsers to look again each time.

    Files and fragments say themselves how they are cached, and pages that show a key do: no-store.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on, and complete the response."""
        response = self.get_response(request)
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = "private, no-cache"
        return response


class IndexingMiddleware:
    """Keeps everything out of search engines that no view lets in (``videos.views.indexing``)."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on, and complete the response; "not modified" repeats nothing."""
        response = self.get_response(request)
        if not response.has_header(indexing.HEADER) and response.status_code != 304:
            response[indexing.HEADER] = "noindex"
        return response


class HealthCheckMiddleware:
    """Answers monitors and load balancers, which send an IP address as ``Host``.

    The middleware behind this one refuses a host that is not in ``ALLOWED_HOSTS``.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer a health check, and pass everything else on."""
        return HEALTH_CHECKS.get(request.path, self.get_response)(request)


class PollMiddleware:
    """Answers the polls for which nothing has changed, past everything that only pages need."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer such a poll, and pass everything else on."""
        return polls.answer_poll(request) or self.get_response(request)


class PageBudgetMiddleware:
    """Answers 429 to whoever's pages took more of the processor than one visitor may have."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on, and count the processor time of this thread."""
        started = time.thread_time()
        response = page_budget.refuse(request) or self.get_response(request)
        page_budget.charge(request, time.thread_time() - started)
        return response


class VisitorPageMiddleware:
    """Answers visitors of share pages from memory, past everything that only pages need."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer such a request, and pass everything else on."""
        response = visitor_pages.answer_visitor(request, self.get_response)
        return response or self.get_response(request)


class ApiMiddleware:
    """Dispatches API requests, past everything that only pages need."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer an API request, and pass everything else on."""
        is_api = dispatch.is_api_request(request)
        return dispatch.handle(request) if is_api else self.get_response(request)


class LanguageMiddleware:
    """Answers in the language of the person, and says so to caches.

    The thread's own language comes back afterwards: what is answered before this middleware, such
    as the API, speaks English.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on, and complete the headers of a text."""
        language = choice.of_request(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        kind = response.headers.get("Content-Type", "text/html").partition("/")[0]
        if kind in {"text", "application"}:
            patch_vary_headers(response, ("Accept-Language", "Cookie"))
            response.headers.setdefault("Content-Language", language)
        return response


class BodyMiddleware:
    """Reads a form for those who may send it: the others are answered before it is read.

    ``CsrfViewMiddleware``, which comes after this, would read it first, and would call the token of
    a form that did not arrive whole missing.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: GetResponse, args: object, kwargs: object
    ) -> HttpResponse | None:
        """Answer a form that is too large, or not whole; others have been read then."""
        if request.method != "POST" or getattr(view, "csrf_exempt", False):
            return None
        if response := uploads.refuse_body(request, view):
            return response
        try:
            request.POST  # noqa: B018 - reading it is all
        except UnreadablePostError as error:
            return errors.bad_request(request, error)
        return None


class NotFoundMiddleware:
    """Shows the site's own page for a view's ``Http404`` on development machines, too.

    Django's technical page is for addresses without a view; on the page of a video that is not
    shared it would look like a fault.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer ``Http404``, and leave everything else to Django."""
        return errors.not_found(request, exception) if isinstance(exception, Http404) else None


class RationMiddleware:
    """Answers 429 to whoever did something costly too often."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer ``RationSpent``, and leave everything else to Django."""
        if not isinstance(exception, RationSpent):
            return None
        response = errors.too_many_requests(request)
        response["Retry-After"] = str(exception.retry_after)
        return response


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


class HtmxLoginMiddleware:
    """Answers 401 to the scripts of a page whose session has ended.

    A redirect would bring them the log-in page, which then appears inside the open page.
    ``request_errors.js`` shows a link to the log-in, and what was typed is not lost.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: UserRequest) -> HttpResponseBase:
        """Pass the request on, and replace a redirect to the log-in and a refused form."""
        response = self.get_response(request)
        if not request.htmx or request.user.is_authenticated:
            return response
        location = urlsplit(response.headers.get("Location", "")).path
        if response.status_code != 403 and location != resolve_url(settings.LOGIN_URL):
            return response
        return HttpResponse(status=401, headers={"Cache-Control": "no-store"})


class SessionRenewalMiddleware:
    """Starts the time of a session anew when a person uses the portal past half of it.

    What the scripts of an open page fetch by themselves is no use, and writes nothing.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: UserRequest) -> HttpResponseBase:
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
