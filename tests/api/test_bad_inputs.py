"""Every bad request gets a response that a program can parse."""

import json
import random
from urllib.parse import urlencode

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.api.bad_inputs import BODIES, GENERATE, SONGS, cases
from tests.api.caller import order_of
from videos.api.parsing import FORM_SENTENCE
from videos.models import MusicTask, Video

pytestmark = pytest.mark.django_db
ALL = list(cases())
URLENCODED = "application/x-www-form-urlencoded"
METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "BREW"]
PATHS = {
    GENERATE: "POST",
    "/api/v1/mp4/record-info": "GET",
    "/api/v1/generate/record-info": "GET",
    "/api/v1/generate/get-timestamped-lyrics": "POST",
    "/api/v1/chat/credit": "GET",
    "/api/v1/generate/credit": "GET",
    "/api/v1/client/job/CreateTask": "POST",
    "/api/v1/client/job/TaskInfo": "GET",
    "/api/v1/client/job/estimate-credits": "POST",
    "/api/v1/client/job/EstimateTask": "POST",
    "/api/v1/client/account/balance": "GET",
    SONGS: "POST",
    "/api/v1/videos": "GET",
    "/api/v1/videos/x": "DELETE",
    "/api/openapi.json": "GET",
}


def test_there_are_many_cases():
    assert len(ALL) > 500


def test_every_bad_request_gets_the_answer_of_the_table(caller, track):
    failures = []
    for method, path, body, code, expected in ALL:
        path, data = fill_in_ids(path, track), fill_in_ids(body, track)
        response = caller.send(method, path, data)
        result = response.json()
        message = result.get("msg") or result.get("message")
        if (response.status_code, result["code"]) != (200, code) or expected not in message:
            failures.append((method, path[:80], str(body)[:60], code, expected, result))
        assert "data" not in result
    assert failures == []
    assert not Video.objects.exists()
    assert MusicTask.objects.count() == 1


def fill_in_ids(text, track):
    if not isinstance(text, str):
        return text
    ids = {"TASK": track.music_task.task_id, "TRACK": track.audio_id}
    for name, value in ids.items():
        text = text.replace(name, value)
    return text


@pytest.mark.parametrize("path", BODIES)
def test_a_form_is_refused_with_a_sentence_and_json_that_is_called_one_is_not(caller, track, path):
    body = json.loads(fill_in_ids(json.dumps(BODIES[path]), track))
    fields = {name: str(value) for name, value in body.items()}
    form = caller.send("POST", path, urlencode(fields), Content_Type=URLENCODED).json()
    sentence = form.get("msg") or form.get("message")
    assert (form["code"], sentence) == (400, FORM_SENTENCE)
    if path != SONGS:  # where a form with files is an upload
        parts = caller.client.post(path, fields, headers=caller.headers).json()
        assert (parts["code"], parts.get("msg") or parts.get("message")) == (400, FORM_SENTENCE)
    assert not Video.objects.exists()
    for kind in (URLENCODED, "text/plain", "application/octet-stream", ""):
        assert caller.send("POST", path, body, Content_Type=kind).json()["code"] in {200, 409}


@pytest.mark.parametrize("path", PATHS)
def test_another_method_is_not_allowed(caller, path):
    for method in METHODS:
        if method == PATHS[path]:
            continue
        response = caller.client.generic(method, path, headers=caller.headers)
        assert response.status_code == 405, method
        assert response["Allow"] == PATHS[path]
        assert method == "HEAD" or json.loads(response.content)["code"] == 405
        assert response["Content-Type"] == "application/json"


@pytest.mark.parametrize(
    "path",
    ["/api", "/api/", "/api/v1", "/api/v2/mp4/generate", "/api/v1/mp4", "/api/v1/nothing/here",
     "/api/v1/mp4/generate/more", "/api/v1/videos/a/b", "/api/openapi", "/api/%00", "/api/é",
     "/api/v1/MP4/generate", "/api/v1/client", "/api/..", "/api/docs/more"],
)  # fmt: skip
def test_an_unknown_address_is_told_in_json(caller, path):
    for method in ("GET", "POST", "TRACE"):
        response = caller.client.generic(method, path, headers=caller.headers)
        assert response.status_code == 404
        assert json.loads(response.content)["code"] == 404


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Authorization": ""},
        {"Authorization": "Bearer"},
        {"Authorization": "Bearer "},
        {"Authorization": "Bearer ak_wrong"},
        {"Authorization": "Basic SECRET"},
        {"Authorization": "SECRET"},
        {"Authorization": "Bearer SECRETx"},
        {"Authorization": "Bearer " + "x" * 100_000},
        {"Authorization": "Bearer \udcff"},
        {"x-api-key": ""},
        {"x-api-key": "Bearer SECRET"},
        {"x-api-key": "é"},
        {"Cookie": "sessionid=SECRET"},
        {"api-key": "SECRET"},
    ],
)
def test_without_a_right_key_nothing_is_done(caller, track, headers):
    data = {name: value.replace("SECRET", caller.secret) for name, value in headers.items()}
    for path, method in PATHS.items():
        if path == "/api/openapi.json":
            continue
        body = json.dumps(order_of(track)) if method == "POST" else ""
        response = Client().generic(method, path, body, "application/json", headers=data)
        assert (response.status_code, response.json()["code"]) == (200, 401), path
        assert caller.secret not in response.content.decode()
    query = Client().get("/api/v1/chat/credit", {"api_key": caller.secret, "key": caller.secret})
    assert query.json()["code"] == 401
    assert not Video.objects.exists()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(path=st.sampled_from(list(BODIES)), changes=st.data())
def test_no_json_breaks_anything(caller, path, changes):
    fields = [*BODIES[path], "author", "callback_url", "imageUrl", "look"]
    body = changes.draw(st.dictionaries(st.sampled_from(fields) | st.text(), JSON) | JSON)
    result = caller.post(path, json.dumps(body))
    assert result["code"] in {200, 400, 404, 422, 429}


def test_no_bytes_break_anything(caller, track):
    rng = random.Random(4)
    valid = json.dumps(order_of(track)).encode()
    for _ in range(200):
        body = bytearray(valid)
        for _ in range(rng.randint(1, 6)):
            body[rng.randrange(len(body))] = rng.randrange(256)
        result = caller.send("POST", GENERATE, bytes(body)).json()
        assert result["code"] in {200, 400, 404, 409, 422, 429}


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("multipart/form-data", b"x"),
        ("multipart/form-data; boundary=", b"x"),
        ("multipart/form-data; boundary=a", b""),
        ("multipart/form-data; boundary=a", b"--a\r\n\r\nx"),
        ("multipart/form-data; boundary=" + "a" * 500, b"--a--"),
        ("multipart/form-data; boundary=\xe9", b"--a--"),
        ("multipart/form-data; boundary=a", b"--a\r\nContent-Disposition: form-data; "
         b"name=\"audio\"; filename=\"a.mp3\"\r\n\r\nnot audio\r\n--a--\r\n"),
        ("multipart/form-data; boundary=a", b"--a\r\nContent-Disposition: form-data; name=\"audio\""
         b"\r\n\r\ntext\r\n--a--\r\n"),
        ("multipart/form-data; boundary=a", b"".join(
            b"--a\r\nContent-Disposition: form-data; name=\"f%d\"; filename=\"f\"\r\n\r\nx\r\n" % i
            for i in range(20)) + b"--a--\r\n"),
        ("multipart/form-data; boundary=a", b"".join(
            b"--a\r\nContent-Disposition: form-data; name=\"f%d\"\r\n\r\nx\r\n" % i
            for i in range(2000)) + b"--a--\r\n"),
        ("multipart/form-data; boundary=a", b"--a\r\nContent-Disposition: form-data; name=\"title\""
         b"\r\n\r\n" + b"x" * 3_000_000 + b"\r\n--a--\r\n"),
        ("multipart/form-data; boundary=a; charset=nonsense", b"--a\r\nContent-Disposition: "
         b"form-data; name=\"title\"\r\n\r\nx\r\n--a--\r\n"),
    ],
)  # fmt: skip
def test_no_upload_breaks_anything(caller, kind, body):
    result = caller.send("POST", SONGS, body, Content_Type=kind).json()
    assert result["code"] in {400, 422}, result
    assert not MusicTask.objects.exists()


@pytest.mark.parametrize("length", ["", "x", "-1", "99999999999", "5"])
def test_a_wrong_length_breaks_nothing(caller, track, length):
    body = json.dumps(order_of(track))
    response = caller.client.generic(
        "POST", GENERATE, body, headers=caller.headers, CONTENT_LENGTH=length
    )
    assert (response.status_code, response.json()["code"]) == (200, 400)
