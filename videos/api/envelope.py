"""The envelope of every response: HTTP 200, and the outcome in ``code``.

Suno's family calls the message ``msg`` and Crun calls it ``message``; the path tells the family.
"""

import json

from django.http import HttpRequest, HttpResponse

OK = 200
CRUN_PATHS = "/api/v1/client/"


def success(request: HttpRequest, data: object) -> HttpResponse:
    """Return the response of a request that succeeded, with its ``data``."""
    return json_response({"code": OK, _message_key(request): "success", "data": data})


def error(
    request: HttpRequest,
    code: int,
    message: str,
    data: object = None,
    retry_after: int = 0,
    status: int = OK,
) -> HttpResponse:
    """Return the response of a request that failed, with a ``message`` that says why.

    ``retry_after`` is the number of seconds after which a repeat may succeed, 0 for none;
    ``status`` is the HTTP status.
    """
    payload: dict[str, object] = {"code": code, _message_key(request): message}
    if data is not None:
        payload["data"] = data
    response = json_response(payload, status)
    if retry_after:
        response["Retry-After"] = str(retry_after)
    return response


def json_response(payload: object, status: int = OK) -> HttpResponse:
    """Return ``payload`` as a JSON response that no cache stores."""
    body = json.dumps(payload).encode()
    return HttpResponse(
        body,
        content_type="application/json",
        status=status,
        headers={"Cache-Control": "no-store", "Content-Length": str(len(body))},
    )


def _message_key(request: HttpRequest) -> str:
    return "message" if request.path_info.startswith(CRUN_PATHS) else "msg"
