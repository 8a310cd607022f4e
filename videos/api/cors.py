"""CORS: programs in browsers call the API from the pages of any site.

Their key stands in a header and no cookie is read, so a page gets nothing that any other program
would not get: every origin is allowed, and credentials never are. (django-cors-headers answers a
preflight with 200, knows the API by its own pattern of paths, and adds ``Vary: origin`` to every
page; here it is these few headers.) Fetch Standard, section 3.3, CORS protocol.
"""

from django.http import HttpRequest, HttpResponse, HttpResponseBase

ALLOW_METHODS = "GET, POST, DELETE"
ALLOW_HEADERS = "authorization, x-api-key, content-type, idempotency-key"
EXPOSE_HEADERS = "Retry-After"
MAX_AGE = 24 * 3600  # seconds; browsers remember a preflight for at most this long


def is_preflight(request: HttpRequest) -> bool:
    """Return whether a browser requests which calls of other sites' pages are allowed."""
    names = {"Origin", "Access-Control-Request-Method"}
    return request.method == "OPTIONS" and any(name in request.headers for name in names)


def answer_preflight() -> HttpResponse:
    """Return the response to a preflight, the same for all paths: the call tells what is there."""
    headers = {
        "Access-Control-Allow-Methods": ALLOW_METHODS,
        "Access-Control-Allow-Headers": ALLOW_HEADERS,
        "Access-Control-Max-Age": str(MAX_AGE),
    }
    response = HttpResponse(status=204, headers=headers)
    del response["Content-Type"]
    return response


def allow_origins(response: HttpResponseBase) -> None:
    """Let the pages of all sites read ``response``."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Expose-Headers"] = EXPOSE_HEADERS
