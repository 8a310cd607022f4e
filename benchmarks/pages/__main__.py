"""``python -m benchmarks.pages``: opens every page with many rows in the database and with few.

Two databases are filled, one with ``--videos`` videos (half of them, and a song for twenty, one
creator's) and one with ``--few``. Then each page is opened in both in turn. The table has the
queries of a page, its quickest time in both, and the tables that one of them reads from end to end.
On PostgreSQL two databases are created on the server of ``--database-url``, and dropped at the end.
"""

import argparse
import contextlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg

from benchmarks.api.__main__ import format_table
from benchmarks.api.servers import ROOT, Portal

MAX_QUERIES, MAX_RATIO = 12, 1.5
AGAIN = 3  # times as many rounds, for a page that is over the limit
MIN_MILLISECONDS = 5.0  # more than it takes with few rows; less is the noise of the machine


class Site:
    """A process with a database of its own, which opens pages."""

    def __init__(self, folder: Path, database_url: str, videos: int) -> None:
        portal = Portal(folder, database_url)
        portal.manage("prepare")
        portal.manage(
            "shell", "-v0", "-c", "from videos.models import *; User.objects.all().delete()"
        )
        command = [sys.executable, "-m", "benchmarks.pages.server"]
        self.process = subprocess.Popen(  # noqa: S603 - our own words
            command, cwd=ROOT, env=portal.environment, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip
        self.ask("fill", str(videos))

    def ask(self, *words: str) -> Any:  # noqa: ANN401 - the JSON of a child of ours
        """Return the answer of the process to one command."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(words) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def close(self) -> None:
        """End the process."""
        self.process.kill()
        self.process.wait()


def main() -> None:
    """Measure, and print a table or JSON."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.pages", description=__doc__)
    parser.add_argument("--videos", type=int, default=200_000, help="in the large database")
    parser.add_argument(
        "--few", type=int, default=2500, help="in the small one, whose pages are full (2500)"
    )
    parser.add_argument("--rounds", type=int, default=5, help="of all pages (5)")
    parser.add_argument("--only", default="", help="pages whose address has this in it")
    parser.add_argument("--database-url", default="", help="a server of PostgreSQL, for its own")
    parser.add_argument("--json", action="store_true", help="print JSON")
    args = parser.parse_args()
    with contextlib.ExitStack() as stack:
        few, many = (
            stack.enter_context(site(args.database_url, videos))
            for videos in (args.few, args.videos)
        )
        rows = measure(few, many, args.rounds, args.only)
    print(json.dumps(rows, indent=2) if args.json else format_table(rows))
    over = [row for row in rows if row["over"]]
    print(f"{len(rows)} pages, {len(over)} over a limit", file=sys.stderr)


@contextlib.contextmanager
def site(database_url: str, videos: int) -> Iterator[Site]:
    """Yield a site with so many videos, whose database is gone afterwards."""
    with (
        tempfile.TemporaryDirectory(prefix="suno-portal-pages-") as folder,
        own_database(database_url, f"portal_pages_{videos}_{os.getpid()}") as url,
    ):
        opened = Site(Path(folder), url, videos)
        try:
            yield opened
        finally:
            opened.close()


@contextlib.contextmanager
def own_database(server: str, name: str) -> Iterator[str]:
    """Yield the address of a new database on a server of PostgreSQL; "" without a server."""
    if not server:
        yield ""
        return
    parts = urlsplit(server)
    with psycopg.connect(parts._replace(path="/postgres").geturl(), autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        try:
            yield parts._replace(path=f"/{name}").geturl()
        finally:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def measure(few: Site, many: Site, rounds: int, only: str) -> list[dict[str, object]]:
    """Return a row of the table for each page."""
    pairs = [
        (small, large)
        for small, large in zip(few.ask("pages"), many.ask("pages"), strict=True)
        if only in large[0]
    ]
    rows = []
    for small, large in pairs:
        few.ask("open", *small)
        first = many.ask("explain", *large)
        if not first["is_page"]:
            continue
        times = [
            (few.ask("open", *small)["ms"], many.ask("open", *large)["ms"]) for _ in range(rounds)
        ]
        row = row_of(large, first, *map(min, zip(*times, strict=True)))
        if "time" in str(row["over"]):  # others may have worked on this machine
            times += [
                (few.ask("open", *small)["ms"], many.ask("open", *large)["ms"])
                for _ in range(AGAIN * rounds)
            ]
            row = row_of(large, first, *map(min, zip(*times, strict=True)))
        print(large[0], file=sys.stderr, end=" ", flush=True)
        rows.append(row)
    return rows


def row_of(page: list[str], visit: dict[str, Any], few: float, many: float) -> dict[str, object]:
    """Return a row of the table; ``few`` and ``many`` are milliseconds."""
    path, email = page
    over = [
        *(["queries"] if visit["queries"] > MAX_QUERIES else []),
        *(["scan"] if visit["scans"] else []),
        *(["time"] if many > few * MAX_RATIO and many > few + MIN_MILLISECONDS else []),
    ]
    return {
        "page": path,
        "opened by": email.partition("@")[0] or "visitor",
        "queries": visit["queries"],
        "few ms": round(few, 1),
        "many ms": round(many, 1),
        "ratio": round(many / few, 2),
        "reads whole": " ".join(visit["scans"]),
        "over": " ".join(over),
    }


if __name__ == "__main__":
    main()
