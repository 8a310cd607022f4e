"""``python -m benchmarks.api``: pending tasks that are polled, and what one gunicorn makes of it.

Every task is asked about every two seconds for a while, then as fast as answers come; the same
requests go to a bare Django view that returns constant JSON, served in the same way.
"""

import argparse
import asyncio
import json
import tempfile
from pathlib import Path

from benchmarks.api.load import Measured, polled, saturated
from benchmarks.api.servers import Portal, bare

EVERY = 2.0  # seconds between two questions about a task
CONNECTIONS = 32


def main() -> None:
    """Measure, and print a table or JSON."""
    words = argparse.ArgumentParser(prog="python -m benchmarks.api", description=__doc__)
    words.add_argument("--tasks", type=int, default=1000, help="pending tasks (1000)")
    words.add_argument("--seconds", type=float, default=20, help="of each measurement (20)")
    words.add_argument("--database-url", default="", help="another database than SQLite")
    words.add_argument("--json", action="store_true", help="print JSON")
    asked = words.parse_args()
    with tempfile.TemporaryDirectory(prefix="suno-portal-benchmark-") as folder:
        portal = Portal(Path(folder), asked.database_url)
        key, tasks = portal.filled(asked.tasks)
        with portal.serving() as port:
            rows = measure("record-info", port, key, tasks, asked.seconds)
        with bare(portal.environment) as port:
            rows += measure("bare view", port, key, tasks, asked.seconds)
    print(json.dumps(rows, indent=2) if asked.json else table(rows))


def measure(
    what: str, port: int, key: str, tasks: list[str], seconds: float
) -> list[dict[str, object]]:
    """Return what one server did when it was polled, and when it was asked without a pause."""
    asyncio.run(saturated(port, key, tasks, 2, CONNECTIONS))  # to warm it up
    asked = polled(port, key, tasks, EVERY, seconds, CONNECTIONS)
    pushed = saturated(port, key, tasks, seconds, CONNECTIONS)
    return [
        row(what, f"every {EVERY:g} s", asyncio.run(asked)),
        row(what, "no pause", asyncio.run(pushed)),
    ]


def row(what: str, how: str, measured: Measured) -> dict[str, object]:
    """Return one line of the table."""
    return {
        "server": what,
        "asked": how,
        "answers": len(measured.latencies),
        "no success": measured.wrong,
        "answers a second": round(measured.rate, 1),
        "p50 ms": round(measured.percentile(0.5), 1),
        "p99 ms": round(measured.percentile(0.99), 1),
    }


def table(rows: list[dict[str, object]]) -> str:
    """Return the rows as a table."""
    lines = [list(rows[0]), *([str(value) for value in each.values()] for each in rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(value.rjust(width) for value, width in zip(line, widths, strict=True))
        for line in lines
    )


if __name__ == "__main__":
    main()
