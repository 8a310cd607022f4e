"""kie.ai's HMAC signature: checked on callbacks that come in, put on webhooks that go out."""

import base64
import hashlib
import hmac
import time
from collections.abc import Mapping

from django.conf import settings

TIMESTAMP_HEADER = "X-Webhook-Timestamp"
SIGNATURE_HEADER = "X-Webhook-Signature"
MAX_AGE = 300  # seconds for which a signature is valid


def sign(key: str, task_id: str, timestamp: str) -> str:
    """Return the signature of a task id at a time.

    kie.ai, Webhook Security: ``X-Webhook-Signature`` is the base64 of the HMAC-SHA256 of
    ``task_id + "." + timestamp``, the timestamp being Unix seconds. The body is not signed.
    """
    message = f"{task_id}.{timestamp}".encode()
    return base64.b64encode(hmac.new(key.encode(), message, hashlib.sha256).digest()).decode()


def has_valid_signature(provider: str, task_id: str, headers: Mapping[str, str]) -> bool:
    """Return whether a callback of ``provider`` about ``task_id`` is signed as it must be.

    Where no ``callback_key`` is set for the vendor, every callback passes. Signatures are
    compared in constant time.
    """
    key = settings.VENDORS.get(provider, {}).get("callback_key", "")
    if not key:
        return True
    timestamp = headers.get(TIMESTAMP_HEADER, "")
    if not (timestamp.isascii() and timestamp.isdecimal() and len(timestamp) < 12):
        return False
    expected = sign(key, task_id, timestamp).encode()
    actual = headers.get(SIGNATURE_HEADER, "").encode("utf-8", "replace")
    is_fresh = abs(time.time() - int(timestamp)) <= MAX_AGE
    return hmac.compare_digest(expected, actual) and is_fresh
