"""Requests whose bodies come in chunks, without a length, to the server that people run."""

import http.client
import itertools
import json
import socket
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, closing
from datetime import timedelta
from types import SimpleNamespace
from urllib.parse import urlencode, urlsplit

import pytest
import requests
from django.utils import timezone

from tests import media_files
from tests.api.caller import Caller, order_of
from tests.factories import PASSWORD, a_playable_track, a_user, a_video
from tests.web_server import web_server
from videos import callbacks
from videos.callbacks import signatures
from videos.models import MusicTask, Track, Video, signing_key
from videos.models.signing_key import ADDRESSES, SigningKey

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.processes]

HOST = "testserver"
MEBIBYTE = 1024 * 1024
KEY = "unit-test-hmac-key"
TASK = "3f1c0d5e8a7b4c2d9e6f0a1b2c3d4e5f"
GENERATE, SONGS = "/api/v1/mp4/generate", "/api/v1/songs"


@pytest.fixture(scope="module")
def server(tmp_path_factory, django_db_setup, django_db_blocker) -> Iterator[str]:
    """Serve the database of the tests, which is emptied after each, by one server for all."""
    limits = {"MAX_AUDIO_MB": "1", "MAX_COVER_MB": "1", "MAX_BACKDROP_MB": "1", "DEBUG": "true"}
    keys = {"KIE_API_KEY": "k", "KIE_CALLBACK_KEY": KEY}
    with ExitStack() as stack:
        folder = tmp_path_factory.mktemp("site")
        with django_db_blocker.unblock():
            server = web_server(folder, SimpleNamespace(), **limits, **keys)
            address = stack.enter_context(server)
        yield address


@pytest.fixture
def address(server, settings) -> str:
    # The server reads its key from the database once, so that of each test has the same
    SigningKey.objects.create(name=ADDRESSES, key=signing_key.cached_keys[ADDRESSES])
    settings.VENDORS = {"kie": {"api_key": "k", "base_url": "", "callback_key": KEY}}
    settings.SITE_URL = f"http://{HOST}"
    return server


@pytest.fixture
def program(address) -> Caller:
    caller = Caller(a_user())
    caller.headers |= {"Host": HOST}
    return caller


def pieces(body: bytes, size: int = 7) -> Iterator[bytes]:
    """Cut a body into pieces, as generators and streams send it."""
    return (body[start : start + size] for start in range(0, len(body), size))


def form(boundary: bytes = b"frontier", **parts: bytes | str) -> bytes:
    """Return a multipart form; parts of bytes are files."""
    lines = []
    for name, value in parts.items():
        file = f'; filename="{name}.wav"' if isinstance(value, bytes) else ""
        lines += [b"--" + boundary, f'Content-Disposition: form-data; name="{name}"{file}'.encode()]
        lines += [b"", value if isinstance(value, bytes) else value.encode()]
    return b"\r\n".join([*lines, b"--" + boundary + b"--", b""])


MULTIPART = {"Content-Type": "multipart/form-data; boundary=frontier"}


def post(
    address: str, path: str, body: Iterable[bytes], headers: dict[str, str]
) -> dict[str, object]:
    response = requests.post(address + path, data=body, headers=headers, timeout=30)
    assert "Content-Length" not in response.request.headers or isinstance(body, bytes)
    assert response.status_code == 200
    return response.json()


def chunk(data: bytes) -> bytes:
    return b"%x\r\n%s\r\n" % (len(data), data)


def raw_head(path: str, headers: dict[str, str], version: str = "1.1") -> bytes:
    lines = [f"POST {path} HTTP/{version}", f"Host: {HOST}"]
    lines += [f"{name}: {value}" for name, value in headers.items() if name != "Host"]
    return "\r\n".join([*lines, "", ""]).encode()


CHUNKED = {"Transfer-Encoding": "chunked"}


def exchange(address: str, *sent: bytes) -> list[tuple[int, bytes]]:
    """Send bytes over one connection; return the responses until the server closes it."""
    parts = urlsplit(address)
    responses = []
    with socket.create_connection((parts.hostname, parts.port), timeout=30) as client:
        for data in sent:
            client.sendall(data)
        client.shutdown(socket.SHUT_WR)
        stream = client.makefile("rb")
        while stream.peek(1):
            response = http.client.HTTPResponse(client, method="POST")
            response.fp = stream
            response.begin()
            length = response.getheader("Content-Length")
            body = response.fp.read(int(length)) if length else response.read()
            responses.append((response.status, body))
            response.fp = None
    return responses


def test_the_api_reads_them_and_keeps_the_connection(address, program):
    track = a_playable_track(program.owner)
    body = json.dumps(order_of(track) | {"author": "Zoë 🎶"}).encode()
    with requests.Session() as session:
        response = session.post(address + GENERATE, pieces(body), headers=program.headers)
        video = Video.objects.get(pk=response.json()["data"]["taskId"])
        assert video.author == "Zoë 🎶"
        again = session.post(address + GENERATE, pieces(body, 1000), headers=program.headers)
        assert again.json()["code"] == 409
    with closing(http.client.HTTPConnection(urlsplit(address).netloc, timeout=30)) as client:
        for size in (1, 3, 1000):  # one connection: what is left of a body would be a request
            headers = program.headers | CHUNKED
            client.request("POST", GENERATE, pieces(body, size), headers, encode_chunked=True)
            local = client.sock.getsockname()
            assert json.loads(client.getresponse().read())["code"] == 409
            assert client.sock.getsockname() == local
    empty = post(address, GENERATE, iter(()), program.headers)
    assert (empty["code"], empty["msg"]) == (400, "The body is empty.")


def test_songs_are_uploaded_by_the_api_and_the_form(address, program, settings):
    sound = media_files.wav(20.0)
    body = form(audio=sound, title="In pieces")
    result = post(address, SONGS, pieces(body, 8191), program.headers | MULTIPART)
    track = Track.objects.get(audio_id=result["data"]["audioId"])
    assert track.title == "In pieces"
    assert track.size > len(sound) // 2
    short = post(address, SONGS, pieces(form(audio=media_files.wav())), program.headers | MULTIPART)
    assert short["code"] == 200
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    program.owner.set_password(PASSWORD)
    program.owner.save(update_fields=["password"])
    with requests.Session() as session:
        log_in(session, address, program.owner.email)
        token = session.cookies["csrftoken"]
        parts = {"csrfmiddlewaretoken": token, "title": "By the form", "audio": sound}
        response = session.post(
            f"{address}/songs/new/",
            pieces(form(**parts), 65_000),
            headers={"Host": HOST, "Referer": f"http://{HOST}/", **MULTIPART},
            allow_redirects=False,
            timeout=30,
        )
    assert response.headers["Location"].startswith("/videos/new/?song=")
    assert Track.objects.filter(title="By the form", music_task__owner=program.owner).exists()


def log_in(session: requests.Session, address: str, email: str) -> None:
    page = f"{address}/accounts/login/"
    session.get(page, headers={"Host": HOST}, timeout=30)
    fields = {"login": email, "password": PASSWORD}
    fields["csrfmiddlewaretoken"] = session.cookies["csrftoken"]
    headers = {"Host": HOST, "Content-Type": "application/x-www-form-urlencoded"}
    body = pieces(urlencode(fields).encode())
    response = session.post(page, body, headers=headers, allow_redirects=False, timeout=30)
    assert (response.status_code, response.headers["Location"]) == (302, "/videos/")


def callback_path(video: Video) -> str:
    return urlsplit(callbacks.callback_url(video)).path


@pytest.mark.parametrize(("padding", "status"), [(0, 200), (60_000, 200), (70_000, 413)])
def test_callbacks_are_read_up_to_their_limit(address, padding, status):
    later = timezone.now() + timedelta(hours=1)
    video = a_video(provider="kie", vendor_task_id=TASK, due_at=later, submitted_at=timezone.now())
    body = json.dumps({"data": {"task_id": TASK}, "padding": "x" * padding}).encode()
    stamp = str(int(time.time()))
    headers = {
        "Host": HOST,
        "X-Webhook-Timestamp": stamp,
        "X-Webhook-Signature": signatures.sign(KEY, TASK, stamp),
    }
    url = address + callback_path(video)
    responses = [
        requests.post(url, data, headers=headers, timeout=30) for data in (pieces(body, 999), body)
    ]
    assert [response.status_code for response in responses] == [status, status]
    assert responses[0].json() == responses[1].json()
    video.refresh_from_db()
    assert (video.due_at < later) == (status == 200)
    del headers["X-Webhook-Signature"]
    assert requests.post(url, pieces(body), headers=headers, timeout=30).status_code != 200


def test_what_is_too_large_is_refused_with_the_sentence_of_a_body_with_a_length(address, program):
    track = a_playable_track(program.owner)
    huge = json.dumps(order_of(track) | {"x": "y" * 3 * MEBIBYTE}).encode()
    over = json.dumps(order_of(track) | {"x": "y" * (MEBIBYTE + 1)}).encode()
    sound = form(audio=b"RIFF" + b"\x00" * 5 * MEBIBYTE, title="x")
    text = form(title="x" * 3 * MEBIBYTE)
    for path, body, headers in (
        (GENERATE, huge, {}),
        (GENERATE, over, {}),
        (GENERATE, huge, MULTIPART),
        (SONGS, sound, MULTIPART),
        (SONGS, text, MULTIPART),
    ):
        results = [
            post(address, path, data, program.headers | headers)
            for data in (pieces(body, 65_536), body)
        ]
        assert results[0] == results[1]
        assert results[0]["code"] in {400, 422}
    endless = itertools.chain([sound[:1000]], itertools.repeat(b"\x00" * 65_536, 400))
    result = post(address, SONGS, endless, program.headers | MULTIPART)
    message = "The body cannot be read: it is larger than any upload may be."
    assert result == {"code": 400, "msg": message}
    assert not Video.objects.exists()
    assert MusicTask.objects.count() == 1
    page = f"{address}/accounts/login/"
    body = urlencode({"login": "x" * 3 * MEBIBYTE}).encode()
    headers = {"Host": HOST, "Content-Type": "application/x-www-form-urlencoded"}
    for data in (pieces(body, 65_536), body):
        assert requests.post(page, data, headers=headers, timeout=30).status_code == 413


def test_what_is_cut_off_or_malformed_is_refused_and_ends_the_connection(address, program):
    track = a_playable_track(program.owner)
    body = json.dumps(order_of(track)).encode()
    head = raw_head(GENERATE, program.headers | CHUNKED)
    cases = {
        b"": "it ends too early",
        b"ff\r\n" + body[:50]: "it ends too early",
        chunk(body): "it ends too early",
        b"zz\r\n" + body + b"\r\n0\r\n\r\n": "its chunks are malformed",
        b"-5\r\n" + body + b"\r\n0\r\n\r\n": "its chunks are malformed",
        b"0x5\r\n" + body + b"\r\n0\r\n\r\n": "its chunks are malformed",
        b"\r\n" + body + b"\r\n0\r\n\r\n": "its chunks are malformed",
        b"5\r\n" + body + b"\r\n0\r\n\r\n": "its chunks are malformed",
        b"f" * 100_000: "its chunks are malformed",
        chunk(body) + b"0\r\nContent-Length: 5\r\n\r\n": "its chunks are malformed",
    }
    for rest, problem in cases.items():
        ((status, answer),) = exchange(address, head, rest)
        assert status == 200
        assert json.loads(answer) == {"code": 400, "msg": f"The body cannot be read: {problem}."}
    upload = form(audio=media_files.wav(), title="x")
    for encoding in (CHUNKED, {"Content-Length": str(len(upload))}):
        sent = chunk(upload[:9000]) if encoding == CHUNKED else upload[:9000]
        ((_status, answer),) = exchange(
            address, raw_head(SONGS, program.headers | MULTIPART | encoding), sent
        )
        assert json.loads(answer)["msg"] == "The body cannot be read: it ends too early."
    assert not Video.objects.exists()
    assert MusicTask.objects.count() == 1


def test_a_page_s_form_that_is_cut_off_is_told_as_that(address):
    path = "/accounts/login/"
    form_type = {"Content-Type": "application/x-www-form-urlencoded"}
    for headers, sent in (
        (form_type | CHUNKED, b"ff\r\nlogin=x"),
        (form_type | CHUNKED, b"xx\r\nlogin=x"),
        (form_type | {"Content-Length": "100"}, b"login=x"),
        (MULTIPART | CHUNKED, chunk(form(login="x")[:-20])),
    ):
        ((status, page),) = exchange(address, raw_head(path, headers), sent)
        assert status == 400
        assert b"That did not arrive well" in page


def test_extensions_and_trailers_are_read_past(address, program):
    track = a_playable_track(program.owner)
    body = json.dumps(order_of(track)).encode()
    head = raw_head(GENERATE, program.headers | CHUNKED)
    sent = b'%x;name="value"\r\n%s\r\n0\r\nDigest: x\r\n\r\n' % (len(body), body)
    answers = exchange(address, head, sent, head, chunk(body), b"0\r\n\r\n")
    assert [json.loads(answer)["code"] for _status, answer in answers] == [200, 409]


def test_a_request_whose_end_is_not_clear_is_refused(address, program):
    """Two servers that read its end differently would see two requests (request smuggling)."""
    track = a_playable_track(program.owner)
    body = json.dumps(order_of(track)).encode()
    whole = chunk(body) + b"0\r\n\r\n"
    both = CHUNKED | {"Content-Length": str(len(whole))}
    for headers, version in (
        (both, "1.1"),
        (CHUNKED | {"content-length": "0"}, "1.1"),
        (CHUNKED, "1.0"),
        ({"Transfer-Encoding": "chunked, chunked"}, "1.1"),
        ({"Transfer-Encoding": "identity"}, "1.1"),
        ({"Transfer-Encoding": "xchunked"}, "1.1"),
        ({"Transfer-Encoding": "chunked", "transfer-encoding": "chunked"}, "1.1"),
    ):
        head = raw_head(GENERATE, program.headers | headers, version)
        ((status, _answer),) = exchange(address, head, whole, head, whole)
        assert status in {400, 501}
    head = raw_head(GENERATE, program.headers | {"Transfer-Encoding": "gzip, chunked"})
    ((_status, answer),) = exchange(address, head, whole)
    assert "send it with a Content-Length" in json.loads(answer)["msg"]
    assert not Video.objects.exists()
