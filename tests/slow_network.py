"""A slow network: a proxy before a portal, whose answers to some paths come later or never."""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler

import requests

from tests.quiet_server import QuietServer

NEVER = threading.TIMEOUT_MAX
# Of one connection only; requests has unpacked the body already
HOP_HEADERS = {
    "connection",
    "content-encoding",
    "content-length",
    "keep-alive",
    "transfer-encoding",
}


class SlowNetwork(QuietServer):
    """Answers as the portal at ``origin`` does, after the delay of the first pattern that fits."""

    def __init__(self, origin: str) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.origin = origin
        self.url = f"http://127.0.0.1:{self.server_port}"
        self.delays: dict[str, float] = {}  # patterns of paths, and seconds
        self.closing = threading.Event()

    def delay_of(self, path: str) -> float:
        return next((each for key, each in self.delays.items() if re.search(key, path)), 0)


class Handler(BaseHTTPRequestHandler):
    server: SlowNetwork

    def handle_request(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.server.closing.wait(self.server.delay_of(self.path)):
            return
        with requests.request(
            self.command,
            self.server.origin + self.path,
            headers=dict(self.headers),
            data=body,
            allow_redirects=False,
            timeout=30,
        ) as response:
            self.send_response(response.status_code)
            for name, text in response.raw.headers.items():
                if name.lower() not in HOP_HEADERS:
                    self.send_header(name, text)
            self.end_headers()
            self.wfile.write(response.content)

    do_GET = do_POST = do_HEAD = handle_request

    def log_message(self, format: str, *args: object) -> None:
        """Write nothing."""


@contextmanager
def slow_network(origin: str) -> Iterator[SlowNetwork]:
    with SlowNetwork(origin) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield server
        server.closing.set()
        server.shutdown()
        thread.join()
