"""What happens around every view."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase

from videos.views import errors


class OwnNotFoundPage:
    """Answers what a view did not find with the site's own page on development machines, too.

    Django's technical page belongs to addresses that no view has; to a visitor of a video that is
    not shared it would look like a fault.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer ``Http404``, and leave everything else to Django."""
        return errors.not_found(request, exception) if isinstance(exception, Http404) else None
