"""The HTTP client of the vendors: the meaning of each code, retries, and secrets."""

import json
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from tests.standin import StandIn
from tests.standin.server import KEY
from videos.providers import errors, suno
from videos.providers.http import RawResponse
from videos.providers.json_fields import number, storable
from videos.providers.registry import vendor
from videos.vendors import VENDORS

# Every row of the contract's table of codes: what Apikley and kie.ai, sunoapi.org and Crun mean
CODES = {
    400: (errors.Invalid, errors.Invalid, errors.Invalid),
    401: (errors.AuthenticationError,) * 3,
    402: (errors.CreditsError,) * 3,
    404: (errors.NotFound,) * 3,
    405: (errors.Invalid, errors.Throttled, errors.Invalid),
    408: (errors.Transient,) * 3,
    409: (errors.AlreadyExists, errors.AlreadyExists, errors.Invalid),
    413: (errors.Invalid,) * 3,
    422: (errors.Invalid,) * 3,
    429: (errors.Throttled, errors.CreditsError, errors.Throttled),
    430: (errors.Throttled, errors.Throttled, errors.Invalid),
    451: (errors.GenerationFailed, errors.GenerationFailed, errors.Invalid),
    455: (errors.Maintenance,) * 3,
    500: (errors.Transient,) * 3,
    501: (errors.GenerationFailed, errors.Transient, errors.GenerationFailed),
    505: (errors.Disabled, errors.Transient, errors.Disabled),
    531: (errors.GenerationFailed,) * 3,
}
ROWS = [
    (name, code, kinds[column])
    for code, kinds in CODES.items()
    for name, column in (("apikley", 0), ("kie", 0), ("sunoapi", 1), ("crun", 2))
]


@pytest.fixture
def client(settings):
    """Return a function that returns our client of a vendor, to which nothing is sent."""
    settings.VENDORS = {
        name: {"api_key": KEY, "base_url": "https://vendor.example"} for name in VENDORS
    }
    return vendor


def envelope(code: object, **fields: object) -> bytes:
    return json.dumps({"code": code, "msg": "no", "data": None} | fields).encode()


@pytest.mark.parametrize("style", [int, str, float])
@pytest.mark.parametrize(("name", "code", "kind"), ROWS)
def test_every_code_means_what_its_vendor_says(client, name, code, kind, style):
    for status in (200, code):
        with pytest.raises(errors.VendorError) as caught:
            client(name).parse_response(
                RawResponse(status, envelope(style(code))), suno.parse_task_id
            )
        assert type(caught.value) is kind
        assert caught.value.code == code


@pytest.mark.parametrize(("name", "code", "kind"), ROWS)
def test_a_status_counts_where_the_body_has_no_code(client, name, code, kind):
    body = json.dumps({"timestamp": "2026-01-01", "error": "No"}).encode()
    with pytest.raises(errors.VendorError) as caught:
        client(name).parse_response(RawResponse(code, body), suno.parse_task_id)
    assert type(caught.value) is kind


def test_the_code_in_the_body_wins_over_the_status(client):
    with pytest.raises(errors.CreditsError):
        client("kie").parse_response(RawResponse(500, envelope(402)), suno.parse_task_id)
    good = envelope(200, data={"taskId": "x"})
    assert client("kie").parse_response(RawResponse(418, good), suno.parse_task_id) == "x"


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (401, errors.AuthenticationError),
        (402, errors.CreditsError),
        (403, errors.Transient),
        (404, errors.Transient),
        (429, errors.Throttled),
        (455, errors.Maintenance),
        (500, errors.Transient),
        (502, errors.Transient),
    ],
)
def test_a_status_with_a_page_says_little(client, status, kind):
    with pytest.raises(errors.VendorError) as caught:
        client("sunoapi").parse_response(RawResponse(status, b"<html>"), suno.parse_task_id)
    assert type(caught.value) is kind


def test_a_wall_against_bots_is_no_wrong_key_and_passes_nothing_on(client):
    page = b"<!doctype html><title>Just a moment...</title>"
    with pytest.raises(errors.Transient) as caught:
        client("kie").parse_response(RawResponse(403, page), suno.parse_task_id)
    assert not caught.value.may_have_arrived
    for body in (envelope(403), b'{"error": "forbidden"}'):
        with pytest.raises(errors.AuthenticationError):
            client("kie").parse_response(RawResponse(403, body), suno.parse_task_id)


@pytest.mark.parametrize("name", VENDORS)
@pytest.mark.parametrize(
    ("code", "message", "kind"),
    [
        (500, "The current credits are insufficient. Please top up.", errors.CreditsError),
        (500, "Insufficient credits", errors.CreditsError),
        (429, "You do not have enough credits: not enough credits.", errors.CreditsError),
        (500, "Generation failed. Your credits have been refunded.", errors.GenerationFailed),
        (531, "Sorry, the generation failed due to an issue.", errors.GenerationFailed),
        (500, "Server exception, please try again later.", errors.Transient),
    ],
)
def test_a_vendors_message_tells_the_cause_and_is_passed_on(client, name, code, message, kind):
    with pytest.raises(errors.VendorError) as caught:
        client(name).parse_response(
            RawResponse(200, envelope(code, msg=message)), suno.parse_task_id
        )
    assert type(caught.value) is kind
    assert message in str(caught.value)


@pytest.mark.parametrize("data", [None, {}, {"taskId": ""}, {"taskId": None}, [], ""])
@pytest.mark.parametrize("code", [0, 200])
def test_an_order_that_succeeded_without_an_id_is_unclear(opened, code, data):
    """It may have been accepted and billed: the error is no refusal, so the order is repeated."""
    standin, client = opened()
    standin.answer = lambda call: (200, {"code": code, "msg": "success", "data": data})
    with pytest.raises(errors.Transient) as caught:
        client.post("/api/v1/mp4/generate", {}, suno.parse_task_id)
    assert caught.value.may_have_arrived


def test_a_poll_that_succeeded_without_data_is_too_early(opened):
    standin, client = opened()
    standin.answer = lambda call: (200, {"code": 200, "msg": "success", "data": None})
    with pytest.raises(errors.NotYet):
        client.video("x")


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("", 10),
        ("1", 10),
        ("-5", 10),
        ("nan", 10),
        ("soon", 10),
        ("30", 30),
        ("99999999999", 300),
        ("Wed, 21 Oct 2015 07:28:00 GMT", 10),
        ("Fri, 21 Oct 9999 07:28:00 GMT", 300),
        ("Wed, 99 Oct 2015 99:99:99 GMT", 10),
    ],
)
def test_how_long_to_wait_is_taken_from_the_vendor_within_reason(client, header, seconds):
    with pytest.raises(errors.Throttled) as caught:
        client("kie").parse_response(RawResponse(429, envelope(429), header), suno.parse_task_id)
    assert caught.value.retry_after == seconds


def test_a_date_to_wait_for_is_understood(client):
    then = format_datetime(datetime.now(UTC) + timedelta(seconds=60), usegmt=True)
    with pytest.raises(errors.Throttled) as caught:
        client("kie").parse_response(RawResponse(429, envelope(429), then), suno.parse_task_id)
    assert 50 < caught.value.retry_after <= 60


@pytest.mark.parametrize("seconds", ["1", "86400"])
def test_a_request_that_has_to_wait_is_not_retried_at_once(opened, seconds):
    standin, client = opened()
    standin.failure = lambda kind: (429, {"code": 429, "msg": "too often", "data": None})
    standin.retry_after = seconds
    standin.breaks("record-info", *["throttled"] * 3)
    began = time.monotonic()
    with pytest.raises(errors.Throttled):
        client.video("x")
    assert standin.count("GET", "record-info") == 1
    assert time.monotonic() - began < 1


def test_the_key_follows_no_redirect(opened):
    standin, client = opened()
    with StandIn("kie") as other:
        for path in ("/elsewhere", "/api/v1/mp4/record-info"):
            standin.redirect = f"{other.url}{path}"
            standin.breaks("", "moved", "moved", "moved")
            for send in (
                client.credits,
                lambda: client.video("x"),
                lambda: client.post("/", {}, number),
            ):
                with pytest.raises(errors.Transient):
                    send()
        assert other.calls == []
    assert len(standin.calls) == 6


@pytest.mark.parametrize(
    ("value", "expected"),
    [(87.5, 87.5), ("87.5", 87.5), (0, 0), (12, 12), ("", None), (None, None), ({}, None)],
)
@pytest.mark.parametrize("name", ["apikley", "kie", "sunoapi", "crun"])
def test_credits_may_be_fractional_text_or_missing(opened, name, value, expected):
    standin, client = opened(name)
    standin.credits = value
    if expected is None:
        with pytest.raises(errors.VendorError):
            client.credits()
    else:
        assert client.credits() == expected


def test_a_key_that_the_vendor_repeats_goes_no_further(client):
    record = {
        "taskId": "x",
        "successFlag": "GENERATE_MP4_FAILED",
        "errorMessage": f"Bearer {KEY} is out of luck",
        "param": {"deep": [f"key={KEY}"]},
    }
    result = client("kie").parse_response(
        RawResponse(200, envelope(200, data=record)), suno.parse_video
    )
    assert KEY not in repr(result)
    assert result.error_message == "Bearer … is out of luck"
    with pytest.raises(errors.Invalid) as caught:
        client("kie").parse_response(RawResponse(422, envelope(422, msg=f"{KEY}!")), number)
    assert caught.value.vendor_message == "…!"


def test_our_token_is_in_nothing_that_is_stored():
    url = "https://portal.example.com/callbacks/kie/our:token/"
    record = {
        "callbackUrl": url,
        "callBackUrl": url,
        "callback_url": url,
        "param": json.dumps({"callBackUrl": url, "prompt": "sea"}),
        "list": [{"note": f"posted to {url}"}],
        "response": {"videoUrl": "https://cdn.example/files/film.mp4"},
    }
    assert storable(record)["response"] == record["response"]
    assert "our:token" not in json.dumps(storable(record))
    assert "sea" in json.dumps(storable(record))
