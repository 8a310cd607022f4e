"""How the site answers while a neighbour is silent: ``python -m benchmarks.neighbours``.

Each neighbour answers for a while, and then takes all and says nothing; in both halves some people
do what needs it, without a pause, while the pages that are opened most are fetched by others. All
is one run of one gunicorn. It needs root (for the name server), Redis and moto.
"""

import argparse
import contextlib
import ctypes
import json
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import requests

from benchmarks.api.__main__ import format_table
from benchmarks.api.servers import Portal, free_port
from benchmarks.neighbours.relay import NameServer, Relay
from benchmarks.neighbours.site import (
    MAKE_ROWS,
    TIMEOUT,
    Site,
    follow_film,
    look_up_song,
    order_film,
    reset_password,
    upload_song,
)
from benchmarks.neighbours.vendor import VendorServer

NAME_SERVER = "127.0.0.53"
CLONE_NEWNS = 0x0002_0000  # a view of the mounted file systems of our own
VENDOR_NAME = "vendor.example"
PEOPLE = 3  # who do what needs the neighbour


@dataclass
class Neighbour:
    """One that may be silent, and what people do that needs it, each every so many seconds."""

    name: str
    server: Relay | NameServer
    acts: tuple[Callable[[Site], None], ...]
    interval: float = 0.3


def pages_of(site: Site) -> dict[str, tuple[str, bool]]:
    """Return the paths of the pages by their names, and whether somebody is logged in."""
    return {
        "library": ("/videos/", True),
        "share page": (f"/v/{site.rows['slug']}/", False),
        "poll": (f"/videos/{site.rows['waiting']}/status/", True),
        "New video": ("/videos/new/", True),
    }


def measure(site: Site, seconds: float) -> dict[str, list[float]]:
    """Fetch the pages in turn for so long; return the milliseconds of each."""
    times: dict[str, list[float]] = {name: [] for name in pages_of(site)}
    deadline = time.monotonic() + seconds
    session = site.session()
    while time.monotonic() < deadline:
        for name, (path, is_logged_in) in pages_of(site).items():
            start = time.monotonic()
            (session if is_logged_in else requests).get(site.url + path, timeout=TIMEOUT)
            times[name].append(1000 * (time.monotonic() - start))
            time.sleep(0.02)
    return times


@contextlib.contextmanager
def acting(site: Site, neighbour: Neighbour) -> Iterator[list[float]]:
    """Let people do what needs the neighbour, as long as the block runs; yield their
    milliseconds."""
    stop, taken = threading.Event(), []

    def repeat(act: Callable[[Site], None]) -> None:
        while not stop.is_set():
            start = time.monotonic()
            with contextlib.suppress(requests.RequestException):
                act(site)
            taken.append(1000 * (time.monotonic() - start))
            stop.wait(neighbour.interval)

    threads = [
        threading.Thread(target=repeat, args=(act,))
        for act in neighbour.acts
        for _ in range(PEOPLE)
    ]
    for thread in threads:
        thread.start()
    yield taken
    stop.set()
    for thread in threads:
        thread.join()


def compare(site: Site, neighbour: Neighbour, seconds: float) -> list[dict[str, object]]:
    """Return the rows of the table: each page while the neighbour answers, and is silent."""
    halves = []
    for silent in (False, True):
        site.forget()
        if silent:
            neighbour.server.silence()
        with acting(site, neighbour) as taken:
            halves.append((measure(site, seconds), taken))
        neighbour.server.speak()
    (before, act_before), (after, act_after) = halves
    rows = [row(neighbour.name, page, before[page], after[page]) for page in before]
    what = " / ".join(act.__name__.replace("_", " ") for act in neighbour.acts)
    return [*rows, row(neighbour.name, f"({what})", act_before, act_after)]


def row(name: str, page: str, before: list[float], after: list[float]) -> dict[str, object]:
    """Return one page's row."""
    p50, silent_p50 = statistics.median(before), statistics.median(after)
    p99, silent_p99 = percentile(before), percentile(after)
    return {
        "neighbour": name,
        "page": page,
        "p50 ms": round(p50),
        "p99 ms": round(p99),
        "silent p50": round(silent_p50),
        "silent p99": round(silent_p99),
        "ratio p50": round(silent_p50 / p50, 2),
        "ratio p99": round(silent_p99 / p99, 2),
    }


def percentile(times: list[float]) -> float:
    """Return the time that 99 of 100 do not exceed."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(0.99 * len(ordered)))]


@contextlib.contextmanager
def program(port: int, *command: str) -> Iterator[int]:
    """Run a server that listens on ``port`` until the block ends."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603 - our own words
    try:
        wait_until_listening(port)
        yield port
    finally:
        process.terminate()
        process.wait(20)


def wait_until_listening(port: int) -> None:
    """Wait for a server; raises TimeoutError after half a minute."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.1)
    raise TimeoutError(f"Nobody listens on {port}.")


def create_bucket(port: int) -> None:
    """Create the bucket of the portal."""
    requests.put(f"http://127.0.0.1:{port}/portal", timeout=TIMEOUT).raise_for_status()


def environment_of(relays: dict[str, Relay]) -> dict[str, str]:
    """Return the variables of a portal whose neighbours are behind ``relays``."""
    address = f"{VENDOR_NAME}:{relays['vendors'].port}"
    return {
        "KIE_API_KEY": "key",
        "KIE_BASE_URL": f"http://{address}",
        "ALLOWED_PRIVATE_HOSTS": address,
        "EMAIL_URL": f"smtp://127.0.0.1:{relays['mail'].port}",
        "CACHE_URL": f"redis://127.0.0.1:{relays['cache'].port}/1",
        "CELERY_BROKER_URL": f"redis://127.0.0.1:{relays['broker'].port}/0",
        "S3_BUCKET": "portal",
        "S3_ENDPOINT_URL": f"http://127.0.0.1:{relays['S3'].port}",
        "S3_ACCESS_KEY": "key",
        "S3_SECRET_KEY": "secret",
        "MAX_UNFINISHED_VIDEOS": "0",
        **dict.fromkeys(("RATION_LOOKUPS", "RATION_UPLOADS", "RATION_MAILS"), "0,0,600"),
    }


@contextlib.contextmanager
def name_server(folder: Path) -> Iterator[NameServer]:
    """Let this process and its children ask a name server of our own, and no other."""
    (folder / "resolv.conf").write_text(f"nameserver {NAME_SERVER}\n")
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(CLONE_NEWNS):
        raise OSError(ctypes.get_errno(), "unshare")
    mount = shutil.which("mount") or "mount"
    subprocess.run([mount, "--make-rprivate", "/"], check=True)  # noqa: S603 - our own words
    bind = [mount, "--bind", str(folder / "resolv.conf"), "/etc/resolv.conf"]
    subprocess.run(bind, check=True)  # noqa: S603 - our own words
    with NameServer(NAME_SERVER) as server:
        yield server


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.neighbours", description=__doc__)
    parser.add_argument("--seconds", type=float, default=8, help="of each half (8)")
    parser.add_argument("--only", default="", help="names of neighbours, such as cache,S3")
    parser.add_argument("--json", action="store_true", help="print JSON")
    args = parser.parse_args()
    redis_port, s3_port = free_port(), free_port()
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="neighbours-")))
        names = stack.enter_context(name_server(folder))
        redis = ("redis-server", "--port", str(redis_port), "--save", "", "--dir", str(folder))
        stack.enter_context(program(redis_port, *redis))
        s3 = (sys.executable, "-m", "moto.server", "-p", str(s3_port))
        create_bucket(stack.enter_context(program(s3_port, *s3)))
        vendor = stack.enter_context(VendorServer())
        targets = {
            "vendors": vendor.server_port,
            "mail": vendor.server_port,  # which no page reaches
            "cache": redis_port,
            "broker": redis_port,
            "S3": s3_port,
        }
        relays = {name: stack.enter_context(Relay(port)) for name, port in targets.items()}
        portal = Portal(folder)
        portal.environment |= environment_of(relays)
        portal.manage("prepare")
        rows = json.loads(portal.manage("shell", "-v0", "-c", MAKE_ROWS)[-1])
        stack.enter_context(portal.serve())
        site = Site(f"http://127.0.0.1:{portal.port}", rows, folder / "portal.sqlite3")
        table = []
        for neighbour in neighbours(relays, names):
            if not args.only or neighbour.name in args.only.split(","):
                table += compare(site, neighbour, args.seconds)
    print(json.dumps(table, indent=2) if args.json else format_table(table))


def neighbours(relays: dict[str, Relay], names: NameServer) -> list[Neighbour]:
    """Return all neighbours, and what people do that needs each."""
    return [
        Neighbour("vendors", relays["vendors"], (look_up_song, follow_film)),
        Neighbour("mail", relays["mail"], (reset_password,), 10),
        Neighbour("cache", relays["cache"], (look_up_song,)),
        Neighbour("broker", relays["broker"], (order_film,)),
        Neighbour("S3", relays["S3"], (upload_song,)),
        Neighbour("DNS", names, (look_up_song, follow_film)),
    ]


if __name__ == "__main__":
    main()
