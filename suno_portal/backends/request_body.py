"""A WSGI middleware for the bodies of requests: those in chunks get a length, and all are whole.

Django takes a missing ``Content-Length`` for zero, and a body that is cut off for a whole one. Of a
body in chunks (RFC 9112, section 7.1), which the server has decoded, as much is read ahead as any
view takes into memory. If it ends there, its length is known. If not, only a form with files can
be so long: it is passed on while it comes in, up to the size of the largest form, so the limits of
the views and of the upload handler hold as ever, and nothing is stored twice.
"""

import io
import socket
from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from django.conf import settings

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer
    from _typeshed.wsgi import StartResponse, WSGIApplication

READ_TIMEOUT = 60.0  # seconds without a byte; the same as nginx's client_body_timeout
BUFFER_SIZE = 64 * 1024

# Problems, as the end of the sentence "The body cannot be read: …"
TOO_LARGE = "it is larger than any upload may be"
CUT_OFF = "it ends too early"
TOO_SLOW = "it comes in too slowly"
MALFORMED = "its chunks are malformed"
TWO_LENGTHS = "it has both a Content-Length and a Transfer-Encoding"
UNKNOWN_CODING = "its Transfer-Encoding is not decoded here; send it with a Content-Length"

Environ = dict[str, Any]


class RequestBodyMiddleware:
    """Gives every body a length, and an ``OSError`` to whoever reads one that is not whole."""

    def __init__(self, application: "WSGIApplication") -> None:
        self.application = application

    def __call__(self, environ: Environ, start_response: "StartResponse") -> Iterable[bytes]:
        """Pass the request on with a body that has a length."""
        coding = environ.pop("HTTP_TRANSFER_ENCODING", "").strip().lower()
        if coding:
            _replace_body(environ, coding)
        elif environ.get("CONTENT_LENGTH", "").isdecimal():
            length = int(environ["CONTENT_LENGTH"][:20])
            environ["wsgi.input"] = io.BufferedReader(_WholeBody(environ, length), BUFFER_SIZE)
        return self.application(environ, start_response)


def max_body_bytes() -> int:
    """Return more bytes than any form has whose fields and files are within their limits."""
    # A song with its cover and lyrics, or the pictures of a backdrop
    files = 4 * settings.MAX_AUDIO_BYTES + 12 * settings.MAX_BACKDROP_BYTES
    return int(files + 2 * settings.DATA_UPLOAD_MAX_MEMORY_SIZE)


def _replace_body(environ: Environ, coding: str) -> None:
    """Give a body with a ``Transfer-Encoding`` a length, or replace it by its problem."""
    try:
        _check_coding(environ, coding)
        body = io.BufferedReader(_WholeBody(environ), BUFFER_SIZE)
        head = body.read(settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)
    except OSError as error:
        _set_body(environ, _Unreadable(str(error)), 1)
        return
    if len(head) <= settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
        _set_body(environ, io.BytesIO(head), len(head))
    else:
        limit = max_body_bytes()
        rest = io.BufferedReader(_LongBody(head, body, limit), BUFFER_SIZE)
        _set_body(environ, rest, limit + 1)


def _check_coding(environ: Environ, coding: str) -> None:
    """Raise ``OSError`` where nobody can tell the end of the body (request smuggling), or read it.

    gunicorn refuses the first itself; Django's development server decodes nothing.
    """
    if environ.get("CONTENT_LENGTH"):
        raise OSError(TWO_LENGTHS)
    if coding != "chunked" or not environ.get("wsgi.input_terminated"):
        raise OSError(UNKNOWN_CODING)


def _set_body(environ: Environ, body: io.IOBase, length: int) -> None:
    environ["wsgi.input"], environ["CONTENT_LENGTH"] = body, str(length)


class _Stream(io.RawIOBase):
    """A stream of which subclasses return the next bytes."""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        target = memoryview(buffer)
        data = self.next_bytes(len(target))
        target[: len(data)] = data
        return len(data)

    def next_bytes(self, size: int) -> bytes:
        """Return at most ``size`` bytes, none at the end."""
        raise NotImplementedError


class _WholeBody(_Stream):
    """A body as the server reads it: of ``length`` bytes, or up to the end that it found."""

    def __init__(self, environ: Environ, length: int = 0) -> None:
        self._input, self._missing = environ["wsgi.input"], length
        self._socket: socket.socket | None = environ.get("gunicorn.socket")

    def next_bytes(self, size: int) -> bytes:
        """Return the next bytes; raises ``OSError`` with the problem."""
        try:
            data = self._read(size)
        except TimeoutError as error:
            raise OSError(TOO_SLOW) from error
        except OSError as error:
            raise OSError(CUT_OFF) from error
        except Exception as error:  # each server has exceptions of its own for this
            raise OSError(MALFORMED) from error
        if not data and self._missing > 0:
            raise OSError(CUT_OFF)
        self._missing -= len(data)
        return data

    def _read(self, size: int) -> bytes:
        if self._socket is None:
            return bytes(self._input.read(size))
        timeout = self._socket.gettimeout()
        self._socket.settimeout(READ_TIMEOUT)
        try:
            return bytes(self._input.read(size))
        finally:
            with suppress(OSError):
                self._socket.settimeout(timeout)


class _LongBody(_Stream):
    """What was read ahead, and then the rest, up to ``limit`` bytes."""

    def __init__(self, head: bytes, rest: "io.BufferedReader[_WholeBody]", limit: int) -> None:
        self._head, self._rest, self._limit = io.BytesIO(head), rest, limit
        self._count = 0

    def next_bytes(self, size: int) -> bytes:
        """Return the next bytes; raises ``OSError`` beyond the limit."""
        data = self._head.read(size) or self._rest.read1(size)
        self._count += len(data)
        if self._count > self._limit:
            raise OSError(TOO_LARGE)
        return data


class _Unreadable(io.RawIOBase):
    """A body that nobody can read, and why."""

    def __init__(self, problem: str) -> None:
        self._problem = problem

    def read(self, size: int | None = -1, /) -> bytes:
        raise OSError(self._problem)

    def readline(self, size: int | None = -1, /) -> bytes:
        raise OSError(self._problem)
