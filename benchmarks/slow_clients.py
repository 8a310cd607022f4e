"""How the site answers while strangers are slow: ``python -m benchmarks.slow_clients``.

The portal is served as in production, by gunicorn alone and with Debian's nginx before it, as
``deploy/`` sets it up. Clients that send a byte of a header or of a form each second, or
read a film at some kB a second, hold their connections; meanwhile the log-in page is fetched, one
request at a time. Both ways run in turn, on the same machine and the same data.
"""

import argparse
import contextlib
import selectors
import shutil
import socket
import statistics
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.api.servers import Portal, free_port, wait_until_up
from tools.nginx_server import server_block

NGINX = shutil.which("nginx", path="/usr/sbin:/usr/bin")
REQUEST_TIMEOUT = 10.0  # seconds after which a request counts as never answered
REQUESTS = 12
FILM_BYTES = 300 * 1024 * 1024
MAKE_FILM = """
from django.core.files.base import File
from videos.demo.setup import make_demo_song
from videos.models import User, Video
owner = User.objects.get(email="demo@example.com")
video = Video.objects.create(owner=owner, track=make_demo_song(owner), status="SUCCESS",
                             visibility="public", duration=60)
with open({path!r}, "rb") as film:
    video.film.save("films/benchmark.mp4", File(film))
print(video.slug)
"""


class SlowClients:
    """Connections that are kept busy at a byte a second, by one thread."""

    def __init__(self, port: int, count: int, begin: bytes, reads: bool) -> None:
        self._selector = selectors.DefaultSelector()
        self._stop = threading.Event()
        self._reads = reads
        self._connections: list[socket.socket] = []
        for _ in range(count):
            connection = socket.socket()
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            connection.settimeout(5)
            with contextlib.suppress(OSError):
                connection.connect(("127.0.0.1", port))
                connection.sendall(begin)
                self._connections.append(connection)
        self._thread = threading.Thread(target=self._drip)

    def __enter__(self) -> "SlowClients":
        """Begin to drip."""
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        """Close all connections."""
        self._stop.set()
        self._thread.join()
        for connection in self._connections:
            connection.close()

    def _drip(self) -> None:
        while not self._stop.wait(1.0):
            for connection in self._connections:
                with contextlib.suppress(OSError):
                    if self._reads:
                        connection.recv(2048)
                    else:
                        connection.send(b"x")


def headers(port: int, count: int, slug: str) -> SlowClients:
    """Return clients that never end their headers."""
    return SlowClients(port, count, b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ", reads=False)


def forms(port: int, count: int, slug: str) -> SlowClients:
    """Return clients that never end a small form."""
    head = (
        b"POST /accounts/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100000\r\n"
        b"Content-Type: application/x-www-form-urlencoded\r\n\r\nlogin="
    )
    return SlowClients(port, count, head, reads=False)


def readers(port: int, count: int, slug: str) -> SlowClients:
    """Return clients that read a film of 300 MB at 2 kB a second."""
    head = f"GET /v/{slug}/video.mp4 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
    return SlowClients(port, count, head.encode(), reads=True)


KINDS: dict[str, Callable[[int, int, str], SlowClients]] = {
    "headers": headers,
    "forms": forms,
    "readers": readers,
}


def measure(port: int) -> list[float]:
    """Return the milliseconds of each request, infinite for one that was not answered."""
    times = []
    for _ in range(REQUESTS):
        start = time.monotonic()
        answered = fetch(port)
        times.append(1000 * (time.monotonic() - start) if answered else float("inf"))
        if times.count(float("inf")) == 3:  # enough is known
            break
    return times


def fetch(port: int) -> bool:
    """Return whether the log-in page came within the time."""
    request = b"GET /accounts/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=REQUEST_TIMEOUT) as connection:
            connection.sendall(request)
            return b" 200 " in connection.recv(100)
    except OSError:
        return False


@contextlib.contextmanager
def nginx_before(port: int, folder: Path) -> Iterator[int]:
    """Run nginx by the recipe before the portal at ``port``, and yield its port."""
    assert NGINX, "apt install nginx-light"
    own = free_port()
    server = server_block(own, f"127.0.0.1:{port}", folder / "media")
    # All strangers of the benchmark have one address
    server = server.replace("limit_conn visitors 100;", "")
    config = folder / "nginx.conf"
    config.write_text(
        f"pid {folder}/nginx.pid; error_log {folder}/nginx.log; daemon off; user root;"
        "worker_rlimit_nofile 16384; events { worker_connections 8192; }"
        f"http {{ access_log off; types {{ video/mp4 mp4; }} {server} }}"
    )
    process = subprocess.Popen([NGINX, "-c", str(config)])  # noqa: S603 - our own words
    try:
        wait_until_up(f"http://127.0.0.1:{own}/healthz")
        yield own
    finally:
        process.terminate()
        process.wait(20)


def main() -> None:
    """Print a table: how the log-in page was answered in each case."""
    parser = argparse.ArgumentParser(description="How the site answers while strangers are slow.")
    parser.add_argument("--counts", default="70,1000", help="slow clients, such as 70,1000")
    counts = [int(each) for each in parser.parse_args().counts.split(",")]
    with tempfile.TemporaryDirectory(prefix="slow-") as name:
        folder = Path(name)
        portal = Portal(folder)
        portal.environment |= {"MEDIA_ACCEL_PREFIX": "", "LOG_LEVEL": "ERROR"}
        portal.manage("prepare")
        film = folder / "film.mp4"
        with film.open("wb") as file:
            file.truncate(FILM_BYTES)
        slug = portal.manage("shell", "-v0", "-c", MAKE_FILM.format(path=str(film)))[-1]
        accelerated = Portal(folder)
        accelerated.environment |= {
            "LOG_LEVEL": "ERROR",
            "MEDIA_ACCEL_PREFIX": "/protected/",
            "BEHIND_PROXY": "true",
        }
        print("clients   they are slow with   gunicorn alone            nginx before it")
        with (
            portal.serve() as port,
            accelerated.serve() as inner,
            nginx_before(inner, folder) as outer,
        ):
            for count, kind in [(0, "headers")] + [(n, kind) for n in counts for kind in KINDS]:
                cells = []
                for each in (port, outer):
                    with KINDS[kind](each, count, slug):
                        time.sleep(2)
                        cells.append(describe(measure(each)))
                print(f"{count:7}   {kind if count else '-':18}   {cells[0]:24}  {cells[1]}")


def describe(times: list[float]) -> str:
    """Return the median and the longest of some times in milliseconds as a text."""
    lost = times.count(float("inf"))
    if lost == 3:
        return "no answer in 10 s"
    answered = [each for each in times if each != float("inf")]
    text = f"{statistics.median(answered):.0f} ms, at most {max(answered):.0f}"
    return f"{text}, {lost} lost" if lost else text


if __name__ == "__main__":
    main()
