"""The real processes of the Procfile, with a folder and a port of their own."""

import contextlib
import json
import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TypeVar

import psutil
import requests

from tests.prepared import copy_migrated_database, one_process_at_a_time

if TYPE_CHECKING:
    from tests.standin.records import Song
    from tests.standin.server import StandIn

T = TypeVar("T")

# Those whom tests/seed.py adds to a portal, with the password of the demo's person
PEOPLE = tuple(f"creator{number}@example.com" for number in range(1, 21))
COLLECTOR = "collector@example.com"  # who has more films than a page of the library

# With these variables ``manage.py prepare`` writes outside of the folder, too
PREPARED_ELSEWHERE = {"DATABASE_URL", "S3_BUCKET"}

START_TIMEOUT = 120  # seconds in which a portal answers on a machine that does ten other things
ROOT = Path(__file__).resolve().parent.parent
PROCFILE = dict(re.findall(r"^(\w+): (.+)$", (ROOT / "Procfile").read_text(), re.MULTILINE))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def is_http_up(url: str) -> bool:
    with contextlib.suppress(requests.ConnectionError, requests.Timeout):
        return requests.get(url, timeout=5).ok
    return False


def wait_for(check: Callable[[], T], seconds: float, message: str | Callable[[], str]) -> T:
    """Call ``check`` until its result is true and return that; fail after ``seconds``."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if result := check():
            return result
        time.sleep(0.05)
    text = message() if callable(message) else message
    raise AssertionError(f"{text} (waited {seconds:g} s)")


def process_tree(process: subprocess.Popen[bytes]) -> list[psutil.Process]:
    root = psutil.Process(process.pid)
    return [root, *root.children(recursive=True)]


class Stack:
    """The portal as ``make run`` starts it, with processes that can be killed one by one."""

    def __init__(self, folder: Path, **environment: str) -> None:
        self.folder = folder
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.environment = {
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
            "HOME": str(folder),
            "LANG": "C.UTF-8",
            "DJANGO_SETTINGS_MODULE": "tests.stack_settings",
            "DEBUG": "true",
            "DATA_DIR": str(folder),
            "PORT": str(self.port),
            "WORK_LEASE_SECONDS": "3",
            "WEB_PROCESSES": "1",
            "RENDER_PROCESSES": "1",
            "PAGE_BUDGET": "0",  # a run opens more pages in a minute than a person
            **environment,
        }
        self.account = "demo@example.com"  # who logs in
        self.running: dict[str, subprocess.Popen[bytes]] = {}

    def prepare(self) -> None:
        """Do what ``make run`` does first; where all of it is in the folder, copy what it wrote."""
        if not PREPARED_ELSEWHERE & self.environment.keys():
            shutil.copytree(prepared_folder(), self.folder, dirs_exist_ok=True)
            return
        if "DATABASE_URL" not in self.environment:
            copy_migrated_database(self.folder / "portal.sqlite3")
        self.seed("prepare")

    def password_of(self, email: str) -> str:
        logins = json.loads((self.folder / "demo-logins.json").read_text())
        return str(logins["demo@example.com" if email in PEOPLE else email])

    @property
    def session_key(self) -> str:
        """The key of a session in which ``account`` has logged in."""
        return self.session_of(self.account)

    def session_of(self, email: str) -> str:
        """Return the key of a session in which that person has logged in."""
        return str(json.loads((self.folder / "sessions.json").read_text())[email])

    def seed(self, *names: str) -> str:
        """Call functions of tests/seed.py in this portal; return what they print."""
        calls = "; ".join(f"seed.{name}()" for name in names)
        return self.manage("shell", "-v0", "-c", f"from tests import seed; {calls}")

    def execute(self, query: str, *values: object) -> list[tuple[object, ...]]:
        """Run a query in the SQLite database of the portal, and return the rows."""
        path = self.folder / "portal.sqlite3"
        with contextlib.closing(sqlite3.connect(path, timeout=20)) as database, database:
            return database.execute(query, values).fetchall()

    def manage(self, *args: str) -> str:
        done = subprocess.run(
            [sys.executable, "manage.py", *args],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def start(self, *names: str) -> None:
        for name in names or PROCFILE:
            log = (self.folder / f"{name}.log").open("ab")
            self.running[name] = subprocess.Popen(
                PROCFILE[name],
                shell=True,
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
            log.close()
        if not names or "web" in names:
            wait_for(self.is_up, START_TIMEOUT, "The web process does not answer")

    def is_up(self) -> bool:
        return is_http_up(f"{self.url}/healthz")

    def is_ready(self) -> bool:
        return requests.get(f"{self.url}/readyz?all=1", timeout=10).ok

    def processes(self, name: str) -> list[psutil.Process]:
        """Return the process ``name`` of the Procfile and its descendants, itself first."""
        return process_tree(self.running[name])

    def children_of(self, name: str, text: str) -> list[psutil.Process]:
        """Return the descendants of the process ``name`` whose command line contains ``text``."""
        matches = []
        for process in self.processes(name)[1:]:
            with contextlib.suppress(psutil.NoSuchProcess, psutil.ZombieProcess):
                if text in " ".join(process.cmdline()):
                    matches.append(process)
        return matches

    def kill_everything(self) -> None:
        """Send SIGKILL to every process."""
        processes = [process for name in self.running for process in self.processes(name)]
        for process in processes:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
        for process in self.running.values():
            process.wait()
        psutil.wait_procs(processes, timeout=10)
        self.running.clear()

    def stop(self, *names: str) -> list[psutil.Process]:
        """Send SIGTERM to processes, or to all; return those that are alive after 15 seconds."""
        stopped = {name: self.running.pop(name) for name in names or list(self.running)}
        tree = [process for root in stopped.values() for process in process_tree(root)]
        for process in stopped.values():
            os.killpg(process.pid, signal.SIGTERM)
        for process in stopped.values():
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(15)
        _, remaining = psutil.wait_procs(tree, timeout=1)
        alive = [process for process in remaining if not _is_dead(process)]
        for process in alive:
            process.kill()
        return alive

    def logs(self) -> str:
        return "\n".join(
            f"--- {path.name}\n{path.read_text(errors='replace')[-4000:]}"
            for path in sorted(self.folder.glob("*.log"))
        )

    def films(self) -> list[Path]:
        return sorted((self.folder / "media").rglob("*.mp4"))

    def temporary_files(self) -> list[Path]:
        """Return the temporary files anywhere in the folder."""
        scratch = list((self.folder / "scratch").glob("*"))
        return scratch + list(self.folder.rglob("*.part")) + list(self.folder.rglob(".*.part"))


def prepared_folder() -> Path:
    """Return a folder that ``manage.py prepare`` has prepared, once for all stacks of a run."""
    run_folder = Path(os.environ["RUN_FOLDER"])
    folder = run_folder / "prepared"
    with one_process_at_a_time(run_folder):
        if not folder.exists():
            new = Path(tempfile.mkdtemp(dir=run_folder))
            copy_migrated_database(new / "portal.sqlite3")
            Stack(new).seed("prepare", "make_pictures")
            new.rename(folder)
    return folder


def _is_dead(process: psutil.Process) -> bool:
    """Return whether a process has ended, also while it is a zombie."""
    try:
        return process.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


class Creator:
    """A browser session in which the account of the portal has logged in."""

    def __init__(self, stack: Stack) -> None:
        self.stack = stack
        self.session = requests.Session()
        for name, value in (("sessionid", stack.session_key), ("csrftoken", "t" * 32)):
            self.session.cookies.set(name, value, domain="127.0.0.1")

    def get(self, path: str) -> requests.Response:
        response = self.session.get(self.stack.url + path, timeout=20)
        response.raise_for_status()
        return response

    def post(
        self, path: str, files: dict[str, BinaryIO] | None = None, **fields: str
    ) -> requests.Response:
        token = self.session.cookies["csrftoken"]
        response = self.session.post(
            self.stack.url + path,
            data={"csrfmiddlewaretoken": token, **fields},
            files=files,
            headers={"Referer": self.stack.url + path},
            timeout=20,
        )
        response.raise_for_status()
        return response

    def upload(self, song: Path) -> None:
        """Upload a song, which is the one that is ordered from then on."""
        with song.open("rb") as audio:
            self.post("/songs/new/", files={"audio": audio}, title=song.stem)

    def order(self) -> str:
        """Order a video of the newest song, the demo at first; return the path of its page."""
        page = self.get("/videos/new/").text
        form_token = re.search(r'name="form_token" value="([^"]+)"', page)
        song = re.search(r'name="song"[^>]*value="(\d+)"', page)
        assert form_token, page
        assert song, page
        response = self.post(
            "/videos/new/",
            form_token=form_token[1],
            song=song[1],
            provider="builtin",
            format="16:9",
            author="Test",
            domain_name="example.com",
        )
        assert re.search(r"/videos/[0-9a-f-]{36}/$", response.url), response.text
        return response.url.removeprefix(self.stack.url)

    def order_from(self, vendor: "StandIn", song: "Song") -> str:
        """Find a vendor's song, order its film there, and return the path of its page."""
        page = self.post("/videos/new/song/", vendor=vendor.vendor, task_id=song.task_id)
        form_token = re.search(r'name="form_token" value="([^"]+)"', page.text)
        chosen = re.search(r'name="song" value="(\d+)" required checked', page.text)
        assert form_token, page.text
        assert chosen, page.text
        response = self.post(
            "/videos/new/",
            form_token=form_token[1],
            song=chosen[1],
            provider=vendor.vendor,
            format="16:9",
            author="Test",
            domain_name="example.com",
        )
        assert re.search(r"/videos/[0-9a-f-]{36}/$", response.url), response.text
        return response.url.removeprefix(self.stack.url)

    def status(self, video: str) -> str:
        """Return the status fragment of the video at the path ``video``."""
        response = self.session.get(
            f"{self.stack.url}{video}status/", headers={"HX-Request": "true"}, timeout=20
        )
        return response.text

    def has(self, video: str) -> bool:
        """Return whether the film of the video is ready."""
        return 'data-status="SUCCESS"' in self.status(video)

    def percent(self, video: str) -> int:
        match = re.search(r'data-percent="(\d+)"', self.status(video))
        return int(match[1]) if match else 0


@contextlib.contextmanager
def running_stack(folder: Path, **environment: str) -> Iterator[Stack]:
    stack = Stack(folder, **environment)
    stack.prepare()
    try:
        stack.start()
        yield stack
    except BaseException:
        print(stack.logs())
        raise
    finally:
        stack.kill_everything() if stack.running else None
