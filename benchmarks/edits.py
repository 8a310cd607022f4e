"""``python -m benchmarks.edits``: how soon an edit is seen while ``make dev`` runs.

It starts the processes of Procfile.dev in a copy of the tree, edits a file of each kind there, and
prints the seconds until what they serve has changed. What it needs is installed by ``make dev``, or
by ``.venv/bin/python -m pip install --require-hashes -r requirements-dev.txt``.
"""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple
from urllib.error import URLError
from urllib.request import urlopen

from benchmarks.api.servers import ROOT, free_port

INSTALL = ".venv/bin/python -m pip install --require-hashes -r requirements-dev.txt"
START_TIMEOUT = 120.0  # seconds until the portal answers for the first time
EDIT_TIMEOUT = 60.0  # seconds until an edit is seen
SETTLE_SECONDS = 5.0  # before an edit: what the last one restarted is up again
STOP_TIMEOUT = 30.0  # seconds until all processes have ended
POLL_INTERVAL = 0.05
IGNORED = shutil.ignore_patterns(".git", ".venv", "var", "node_modules", "__pycache__", ".*_cache")
MARK = "edited-by-the-benchmark"


class Edit(NamedTuple):
    """Replaces a text of a file once; what it leads to is seen at an address, or in a file."""

    file: str
    old: str
    new: str
    address: str = ""  # where MARK appears; "" if the worker creates the file MARK instead


WORKER_LINES = f'    from pathlib import Path\n    Path("{MARK}").touch()\n'
EDITS = {
    "Python, web": Edit("videos/views/health.py", '"ok"', f'"{MARK}"', "/healthz"),
    "Python, worker": Edit(
        "videos/tasks.py", "    scheduler.tick()\n", f"{WORKER_LINES}    scheduler.tick()\n"
    ),
    "template": Edit("templates/home.html", "<section", f"<!-- {MARK} --><section", "/"),
    "CSS": Edit("static/css/portal.css", "@", f"/* {MARK} */ @", "/static/css/portal.css"),
    "JavaScript": Edit("static/js/theme.js", "", f"/* {MARK} */", "/static/js/theme.js"),
}


def main() -> None:
    """Edit a file of each kind and print the seconds until each edit is seen."""
    if not find_spec("watchfiles"):
        sys.exit(f"watchfiles is missing. Run once: {INSTALL}")
    with TemporaryDirectory(prefix="suno-portal-edits-") as folder:
        tree = Path(folder, "tree")
        shutil.copytree(ROOT, tree, ignore=IGNORED)
        with serve(tree) as url:
            for kind, seconds in measure(tree, url):
                print(f"{kind:<15} {seconds:5.1f} s", flush=True)


@contextmanager
def serve(tree: Path) -> Iterator[str]:
    """Run the processes of Procfile.dev in the folder ``tree``; yield the portal's address."""
    port = free_port()
    environment = os.environ | {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "DATA_DIR": str(tree / "var"),
        "DEBUG": "true",
        "PORT": str(port),
        "WEB_PROCESSES": "1",
        "TEMPLATE_CACHE": "false",
        "LOG_LEVEL": "WARNING",
    }
    subprocess.run([sys.executable, "manage.py", "prepare"], cwd=tree, env=environment, check=True)
    words = [sys.executable, "-m", "honcho", "--env", "/dev/null", "--procfile", "Procfile.dev"]
    processes = subprocess.Popen(  # noqa: S603 - our own words
        [*words, "start"], cwd=tree, env=environment, stdout=sys.stderr
    )
    url = f"http://127.0.0.1:{port}"
    try:
        wait_for(lambda: "ok" in read(f"{url}/healthz"), START_TIMEOUT)
        wait_for(lambda: '"ready"' in read(f"{url}/readyz?all=1"), START_TIMEOUT)
        yield url
    finally:
        processes.send_signal(signal.SIGTERM)
        processes.wait(STOP_TIMEOUT)


def measure(tree: Path, url: str) -> Iterator[tuple[str, float]]:
    """Make each edit in ``tree`` and yield its kind and the seconds until it is seen."""
    for kind, edit in EDITS.items():
        file = tree / edit.file
        time.sleep(SETTLE_SECONDS)
        read(url + edit.address)  # what was used before may be cached
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace(edit.old, edit.new, 1), encoding="utf-8")
        yield kind, wait_for(partial(is_seen, edit, tree, url), EDIT_TIMEOUT)


def is_seen(edit: Edit, tree: Path, url: str) -> bool:
    """Return whether what ``edit`` leads to is there."""
    return MARK in read(url + edit.address) if edit.address else (tree / MARK).exists()


def read(url: str) -> str:
    """Return the text at an address, "" while no server answers."""
    with suppress(URLError, ConnectionError), urlopen(url, timeout=10) as response:  # noqa: S310 - loopback
        return str(response.read().decode())
    return ""


def wait_for(check: Callable[[], bool], timeout: float) -> float:
    """Call ``check`` until it is true and return the seconds that took.

    Raises ``TimeoutError`` after ``timeout`` seconds.
    """
    start = time.monotonic()
    while not check():
        if time.monotonic() - start > timeout:
            raise TimeoutError(f"Not seen within {timeout:g} s")
        time.sleep(POLL_INTERVAL)
    return time.monotonic() - start


if __name__ == "__main__":
    main()
