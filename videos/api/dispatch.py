"""Dispatch of API requests, past everything that only pages need.

Sessions, cookies, CSRF tokens and languages play no part. Addresses are tolerant: superfluous
slashes, at the end or between the base address and the path, are what clients often send.
"""

import re

from django.http import HttpRequest, HttpResponseBase
from django.urls import Resolver404, resolve
from django.utils import translation

from videos.api import cors, envelope, errors
from videos.api.parsing import check_length

PREFIX = "/api/"
_DOCS_PAGE = re.compile(r"/api/docs/?\Z")
_SLASHES = re.compile(r"/{2,}")
_ROUTES = "videos.api.routes"


def is_api_request(request: HttpRequest) -> bool:
    """Return whether ``request`` is for the API, not for a page about it."""
    path = _SLASHES.sub("/", request.path_info)
    return (path.startswith(PREFIX) or path == "/api") and not _DOCS_PAGE.match(path)


def handle(request: HttpRequest) -> HttpResponseBase:
    """Return the response to ``request``, which pages of all sites may read."""
    response = cors.answer_preflight() if cors.is_preflight(request) else _call(request)
    cors.allow_origins(response)
    return response


def _call(request: HttpRequest) -> HttpResponseBase:
    """Return the response of the operation, which is JSON in every case."""
    translation.activate("en")  # programs read it; a page may have left another language here
    request.path_info = _SLASHES.sub("/", request.path_info).rstrip("/")
    try:
        match = resolve(request.path_info, _ROUTES)
    except Resolver404:
        sentence = "The requested resource or endpoint does not exist."
        return envelope.error(request, errors.NOT_FOUND, sentence, status=errors.NOT_FOUND)
    request.resolver_match = match
    try:
        check_length(request)
        response: HttpResponseBase = match.func(request, *match.args, **match.kwargs)
    except errors.ApiError as error:
        return errors.answer_api_error(request, error)
    except Exception as error:  # no request of a stranger may end in a page
        return errors.answer_server_error(request, error)
    return _method_not_allowed(request, response) if response.status_code == 405 else response


def _method_not_allowed(request: HttpRequest, original: HttpResponseBase) -> HttpResponseBase:
    response = envelope.error(request, 405, "This method is not allowed here.", status=405)
    response["Allow"] = original["Allow"]
    return response
