"""A client's server that receives webhooks: real HTTP on loopback, whose responses tests set."""

import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler
from types import TracebackType
from typing import Self

from tests.quiet_server import QuietServer

DRIP = 0.1  # seconds between two bytes


@dataclass(frozen=True)
class Call:
    """One request that the server received."""

    path: str
    headers: dict[str, str]
    body: bytes
    at: float

    @property
    def json(self) -> dict[str, object]:
        return json.loads(self.body)


class Receiver:
    """Collects its calls; ``answers`` are the next responses, ``answer`` is each one after them.

    A response is a status, or a function that writes to the request's handler.
    """

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.answers: list[int | Callable[[BaseHTTPRequestHandler], None]] = []
        self.answer: int | Callable[[BaseHTTPRequestHandler], None] = 200
        self.closing = threading.Event()
        self.max_concurrent = 0
        self._concurrent = 0
        self._lock = threading.Lock()
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                receiver.handle(self)

            def do_GET(self) -> None:
                receiver.handle(self)

            def log_message(self, *args: object) -> None:
                pass

        self._server = QuietServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self._server.server_port}"

    @property
    def url(self) -> str:
        return f"http://{self.host}/hook?of=client"

    def handle(self, request: BaseHTTPRequestHandler) -> None:
        size = int(request.headers.get("Content-Length", 0))
        call = Call(request.path, dict(request.headers), request.rfile.read(size), time.time())
        with self._lock:
            self.calls.append(call)
            answer = self.answers.pop(0) if self.answers else self.answer
            self._concurrent += 1
            self.max_concurrent = max(self.max_concurrent, self._concurrent)
        try:
            self._answer(request, answer)
        finally:
            with self._lock:
                self._concurrent -= 1

    def _answer(
        self,
        request: BaseHTTPRequestHandler,
        answer: int | Callable[[BaseHTTPRequestHandler], None],
    ) -> None:
        if callable(answer):
            answer(request)
        else:
            request.send_response(answer)
            request.send_header("Content-Length", "2")
            request.end_headers()
            request.wfile.write(b"ok")

    def hang(self, request: BaseHTTPRequestHandler) -> None:
        """Send no response until the test is over."""
        self.closing.wait(60)

    def drip_head(self, request: BaseHTTPRequestHandler) -> None:
        """Send one byte of a header every 0.1 seconds, so that no single read takes long."""
        request.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        while not self.closing.wait(DRIP):
            request.wfile.write(b"x")

    def drip_body(self, request: BaseHTTPRequestHandler) -> None:
        """Send status 200 at once, and a body that never ends."""
        request.send_response(200)
        request.send_header("Content-Length", "1000000")
        request.end_headers()
        while not self.closing.wait(DRIP):
            request.wfile.write(b"x")

    def flood(self, request: BaseHTTPRequestHandler) -> None:
        """Respond with status 500 and ten megabytes; ``flooded`` counts the bytes sent."""
        request.send_response(500)
        request.send_header("Content-Length", str(10_000_000))
        request.end_headers()
        self.flooded = 0
        for _ in range(1000):
            request.wfile.write(b"0123456789" * 1000)
            self.flooded += 10_000

    def hang_up(self, request: BaseHTTPRequestHandler) -> None:
        """Close the connection without a response."""
        request.close_connection = True

    def delay(self, seconds: float) -> Callable[[BaseHTTPRequestHandler], None]:
        """Return a response of status 200 after ``seconds``."""

        def answer(request: BaseHTTPRequestHandler) -> None:
            self.closing.wait(seconds)
            self._answer(request, 200)

        return answer

    def redirect(self, target: str) -> Callable[[BaseHTTPRequestHandler], None]:
        """Return a response that redirects to ``target``."""

        def answer(request: BaseHTTPRequestHandler) -> None:
            request.send_response(307)
            request.send_header("Location", target)
            request.send_header("Content-Length", "0")
            request.end_headers()

        return answer

    def respond_with(self, status: int, body: bytes) -> Callable[[BaseHTTPRequestHandler], None]:
        """Return a response with ``status`` and ``body``."""

        def answer(request: BaseHTTPRequestHandler) -> None:
            request.send_response(status)
            request.send_header("Content-Length", str(len(body)))
            request.end_headers()
            request.wfile.write(body)

        return answer

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
