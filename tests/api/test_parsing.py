"""JSON from strangers."""

import pytest
from django.http import HttpRequest
from django.test import RequestFactory

from videos.api.errors import ApiError
from videos.api.parsing import MAX_BODY_BYTES, MAX_DEPTH, check_length, parse_json_object


def request(body: bytes) -> HttpRequest:
    return RequestFactory().generic("POST", "/api/v1/x", body, content_type="application/json")


def test_an_object_is_read():
    assert parse_json_object(request('{"a": [1, {"b": null}], "ä": "\\u00e4"}'.encode())) == {
        "a": [1, {"b": None}],
        "ä": "ä",
    }


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", 400),
        (b"{", 400),
        (b"\xff", 400),
        (b'{"a": NaN}', 400),
        (b'{"a": -Infinity}', 400),
        (b"[" * 100_000, 400),
        (b"[1]", 422),
        (b'"text"', 422),
        (b'{"a": 1, "a": 2}', 422),
    ],
)
def test_anything_else_is_refused(body, code):
    with pytest.raises(ApiError) as caught:
        parse_json_object(request(body))
    assert caught.value.code == code


def test_what_is_nested_too_deeply_is_refused():
    def nested(depth: int) -> bytes:
        return b'{"a":' * depth + b"1" + b"}" * depth

    assert parse_json_object(request(nested(MAX_DEPTH)))
    with pytest.raises(ApiError):
        parse_json_object(request(nested(MAX_DEPTH + 1)))


def test_a_long_body_is_refused_before_it_is_read_unless_it_is_an_upload(rf):
    def upload(length: str, kind: str = "application/json"):
        request = rf.generic("POST", "/api/v1/x", b"x", content_type=kind)
        request.META["CONTENT_LENGTH"] = length
        return request

    check_length(upload(str(MAX_BODY_BYTES)))
    check_length(upload(""))
    check_length(upload(str(MAX_BODY_BYTES * 9), "multipart/form-data; boundary=x"))
    for length in (str(MAX_BODY_BYTES + 1), "-1", "1e3", "٣"):
        with pytest.raises(ApiError) as caught:
            check_length(upload(length))
        assert caught.value.code == 400
