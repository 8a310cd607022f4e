"""Webhooks are signed as kie.ai signs its callbacks."""

import uuid

import pytest
from django.utils import timezone

from tests import papers
from tests.factories import a_delivery
from tests.webhooks.deliveries import failed, sent
from videos import callbacks
from videos.models import WebhookKey
from videos.webhooks import signing

pytestmark = pytest.mark.django_db


KEY = "unit-test-hmac-key"


@pytest.mark.parametrize(
    ("timestamp", "signature"),
    [
        (1760000000, "tmvH3a+FGvYUGVC/8lMY1t6Zij/7Clre5l7Xdbmd/oQ="),
        (1760000001, "ukLrK+KPHzr7L03Ely1neKHkpny4x0o2G8P/a0l/oxc="),
    ],
)
def test_it_is_signed_as_kie_signs(receiver, monkeypatch, timestamp, signature):
    pk = uuid.UUID(hex="3f1c0d5e8a7b4c2d9e6f0a1b2c3d4e5f")
    video = failed(receiver, pk=pk)
    WebhookKey.objects.create(user=video.owner, key=KEY, made_at=timezone.now())
    monkeypatch.setattr(signing.time, "time", lambda: timestamp + 0.9)
    sent(a_delivery(video))
    headers = receiver.calls[0].headers
    assert headers["X-Webhook-Timestamp"] == str(timestamp)
    assert headers["X-Webhook-Signature"] == signature


def test_a_portal_with_the_same_key_accepts_the_signature(receiver, settings):
    delivery = a_delivery(url=receiver.url)
    key = WebhookKey.objects.renew(delivery.owner).key
    sent(delivery)
    (call,) = receiver.calls
    task_id = callbacks.extract_task_id(call.json)
    settings.VENDORS = {"kie": {"callback_key": key}}
    assert callbacks.has_valid_signature("kie", task_id, call.headers)
    settings.VENDORS = {"kie": {"callback_key": "another"}}
    assert not callbacks.has_valid_signature("kie", task_id, call.headers)


def test_each_person_s_own_key_signs_and_without_one_nothing_is_signed(receiver):
    delivery = a_delivery(url=receiver.url)
    WebhookKey.objects.renew(a_delivery().owner)
    sent(delivery)
    assert not [name for name in receiver.calls[0].headers if "Signature" in name]


def test_each_call_is_signed_with_its_own_time(receiver, monkeypatch):
    delivery = a_delivery(url=receiver.url)
    WebhookKey.objects.renew(delivery.owner)
    receiver.answer = 500
    timestamps = []
    for now in (1760000000, 1760000060):
        monkeypatch.setattr(signing.time, "time", lambda now=now: now)
        sent(delivery)
        timestamps.append(receiver.calls[-1].headers["X-Webhook-Timestamp"])
    assert timestamps == ["1760000000", "1760000060"]


@pytest.mark.parametrize("family", ["suno", "crun"])
def test_the_paper_says_how_to_check_a_webhook(receiver, family):
    delivery = a_delivery(url=receiver.url, family=family)
    key = WebhookKey.objects.renew(delivery.owner).key
    sent(delivery)
    call = receiver.calls[0]
    (example,) = papers.blocks("docs/webhooks.md", "python")
    namespace: dict[str, object] = {}
    exec(example.code, namespace)
    assert namespace["is_genuine"](key, call.headers, call.json)
    assert not namespace["is_genuine"]("another", call.headers, call.json)
    late = call.headers | {"X-Webhook-Timestamp": "1760000000"}
    assert not namespace["is_genuine"](key, late, call.json)
