"""``python -m benchmarks.api``: measures one gunicorn while programs poll pending tasks.

Every task is polled every two seconds for a while, then as fast as responses come; the same
requests go to a bare Django view that returns constant JSON, served in the same way.
"""

import argparse
import asyncio
import json
import tempfile
from pathlib import Path

from benchmarks.api.load import Load, Measurement, get, poll, saturate
from benchmarks.api.servers import Portal, serve_bare_view

POLL_INTERVAL = 2.0  # seconds between two polls of a task
CONNECTIONS = 32


def main() -> None:
    """Measure, and print a table or JSON."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.api", description=__doc__)
    parser.add_argument("--tasks", type=int, default=1000, help="pending tasks (1000)")
    parser.add_argument("--seconds", type=float, default=20, help="of each measurement (20)")
    parser.add_argument("--database-url", default="", help="another database than SQLite")
    parser.add_argument("--json", action="store_true", help="print JSON")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="suno-portal-benchmark-") as folder:
        portal = Portal(Path(folder), args.database_url)
        key, tasks = portal.create_tasks(args.tasks)
        with portal.serve() as port:
            rows = measure("record-info", make_load(port, key, tasks), args.seconds)
        with serve_bare_view(portal.environment) as port:
            rows += measure("bare view", make_load(port, key, tasks), args.seconds)
    print(json.dumps(rows, indent=2) if args.json else format_table(rows))


def make_load(port: int, key: str, tasks: list[str]) -> Load:
    """Return the polls of ``tasks``."""
    headers = {"Authorization": f"Bearer {key}"}
    polls = [get(f"/api/v1/mp4/record-info?taskId={task}", headers) for task in tasks]
    return Load(port, polls, b'"code": 200', CONNECTIONS)


def measure(server: str, load: Load, seconds: float) -> list[dict[str, object]]:
    """Return the measurements of one server, polled at an interval and without a pause."""
    asyncio.run(saturate(load, min(2, seconds)))  # to warm it up
    polled = poll(load, POLL_INTERVAL, seconds)
    saturated = saturate(load, seconds)
    return [
        make_row(server, f"every {POLL_INTERVAL:g} s", asyncio.run(polled)),
        make_row(server, "no pause", asyncio.run(saturated)),
    ]


def make_row(server: str, rhythm: str, measurement: Measurement) -> dict[str, object]:
    """Return one row of the table."""
    return {
        "server": server,
        "asked": rhythm,
        "answers": len(measurement.latencies),
        "no success": measurement.failures,
        "answers a second": round(measurement.rate, 1),
        "p50 ms": round(measurement.percentile(0.5), 1),
        "p99 ms": round(measurement.percentile(0.99), 1),
    }


def format_table(rows: list[dict[str, object]]) -> str:
    """Return the rows as a table of text."""
    lines = [list(rows[0]), *([str(value) for value in each.values()] for each in rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(value.rjust(width) for value, width in zip(line, widths, strict=True))
        for line in lines
    )


if __name__ == "__main__":
    main()
