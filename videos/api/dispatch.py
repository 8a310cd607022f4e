"""The way from a request to the API, past everything that only pages need.

Sessions, cookies, forms' tokens and languages have no part in it. Addresses are forgiving: a slash
too many, at the end or between the base address and the path, is what clients often send.
"""

import re

from django.http import HttpRequest, HttpResponseBase
from django.urls import Resolver404, resolve
from django.utils import translation

from videos.api import envelope, errors
from videos.api.parsing import check_length

PREFIX = "/api/"
PAGES = re.compile(r"/api/docs/?\Z")
_SLASHES = re.compile(r"/{2,}")
_ROUTES = "videos.api.routes"


def leads_here(request: HttpRequest) -> bool:
    """Say whether ``request`` is one for the API, and not for a page about it."""
    path = _SLASHES.sub("/", request.path_info)
    return (path.startswith(PREFIX) or path == "/api") and not PAGES.match(path)


def enter(request: HttpRequest) -> HttpResponseBase:
    """Answer ``request``: always JSON, whatever was asked."""
    translation.activate("en")  # programs read it; a page may have left another language here
    request.path_info = _SLASHES.sub("/", request.path_info).rstrip("/")
    try:
        match = resolve(request.path_info, _ROUTES)
    except Resolver404:
        sentence = "The requested resource or endpoint does not exist."
        return envelope.refusal(request, errors.NOT_FOUND, sentence, status=errors.NOT_FOUND)
    request.resolver_match = match
    try:
        check_length(request)
        response: HttpResponseBase = match.func(request, *match.args, **match.kwargs)
    except errors.Refused as error:
        return errors.refused(request, error)
    except Exception as error:  # nothing that strangers send may end in a page
        return errors.broken(request, error)
    return _not_allowed(request, response) if response.status_code == 405 else response


def _not_allowed(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    answer = envelope.refusal(request, 405, "This method is not allowed here.", status=405)
    answer["Allow"] = response["Allow"]
    return answer
