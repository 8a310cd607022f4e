"""The middleware of the portal."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase

from videos.api import dispatch
from videos.views import errors, health

GetResponse = Callable[[HttpRequest], HttpResponseBase]
HEALTH_CHECKS = {"/healthz": health.healthz, "/readyz": health.readyz}


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


class HealthCheckMiddleware:
    """Answers monitors and load balancers, which send an IP address as ``Host``.

    The middleware behind this one refuses a host that is not in ``ALLOWED_HOSTS``.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer a health check, and pass everything else on."""
        return HEALTH_CHECKS.get(request.path, self.get_response)(request)


class ApiMiddleware:
    """Dispatches API requests, past everything that only pages need."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer an API request, and pass everything else on."""
        is_api = dispatch.is_api_request(request)
        return dispatch.handle(request) if is_api else self.get_response(request)


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
