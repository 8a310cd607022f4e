"""What happens around every view."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase

from videos.api import dispatch
from videos.views import errors, health

GetResponse = Callable[[HttpRequest], HttpResponseBase]
MONITORED = {"/healthz": health.healthz, "/readyz": health.readyz}


class HeadsAlone:
    """Leaves out what an answer to HEAD must not have.

    Views answer it like GET, and Django leaves the rest to the server, which drops the body with a
    warning: monitors would fill the log with it.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on, and keep only the head of its answer if no more was asked for."""
        response = self.get_response(request)
        if request.method == "HEAD" and isinstance(response, HttpResponse):
            response.content = b""
        return response


class HealthChecks:
    """Answers monitors and load balancers before anything else: they ask by address, not by name.

    Everything behind this refuses a host that is not the site's own.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer a health check, and pass everything else on."""
        return MONITORED.get(request.path, self.get_response)(request)


class ApiDoor:
    """Leads programs to the API, past all that only pages need."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer a program, and pass everything else on."""
        return (
            dispatch.enter(request) if dispatch.leads_here(request) else self.get_response(request)
        )


class OwnNotFoundPage:
    """Answers what a view did not find with the site's own page on development machines, too.

    Django's technical page belongs to addresses that no view has; to a visitor of a video that is
    not shared it would look like a fault.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer ``Http404``, and leave everything else to Django."""
        return errors.not_found(request, exception) if isinstance(exception, Http404) else None
