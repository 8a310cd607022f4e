"""What every answer is wrapped in: HTTP 200, and the outcome in ``code``.

Suno's family says ``msg`` where Crun says ``message``; the path tells which one is spoken.
"""

import json

from django.http import HttpRequest, HttpResponse

OK = 200
CRUN_PATHS = "/api/v1/client/"


def answer(request: HttpRequest, data: object) -> HttpResponse:
    """Return a good answer with ``data``."""
    return sealed({"code": OK, _message_key(request): "success", "data": data})


def refusal(
    request: HttpRequest,
    code: int,
    text: str,
    data: object = None,
    wait: int = 0,
    status: int = OK,
) -> HttpResponse:
    """Return an answer that says in ``text`` what went wrong, and after how many seconds of
    ``wait`` it may go better; ``status`` is that of HTTP.
    """
    said: dict[str, object] = {"code": code, _message_key(request): text}
    if data is not None:
        said["data"] = data
    response = sealed(said, status)
    if wait:
        response["Retry-After"] = str(wait)
    return response


def sealed(said: object, status: int = OK) -> HttpResponse:
    """Return ``said`` as JSON that nobody keeps."""
    body = json.dumps(said).encode()
    return HttpResponse(
        body,
        content_type="application/json",
        status=status,
        headers={"Cache-Control": "no-store", "Content-Length": str(len(body))},
    )


def _message_key(request: HttpRequest) -> str:
    return "message" if request.path_info.startswith(CRUN_PATHS) else "msg"
