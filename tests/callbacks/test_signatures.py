"""kie.ai's signature: how it is computed, and which callbacks have a valid one."""

import time

import pytest

from videos.callbacks.signatures import has_valid_signature, sign

KEY = "unit-test-hmac-key"
TASK = "3f1c0d5e8a7b4c2d9e6f0a1b2c3d4e5f"


@pytest.mark.parametrize(
    ("timestamp", "signature"),
    [
        ("1760000000", "tmvH3a+FGvYUGVC/8lMY1t6Zij/7Clre5l7Xdbmd/oQ="),
        ("1760000001", "ukLrK+KPHzr7L03Ely1neKHkpny4x0o2G8P/a0l/oxc="),
    ],
)
def test_the_signature_is_that_of_kie(timestamp, signature):
    assert sign(KEY, TASK, timestamp) == signature


def headers(timestamp: object, signature: str = "") -> dict[str, str]:
    valid = sign(KEY, TASK, str(timestamp))
    return {"X-Webhook-Timestamp": str(timestamp), "X-Webhook-Signature": signature or valid}


def test_a_signature_is_valid_for_five_minutes(settings):
    settings.VENDORS = {"kie": {"callback_key": KEY}}
    now = int(time.time())
    assert has_valid_signature("kie", TASK, headers(now))
    assert has_valid_signature("kie", TASK, headers(now - 290))
    assert not has_valid_signature("kie", TASK, headers(now - 310))
    assert not has_valid_signature("kie", TASK, headers(now + 310))
    assert not has_valid_signature("kie", "another", headers(now))
    assert not has_valid_signature("kie", TASK, headers(now, "AAAA"))
    assert not has_valid_signature("kie", TASK, headers("soon"))
    assert not has_valid_signature("kie", TASK, headers("9" * 30))
    assert not has_valid_signature("kie", TASK, {})
    assert has_valid_signature("apikley", TASK, {})
