"""``python -m benchmarks.portal``: measures the pages that are opened most, beside bare views.

The portal and an application of bare views (``bare.py``) are served by two gunicorns of the same
kind, as on a server (without DEBUG), from one database, and are measured in turn; so are ranges of
a film that nginx sends once the portal allows it, beside those that it sends by itself. Then as
many watchers as ``--watchers`` says poll every two seconds. On a machine with several cores the
servers have all but the last one, and this program has that one.
"""

import argparse
import asyncio
import contextlib
import json
import os
import statistics
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil

from benchmarks.api.__main__ import format_table
from benchmarks.api.load import Load, Measurement, get, poll, saturate
from benchmarks.api.servers import Portal, free_port, run_gunicorn
from benchmarks.portal.nginx import ALONE, serve_nginx

POLL_INTERVAL = 2.0  # seconds between two polls of a watcher
CONNECTIONS = 32
# What a server sets, but for limits: all requests are of one visitor
SETTINGS = {
    "SECRET_KEY": "benchmark " * 6,
    "SECURE": "false",
    "PAGE_BUDGET": "0",
    "MEDIA_ACCEL_PREFIX": "/protected/",
}
WARM_UP = 1.0  # seconds
CSRF_TOKEN = "c" * 32  # as browsers have one
MOMENTS = 400  # at which a film begins: more pages than a process stores
FILM_BYTES, RANGE_BYTES = 64 * 1024**2, 1024**2
MAKE_ROWS = """
import json
from django.test import Client
from tests.factories import a_finished_video
from videos.models import MusicTask, Track, User, Video
from videos.views import live_status
owner = User.objects.get(email="demo@example.com")
client = Client()
client.force_login(owner)
task = MusicTask.objects.create(owner=owner, status="SUCCESS")
track = Track.objects.create(music_task=task, title="Benchmark", duration=60)
Video.objects.bulk_create(
    Video(owner=owner, track=track, stage="drawing", fraction=0.5) for _ in range({watchers})
)
videos = Video.objects.filter(track=track).with_queue_position()
film = a_finished_video(owner=owner, visibility="public")
with open(film.film.path, "r+b") as file:
    file.truncate({film_bytes})
viewer = Client()
viewer.force_login(User.objects.create_user("viewer@example.com", is_active=True))
print(json.dumps({{
    "session": client.cookies["sessionid"].value,
    "polls": [live_status.status_url(video) for video in videos],
    "viewer": viewer.cookies["sessionid"].value,
    "slug": film.slug,
    "film": film.film.name,
    "pending": videos[0].slug,
}}))
"""


@dataclass
class Page:
    """A page and the bare view beside it, and what was measured of each in turn."""

    name: str
    load: Load
    bare: Load
    ports: tuple[int, ...] = ()  # of all servers that answer, the load's own one where it is empty
    runs: list[tuple[Measurement, float]] = field(default_factory=list)  # with processor seconds
    bare_runs: list[tuple[Measurement, float]] = field(default_factory=list)

    def row(self) -> dict[str, object]:
        """Return one row of the table."""
        rate, bare_rate = (
            statistics.median(measurement.rate for measurement, _cpu in runs)
            for runs in (self.runs, self.bare_runs)
        )
        return {
            "page": self.name,
            "a second": round(rate),
            "bare view": round(bare_rate),
            "ratio": round(rate / bare_rate, 2),
            "CPU ms": milliseconds(self.runs),
            "of bare view": milliseconds(self.bare_runs),
            "no success": sum(measurement.failures for measurement, _cpu in self.runs),
        }


def milliseconds(runs: list[tuple[Measurement, float]]) -> float:
    """Return the processor time of one request in milliseconds: the median run's."""
    costs = (1000 * cpu / max(1, len(measurement.latencies)) for measurement, cpu in runs)
    return round(statistics.median(costs), 2)


def main() -> None:
    """Measure, and print a table or JSON."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.portal", description=__doc__)
    parser.add_argument("--watchers", type=int, default=1000, help="polling every 2 s (1000)")
    parser.add_argument("--seconds", type=float, default=5, help="of each measurement (5)")
    parser.add_argument("--rounds", type=int, default=3, help="of all pages (3)")
    parser.add_argument("--database-url", default="", help="another database than SQLite")
    parser.add_argument("--json", action="store_true", help="print JSON")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="suno-portal-benchmark-") as folder:
        portal = Portal(Path(folder), args.database_url)
        portal.environment |= SETTINGS
        portal.manage("prepare")
        key = portal.manage("create_api_key", "demo@example.com")[-1]
        program = MAKE_ROWS.format(watchers=args.watchers, film_bytes=FILM_BYTES)
        rows = json.loads(portal.manage("shell", "-v0", "-c", program)[-1])
        portal.environment |= {"DEBUG": "false", "SITE_URL": f"http://127.0.0.1:{portal.port}"}
        portal.manage("collectstatic", "--noinput")
        servers = (
            *(portal.serve(), serve_bare_views(portal.environment)),
            serve_nginx(portal.port, Path(folder), portal.environment),
        )
        with serve_apart(*servers) as (port, bare_port, nginx_port):
            pages = [
                *make_pages(port, bare_port, key, rows),
                range_page(port, nginx_port, rows["slug"], rows["film"]),
            ]
            for _round in range(args.rounds):
                for page in pages:
                    page.runs.append(measure(page.load, args.seconds, page.ports))
                    page.bare_runs.append(measure(page.bare, args.seconds))
            watched = asyncio.run(poll(pages[0].load, POLL_INTERVAL, 4 * args.seconds))
    table, watchers = [page.row() for page in pages], watchers_row(watched, args.watchers)
    if args.json:
        print(json.dumps({"pages": table, "watchers": watchers}, indent=2))
    else:
        print(format_table(table))
        print(", ".join(f"{name} {value}" for name, value in watchers.items()))


def make_pages(port: int, bare_port: int, key: str, rows: Mapping[str, Any]) -> list[Page]:
    """Return what is measured, polls without a change first."""
    cookies = f"sessionid={rows['session']}; csrftoken={CSRF_TOKEN}"
    session = {"Cookie": cookies, "HX-Request": "true"}
    polls = [get(url, session) for url in rows["polls"]]
    changed = [get(url.replace("v=", "v=0"), session) for url in rows["polls"]]
    share, pending = f"/v/{rows['slug']}/", rows["pending"]
    moments = [get(f"{share}?t={each}", {}) for each in range(1, MOMENTS)]  # are stored nowhere
    viewer = {"Cookie": f"sessionid={rows['viewer']}; csrftoken={CSRF_TOKEN}"}
    info = {"Authorization": f"Bearer {key}"}
    infos = [
        get(f"/api/v1/mp4/record-info?taskId={url.split('/')[2]}", info) for url in rows["polls"]
    ]

    def beside(name: str, requests: list[bytes], success: str, path: str) -> Page:
        bare_success = f"HTTP/1.1 {path.rpartition('/')[2]}".encode()
        return Page(
            name,
            Load(port, requests, success.encode(), CONNECTIONS),
            Load(bare_port, [get(path, {})], bare_success, CONNECTIONS),
        )

    return [
        beside("poll, nothing changed", polls, "HTTP/1.1 204", f"/{pending}/204"),
        beside("poll, changed", changed, "HTTP/1.1 200", f"/{pending}/200"),
        beside("share page, visitor", [get(share, {})], "HTTP/1.1 200", f"/{rows['slug']}/200"),
        beside(
            "share page, logged in", [get(share, viewer)], "HTTP/1.1 200", f"/{rows['slug']}/200"
        ),
        beside("share page, made anew", moments, "HTTP/1.1 200", f"/{rows['slug']}/200"),
        beside("record-info", infos, '"code": 200', f"/{pending}/204"),
    ]


def range_page(port: int, nginx_port: int, slug: str, film: str) -> Page:
    """Return the ranges of a film that nginx sends, allowed by the portal and by itself."""
    headers = {"Range": f"bytes={FILM_BYTES // 2}-{FILM_BYTES // 2 + RANGE_BYTES - 1}"}
    allowed, alone = (
        Load(nginx_port, [get(path, headers)], b"HTTP/1.1 206", CONNECTIONS)
        for path in (f"/v/{slug}/video.mp4", f"{ALONE}{film}")
    )
    return Page("range of 1 MB by X-Accel, beside nginx alone", allowed, alone, (port, nginx_port))


def measure(load: Load, seconds: float, ports: tuple[int, ...] = ()) -> tuple[Measurement, float]:
    """Return what a server did without a pause, and the processor seconds that it took for it."""
    servers = ports or (load.port,)
    asyncio.run(saturate(load, WARM_UP))
    before = processor_time(*servers)
    measurement = asyncio.run(saturate(load, seconds))
    return measurement, processor_time(*servers) - before


def processor_time(*ports: int) -> float:
    """Return the seconds that the servers on ``ports``, children of ours, have computed so far."""
    total = 0.0
    names = {str(port) for port in ports}
    for process in psutil.Process().children(recursive=True):
        if process.environ().get("PORT") in names:
            times = process.cpu_times()
            total += times.user + times.system
    return total


def watchers_row(watched: Measurement, watchers: int) -> dict[str, object]:
    """Return what the watchers experienced."""
    return {
        "watchers": watchers,
        "p50 ms": round(watched.percentile(0.5), 1),
        "p99 ms": round(watched.percentile(0.99), 1),
        "no success": watched.failures,
    }


@contextlib.contextmanager
def serve_bare_views(environment: Mapping[str, str]) -> Iterator[int]:
    """Serve the bare views with the same gunicorn, and yield its port."""
    port = free_port()
    own = {**environment, "PORT": str(port)}
    with run_gunicorn("benchmarks.portal.bare", port, own, "/"):
        yield port


@contextlib.contextmanager
def serve_apart(*servers: contextlib.AbstractContextManager[int]) -> Iterator[list[int]]:
    """Start ``servers`` on all cores but the last one, which is for this program; yield ports."""
    cores = sorted(os.sched_getaffinity(0))
    with contextlib.ExitStack() as stack:
        os.sched_setaffinity(0, cores[:-1] or cores)  # children inherit it
        stack.callback(os.sched_setaffinity, 0, cores)
        ports = [stack.enter_context(server) for server in servers]
        os.sched_setaffinity(0, cores[-1:])
        yield ports


if __name__ == "__main__":
    main()
