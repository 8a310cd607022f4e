"""Middleware that answers what views refuse: too much, too often, or not there."""

import time

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    UnreadablePostError,
)

from videos.middleware import GetResponse, Middleware
from videos.pipeline.rations import RationSpent
from videos.views import errors, page_budget, uploads


class PageBudgetMiddleware(Middleware):
    """Answers 429 to whoever's pages took more of the processor than one visitor may have."""

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on, and count the processor time of this thread."""
        started = time.thread_time()
        response = page_budget.refuse(request) or self.get_response(request)
        page_budget.charge(request, time.thread_time() - started)
        return response


class BodyMiddleware(Middleware):
    """Reads a form for those who may send it: the others are answered before it is read.

    ``CsrfViewMiddleware``, which comes after this, would read it first, and would call the token of
    a form that did not arrive whole missing.
    """

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


class NotFoundMiddleware(Middleware):
    """Shows the site's own page for a view's ``Http404`` on development machines, too.

    Django's technical page is for addresses without a view; on the page of a video that is not
    shared it would look like a fault.
    """

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer ``Http404``, and leave everything else to Django."""
        return errors.not_found(request, exception) if isinstance(exception, Http404) else None


class RationMiddleware(Middleware):
    """Answers 429 to whoever did something costly too often."""

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer ``RationSpent``, and leave everything else to Django."""
        if not isinstance(exception, RationSpent):
            return None
        response = errors.too_many_requests(request)
        response["Retry-After"] = str(exception.retry_after)
        return response
