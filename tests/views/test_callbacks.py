"""Callbacks over HTTP: genuine, repeated, late, forged and huge ones."""

import json
import time
from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client
from django.utils import timezone

from tests.factories import a_video
from videos.callbacks import signatures, tokens
from videos.models import Video

pytestmark = pytest.mark.django_db

TASK = "3f1c0d5e8a7b4c2d9e6f0a1b2c3d4e5f"
KEY = "unit-test-hmac-key"


@pytest.fixture
def video() -> Video:
    later = timezone.now() + timedelta(seconds=30)
    return a_video(provider="kie", vendor_task_id=TASK, due_at=later, submitted_at=timezone.now())


def body_of(task_id: str = TASK, url: str = "https://cdn.example/film.mp4") -> dict[str, object]:
    return {"code": 200, "msg": "success", "data": {"task_id": task_id, "video_url": url}}


def post(video: Video, body: object = None, **headers: str):
    path = "/" + tokens.callback_url(video).split("/", 3)[3]
    client = Client(enforce_csrf_checks=True)
    raw = body if isinstance(body, bytes | str) else json.dumps(body_of() if body is None else body)
    return client.post(path, raw, content_type="application/json", headers=headers)


def is_due(video: Video) -> bool:
    video.refresh_from_db()
    return video.due_at <= timezone.now()


def test_a_callback_makes_the_video_due(video, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        response = post(video)
    assert (response.status_code, response.json()["code"]) == (200, 200)
    assert not response.cookies
    assert is_due(video)
    assert video.vendor_url == ""
    assert not video.is_final


def test_a_callback_that_comes_twice_or_late_changes_nothing(video):
    assert [post(video).status_code for _ in range(3)] == [200, 200, 200]
    video.cancel()
    assert post(video).status_code == 200
    video.refresh_from_db()
    assert video.due_at is None


@pytest.mark.parametrize(
    "body", [body_of("another"), {"data": None}, [], "12", {"task_id": "other"}]
)
def test_what_is_about_something_else_is_answered_and_forgotten(video, body):
    assert post(video, body).status_code == 200
    assert not is_due(video)


def test_a_guessed_address_is_answered_and_forgotten(video, client):
    for path in ("/callbacks/kie/guessed/", f"/callbacks/kie/{video.pk.hex}/", "/callbacks/x/y/"):
        response = client.post(path, json.dumps(body_of()), content_type="application/json")
        assert response.status_code == 200
    assert not is_due(video)


@pytest.mark.parametrize(
    "body", [b"", b"not JSON", b"[" * 60_000, b"\xff\xfe", b'{"data":' + b"9" * 5000 + b"}"]
)
def test_what_is_no_json_is_said_so(video, body):
    response = post(video, body)
    assert (response.status_code, response.json()["code"]) == (400, 400)
    assert not is_due(video)


def test_a_large_body_is_not_read(video):
    response = post(video, json.dumps(body_of() | {"padding": "x" * 70_000}))
    assert response.status_code == 413
    assert not is_due(video)


class BrokenBody(BytesIO):
    """A body whose connection breaks."""

    def read(self, size: int | None = -1) -> bytes:
        raise OSError("it ends too early")


def test_a_body_that_is_cut_off_is_refused(video):
    path = "/" + tokens.callback_url(video).split("/", 3)[3]
    cut = {"wsgi.input": BrokenBody(), "CONTENT_LENGTH": "100"}
    response = Client().generic("POST", path, content_type="application/json", **cut)
    message = "The body cannot be read: it ends too early."
    assert (response.status_code, response.json()["msg"]) == (400, message)
    assert not is_due(video)


def test_crun_s_callback_is_the_bare_record_or_an_envelope():
    later = timezone.now() + timedelta(seconds=30)
    record = {"task_id": TASK, "status": "success", "result": {"media_urls": ["https://x/f.mp4"]}}
    for body in (record, {"code": 200, "message": "success", "data": record}):
        video = a_video(provider="crun", vendor_task_id=TASK, due_at=later)
        assert post(video, body).json() == {"code": 200, "msg": "success"}
        assert is_due(video)
        assert not video.is_final


@pytest.mark.parametrize(
    ("code", "address"), [(400, None), (451, ""), (500, None), (501, "absent")]
)
def test_a_failure_is_a_hint_like_any_other(video, code, address):
    data = {"task_id": TASK} | ({} if address == "absent" else {"video_url": address})
    assert post(video, {"code": code, "msg": "failed", "data": data}).status_code == 200
    assert is_due(video)
    assert not video.is_final


@pytest.mark.parametrize("method", ["get", "put", "delete", "patch", "head"])
def test_only_posts_are_taken(client, method):
    assert getattr(client, method)("/callbacks/kie/token/").status_code == 405


@pytest.fixture
def signing(settings) -> None:
    settings.VENDORS = {"kie": {"api_key": "k", "base_url": "", "callback_key": KEY}}


def signed(at: float | None = None, task_id: str = TASK) -> dict[str, str]:
    timestamp = str(int(at or time.time()))
    return {
        "X-Webhook-Timestamp": timestamp,
        "X-Webhook-Signature": signatures.sign(KEY, task_id, timestamp),
    }


def test_with_a_key_only_signed_callbacks_count(video, signing, caplog):
    assert post(video).status_code == 401
    assert post(video, body_of(), **signed(time.time() - 400)).status_code == 401
    assert post(video, body_of(), **signed(task_id="another")).status_code == 401
    assert not is_due(video)
    assert KEY not in caplog.text
    assert post(video, body_of(), **signed()).status_code == 200
    assert is_due(video)


@pytest.mark.parametrize(
    "changes",
    [
        {"X-Webhook-Signature": "ü\xff"},
        {"X-Webhook-Signature": ""},
        {"X-Webhook-Timestamp": ""},
        {"X-Webhook-Timestamp": "-1"},
        {"X-Webhook-Timestamp": "1e9"},
        {"X-Webhook-Timestamp": "١٧٦٠٠٠٠٠٠٠"},
        {"X-Webhook-Timestamp": "9" * 400},
    ],
)
def test_odd_headers_are_refused_and_break_nothing(video, signing, changes):
    assert post(video, body_of(), **signed() | changes).status_code == 401
    assert not is_due(video)


def test_headers_that_come_twice_are_refused(video, signing):
    headers = {name: f"{value},{value}" for name, value in signed().items()}  # as servers join them
    assert post(video, body_of(), **headers).status_code == 401


@pytest.mark.parametrize(("age", "status"), [(-305, 401), (-290, 200), (290, 200), (305, 401)])
def test_the_window_is_five_minutes_in_both_directions(video, signing, age, status):
    assert post(video, body_of(), **signed(time.time() - age)).status_code == status


def test_a_pair_of_headers_that_is_replayed_with_another_address_only_makes_us_ask(video, signing):
    headers = signed()
    post(video, body_of(), **headers)
    post(video, body_of(url="https://evil.example/film.mp4"), **headers)
    video.refresh_from_db()
    assert (video.vendor_url, video.is_final) == ("", False)
