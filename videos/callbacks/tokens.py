"""The addresses at which vendors tell us of news, and what proves that it is they.

The address names a video by a signed token, so nothing needs to be kept, and nobody can guess one.
"""

import base64
import hashlib
import hmac
import time
import uuid
from collections.abc import Mapping

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

from videos.models import Video
from videos.providers.json_fields import first, mapping, text

WINDOW = 300  # seconds that kie.ai's signature is good for


def url(video: Video) -> str:
    """Return the absolute address at which the vendor of ``video`` is to call back."""
    token = _signer(video.provider).sign(video.pk.hex)
    return f"{settings.SITE_URL}{reverse('videos:callback', args=[video.provider, token])}"


def video_id(provider: str, token: str) -> uuid.UUID | None:
    """Return the id of the video that ``token`` names, None where we did not make the token.

    Signatures are compared in constant time.
    """
    try:
        return uuid.UUID(hex=_signer(provider).unsign(token))
    except (BadSignature, ValueError):
        return None


def task_id(payload: object) -> str:
    """Return the vendor's id in a callback of either family, "" where there is none.

    Apikley, Create Music Video: ``data.task_id``; Crun sends the bare ``data`` object.
    """
    outer = mapping(payload)
    inner = mapping(outer.get("data"))
    names = ("task_id", "taskId")
    return text(first(inner, *names) or first(outer, *names), 100)


def is_signed(provider: str, task_id: str, headers: Mapping[str, str]) -> bool:
    """Say whether a callback is signed as it must be: where no key is set, any is.

    kie.ai, Webhook Security: ``X-Webhook-Signature`` is the base64 of the HMAC-SHA256 of
    ``task_id + "." + timestamp``, the timestamp being Unix seconds. The body is not signed.
    """
    key = settings.VENDORS.get(provider, {}).get("webhook_key", "")
    if not key:
        return True
    stamp = headers.get("X-Webhook-Timestamp", "")
    if not (stamp.isascii() and stamp.isdecimal() and len(stamp) < 12):
        return False
    wanted = signature(key, task_id, stamp)
    given = headers.get("X-Webhook-Signature", "")
    is_right = hmac.compare_digest(wanted.encode(), given.encode("utf-8", "replace"))
    return is_right and abs(time.time() - int(stamp)) <= WINDOW


def signature(key: str, task_id: str, timestamp: str) -> str:
    """Return kie.ai's signature of a callback."""
    said = f"{task_id}.{timestamp}".encode()
    return base64.b64encode(hmac.new(key.encode(), said, hashlib.sha256).digest()).decode()


def _signer(provider: str) -> Signer:
    return Signer(salt=f"videos.callback.{provider}")
