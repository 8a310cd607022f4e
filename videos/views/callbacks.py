"""The endpoint for vendors' callbacks: each only makes us poll, its contents are not believed."""

import json
import logging

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse, UnreadablePostError
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from videos import callbacks
from videos.views.uploads import is_longer

logger = logging.getLogger(__name__)

MAX_BODY_BYTES = 64 * 1024


@csrf_exempt
@login_not_required
@never_cache
@require_POST
def vendor_callback(request: HttpRequest, provider: str, token: str) -> JsonResponse:
    """Make a video due, because its vendor reports that something changed.

    Unknown tokens and tasks get the same response as known ones, so that a stranger learns nothing.
    """
    if is_longer(request, MAX_BODY_BYTES):
        return _too_large()
    try:
        body = request.read(MAX_BODY_BYTES + 1)
    except UnreadablePostError as error:
        return _respond(400, f"The body cannot be read: {error}.")
    if len(body) > MAX_BODY_BYTES:
        return _too_large()
    try:
        payload = json.loads(body)
    except (ValueError, RecursionError):
        return _respond(400, "The body is not JSON.")
    task_id = callbacks.extract_task_id(payload)
    if not callbacks.has_valid_signature(provider, task_id, request.headers):
        logger.warning("A callback of %s is not signed as it must be", provider)
        return _respond(401, "The signature is missing, wrong or too old.")
    callbacks.receive_callback(provider, token, payload)
    return _respond(200, "success")


def _too_large() -> JsonResponse:
    return _respond(413, "The body is larger than 64 kB.")


def _respond(code: int, message: str) -> JsonResponse:
    return JsonResponse({"code": code, "msg": message}, status=code)
