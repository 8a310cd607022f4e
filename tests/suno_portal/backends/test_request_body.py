"""Bodies of requests: what the application gets of them, whatever the server reads."""

import io
import socket
import threading
from typing import Any

import pytest

from suno_portal.backends import request_body
from suno_portal.backends.request_body import RequestBodyMiddleware, max_body_bytes

LIMIT = 1000


@pytest.fixture(autouse=True)
def small_limits(settings) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = LIMIT
    settings.MAX_AUDIO_BYTES = 5000
    settings.MAX_BACKDROP_BYTES = 100


class ServerError(Exception):
    """An exception of the server's own."""


class BodyOfServer(io.BytesIO):
    """What a server decodes; after it ``error`` is raised where there is one."""

    def __init__(self, data: bytes, error: Exception | None = None) -> None:
        super().__init__(data)
        self.error = error

    def read(self, size: int | None = -1, /) -> bytes:
        data = super().read(size)
        if not data and self.error:
            raise self.error
        return data


def environ_of(body: io.IOBase, **changes: Any) -> dict[str, Any]:
    return {"wsgi.input": body, "wsgi.input_terminated": True} | changes


def chunked(data: bytes, error: Exception | None = None) -> dict[str, Any]:
    return environ_of(BodyOfServer(data, error), HTTP_TRANSFER_ENCODING="Chunked")


def send(environ: dict[str, Any]) -> tuple[str, bytes]:
    """Return the length that the application gets, and the body that it reads."""
    received: dict[str, Any] = {}

    def application(environ: dict[str, Any], start_response: object) -> list[bytes]:
        received.update(environ)
        return [environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))]

    (body,) = RequestBodyMiddleware(application)(environ, lambda *args: None)
    assert "HTTP_TRANSFER_ENCODING" not in received
    return received["CONTENT_LENGTH"], body


@pytest.mark.parametrize("size", [0, 1, LIMIT - 1, LIMIT])
def test_a_body_in_chunks_that_fits_into_memory_gets_its_length(size):
    data = b"\x00" * size
    assert send(chunked(data)) == (str(size), data)


@pytest.mark.parametrize("size", [LIMIT + 1, 4 * 5000])
def test_a_longer_body_in_chunks_is_passed_on_up_to_the_most_that_is_ever_read(size):
    data = bytes(range(256)) * (size // 256 + 1)
    assert send(chunked(data)) == (str(max_body_bytes() + 1), data)


def test_a_body_without_an_end_is_read_up_to_the_most():
    assert max_body_bytes() == 4 * 5000 + 12 * 100 + 2 * LIMIT
    assert len(send(chunked(b"x" * max_body_bytes()))[1]) == max_body_bytes()
    with pytest.raises(OSError, match=request_body.TOO_LARGE):
        send(chunked(b"x" * (max_body_bytes() + 1)))


def test_lines_of_a_long_body_can_be_read():
    lines = [b"%d\n" % number for number in range(LIMIT)]
    environ = chunked(b"".join(lines))

    def application(environ: dict[str, Any], start_response: object) -> list[bytes]:
        return list(environ["wsgi.input"])

    assert RequestBodyMiddleware(application)(environ, lambda *args: None) == lines


@pytest.mark.parametrize(
    ("error", "problem"),
    [
        (ServerError("bad chunk"), request_body.MALFORMED),
        (ValueError("invalid literal"), request_body.MALFORMED),
        (ConnectionResetError(), request_body.CUT_OFF),
        (TimeoutError(), request_body.TOO_SLOW),
    ],
)
@pytest.mark.parametrize("size", [0, 10, LIMIT + 10])
def test_a_body_in_chunks_that_breaks_is_an_error_to_its_reader(error, problem, size):
    with pytest.raises(OSError, match=problem):
        send(chunked(b"x" * size, error))


def test_an_error_does_not_break_what_reads_no_body():
    environ = chunked(b"", ServerError())
    assert RequestBodyMiddleware(lambda *args: [b"page"])(environ, lambda *args: None) == [b"page"]


def test_a_body_with_two_lengths_is_refused():
    environ = chunked(b"{}") | {"CONTENT_LENGTH": "2"}
    with pytest.raises(OSError, match=request_body.TWO_LENGTHS):
        send(environ)


@pytest.mark.parametrize("coding", ["gzip, chunked", "gzip", "identity", "chunked, chunked", "x"])
def test_a_body_in_another_coding_is_refused(coding):
    with pytest.raises(OSError, match="send it with a Content-Length"):
        send(chunked(b"{}") | {"HTTP_TRANSFER_ENCODING": coding})


def test_a_server_that_decodes_no_chunks_says_so():
    with pytest.raises(OSError, match="send it with a Content-Length"):
        send(chunked(b"2\r\n{}\r\n0\r\n\r\n") | {"wsgi.input_terminated": False})


@pytest.mark.parametrize("size", [0, 1, 70_000])
def test_a_body_with_a_length_is_passed_on(size):
    data = b"x" * size
    length = str(size)
    assert send(environ_of(io.BytesIO(data), CONTENT_LENGTH=length)) == (length, data)


def test_a_body_that_is_shorter_than_its_length_is_an_error():
    with pytest.raises(OSError, match=request_body.CUT_OFF):
        send(environ_of(io.BytesIO(b"x" * 99), CONTENT_LENGTH="100"))


@pytest.mark.parametrize("length", ["", "x", "-1"])
def test_what_is_no_length_is_left_to_the_application(length):
    body = io.BytesIO(b"x")
    environ = environ_of(body, CONTENT_LENGTH=length)
    seen: list[object] = []
    RequestBodyMiddleware(lambda environ, _: seen.append(environ["wsgi.input"]) or [])(
        environ, lambda *args: None
    )
    assert seen == [body]


@pytest.mark.parametrize(
    "changes", [{"CONTENT_LENGTH": "10"}, {"HTTP_TRANSFER_ENCODING": "chunked"}]
)
def test_who_sends_nothing_any_more_is_not_waited_for(monkeypatch, changes):
    monkeypatch.setattr(request_body, "READ_TIMEOUT", 0.2)
    server, client = socket.socketpair()
    with server, client:
        client.sendall(b"12345")
        body = server.makefile("rb", buffering=0)
        with pytest.raises(OSError, match=request_body.TOO_SLOW):
            send(environ_of(body, **{"gunicorn.socket": server}, **changes))
        assert server.gettimeout() is None  # a viewer may pause for longer
        body.close()


def test_who_is_slow_but_sends_is_waited_for(monkeypatch):
    monkeypatch.setattr(request_body, "READ_TIMEOUT", 2.0)
    server, client = socket.socketpair()

    def drip() -> None:
        for _ in range(5):
            client.sendall(b"x")
            threading.Event().wait(0.05)

    with server, client, server.makefile("rb", buffering=0) as body:
        thread = threading.Thread(target=drip)
        thread.start()
        sent = {"CONTENT_LENGTH": "5", "gunicorn.socket": server}
        assert send(environ_of(body, **sent)) == ("5", b"xxxxx")
        thread.join()
