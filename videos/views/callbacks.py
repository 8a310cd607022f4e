"""Where vendors call back: a hint that makes us ask, never news that is believed."""

import json
import logging

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from videos import pipeline
from videos.callbacks import tokens

logger = logging.getLogger(__name__)

LARGEST = 64 * 1024  # bytes


@csrf_exempt
@login_not_required
@never_cache
@require_POST
def callback(request: HttpRequest, provider: str, token: str) -> JsonResponse:
    """Make a video due, because its vendor says that there is news.

    Whatever is unknown is answered like what is known: a stranger learns nothing.
    """
    body = _body(request)
    if len(body) > LARGEST:
        return _answer(413, "The body is larger than 64 kB.")
    try:
        payload = json.loads(body)
    except (ValueError, RecursionError):
        return _answer(400, "The body is not JSON.")
    if not tokens.is_signed(provider, tokens.task_id(payload), request.headers):
        logger.warning("A callback of %s is not signed as it must be", provider)
        return _answer(401, "The signature is missing, wrong or too old.")
    pipeline.called_back(provider, token, payload)
    return _answer(200, "success")


def _body(request: HttpRequest) -> bytes:
    """Read as much of the body as may come; Django sees nothing of one whose length is not told."""
    is_chunked = "chunked" in request.headers.get("Transfer-Encoding", "").lower()
    if is_chunked and request.META.get("wsgi.input_terminated"):
        return bytes(request.META["wsgi.input"].read(LARGEST + 1))
    return request.read(LARGEST + 1)


def _answer(code: int, message: str) -> JsonResponse:
    return JsonResponse({"code": code, "msg": message}, status=code)
