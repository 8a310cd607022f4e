"""Middleware that completes responses: their bodies and their headers."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils import translation
from django.utils.cache import patch_vary_headers

from videos.languages import choice
from videos.middleware import Middleware
from videos.views import indexing


class HeadMiddleware(Middleware):
    """Removes the body from responses to HEAD.

    Views answer HEAD like GET, and Django leaves the body to the server, which drops it with a
    warning: requests of monitors would fill the log.
    """

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on, and remove the body of the response to HEAD."""
        response = self.get_response(request)
        if request.method == "HEAD" and isinstance(response, HttpResponse):
            response.content = b""
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


class CacheControlMiddleware(Middleware):
    """Keeps pages out of shared caches, and asks browsers to look again each time.

    Files and fragments say themselves how they are cached, and pages that show a key do: no-store.
    """

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on, and complete the response."""
        response = self.get_response(request)
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = "private, no-cache"
        return response


class IndexingMiddleware(Middleware):
    """Keeps everything out of search engines that no view lets in (``videos.views.indexing``)."""

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on, and complete the response; "not modified" repeats nothing."""
        response = self.get_response(request)
        if not response.has_header(indexing.HEADER) and response.status_code != 304:
            response[indexing.HEADER] = "noindex"
        return response


class LanguageMiddleware(Middleware):
    """Answers in the language of the person, and says so to caches.

    The thread's own language comes back afterwards: what is answered before this middleware, such
    as the API, speaks English.
    """

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
