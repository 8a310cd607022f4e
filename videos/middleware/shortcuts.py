"""Middleware that answers what needs no page, past everything that only pages need."""

from django.http import HttpRequest, HttpResponseBase

from videos.api import dispatch
from videos.middleware import Middleware
from videos.views import health, metrics, polls, visitor_pages

HEALTH_CHECKS = {
    "/healthz": health.healthz,
    "/readyz": health.readyz,
    "/metrics": metrics.metrics,
}


class HealthCheckMiddleware(Middleware):
    """Answers monitors and load balancers, which send an IP address as ``Host``.

    The middleware behind this one refuses a host that is not in ``ALLOWED_HOSTS``.
    """

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer a health check, and pass everything else on."""
        return HEALTH_CHECKS.get(request.path, self.get_response)(request)


class PollMiddleware(Middleware):
    """Answers the polls for which nothing has changed, past everything that only pages need."""

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer such a poll, and pass everything else on."""
        return polls.answer_poll(request) or self.get_response(request)


class VisitorPageMiddleware(Middleware):
    """Answers visitors of share pages from memory, past everything that only pages need."""

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer such a request, and pass everything else on."""
        response = visitor_pages.answer_visitor(request, self.get_response)
        return response or self.get_response(request)


class ApiMiddleware(Middleware):
    """Dispatches API requests, past everything that only pages need."""

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer an API request, and pass everything else on."""
        is_api = dispatch.is_api_request(request)
        return dispatch.handle(request) if is_api else self.get_response(request)
