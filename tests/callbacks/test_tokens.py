"""What proves that a callback comes from whom it says."""

import time

import pytest

from tests.factories import a_video
from videos.callbacks import tokens

KEY = "unit-test-hmac-key"
TASK = "3f1c0d5e8a7b4c2d9e6f0a1b2c3d4e5f"


@pytest.mark.django_db
def test_an_address_names_its_video_and_nothing_else(settings):
    settings.SITE_URL = "https://portal.example.com"
    video = a_video(provider="kie")
    url = tokens.url(video)
    assert url.startswith("https://portal.example.com/callbacks/kie/")
    token = url.rstrip("/").rsplit("/", 1)[1]
    assert len(token) > 70
    assert tokens.video_id("kie", token) == video.pk
    assert tokens.video_id("apikley", token) is None
    for wrong in ("", token[:-1], token[1:], video.pk.hex, f"{video.pk.hex}:", "ü" * 9, ":" * 40):
        assert tokens.video_id("kie", wrong) is None


@pytest.mark.parametrize(
    ("timestamp", "signature"),
    [
        ("1760000000", "tmvH3a+FGvYUGVC/8lMY1t6Zij/7Clre5l7Xdbmd/oQ="),
        ("1760000001", "ukLrK+KPHzr7L03Ely1neKHkpny4x0o2G8P/a0l/oxc="),
    ],
)
def test_the_signature_is_that_of_kie(timestamp, signature):
    assert tokens.signature(KEY, TASK, timestamp) == signature


def headers(stamp: object, signature: str = "") -> dict[str, str]:
    right = tokens.signature(KEY, TASK, str(stamp))
    return {"X-Webhook-Timestamp": str(stamp), "X-Webhook-Signature": signature or right}


def test_a_signature_is_good_for_five_minutes(settings):
    settings.VENDORS = {"kie": {"webhook_key": KEY}}
    now = int(time.time())
    assert tokens.is_signed("kie", TASK, headers(now))
    assert tokens.is_signed("kie", TASK, headers(now - 290))
    assert not tokens.is_signed("kie", TASK, headers(now - 310))
    assert not tokens.is_signed("kie", TASK, headers(now + 310))
    assert not tokens.is_signed("kie", "another", headers(now))
    assert not tokens.is_signed("kie", TASK, headers(now, "AAAA"))
    assert not tokens.is_signed("kie", TASK, headers("soon"))
    assert not tokens.is_signed("kie", TASK, headers("9" * 30))
    assert not tokens.is_signed("kie", TASK, {})
    assert tokens.is_signed("apikley", TASK, {})


@pytest.mark.parametrize(
    "payload",
    [
        {"data": {"task_id": "x"}},
        {"data": {"taskId": "x"}},
        {"taskId": "x"},
        {"task_id": "x", "status": "success"},
        {"code": 200, "data": {"task_id": "x", "video_url": None}},
    ],
)
def test_the_id_is_found_wherever_it_is(payload):
    assert tokens.task_id(payload) == "x"


@pytest.mark.parametrize("payload", [None, [], "x", 1, {}, {"data": []}, {"data": {"task_id": {}}}])
def test_what_has_no_id_has_none(payload):
    assert tokens.task_id(payload) == ""
