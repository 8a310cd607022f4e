"""The servers that are measured: a portal with pending tasks, and a bare view beside it."""

import contextlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parents[2]
CONFIG = str(ROOT / "suno_portal" / "gunicorn.py")
FILL = """
from django.utils import timezone
from videos.models import MusicTask, Track, User, Video
owner = User.objects.get(email="demo@example.com")
task = MusicTask.objects.create(owner=owner, status="SUCCESS")
track = Track.objects.create(music_task=task, title="Benchmark", duration=60)
videos = [Video(owner=owner, track=track) for _ in range({tasks})]
Video.objects.bulk_create(videos)
print("\\n".join(video.pk.hex for video in videos))
"""


def free_port() -> int:
    """Return a port that nobody listens at."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


class Portal:
    """A portal in ``folder``, whose tasks nobody makes: there are no workers."""

    def __init__(self, folder: Path, database_url: str = "") -> None:
        self.port = free_port()
        self.environment = {
            **os.environ,
            "DEBUG": "true",
            "DATA_DIR": str(folder),
            "PORT": str(self.port),
            "LOG_LEVEL": "WARNING",
            "ACCESS_LOG": "",
            **({"DATABASE_URL": database_url} if database_url else {}),
        }

    def manage(self, *words: str) -> list[str]:
        """Run a command of the portal and return the lines that it prints."""
        command = [sys.executable, str(ROOT / "manage.py"), *words]
        done = subprocess.run(  # noqa: S603 - our own words
            command, env=self.environment, capture_output=True, text=True, check=True
        )
        return done.stdout.splitlines()

    def filled(self, tasks: int) -> tuple[str, list[str]]:
        """Prepare it with so many pending tasks; return a key and their ids."""
        self.manage("prepare")
        key = self.manage("create_api_key", "demo@example.com")[-1]
        return key, self.manage("shell", "-v0", "-c", FILL.format(tasks=tasks))[-tasks:]

    @contextlib.contextmanager
    def serving(self) -> Iterator[int]:
        """Serve it by one gunicorn as in production, and give its port."""
        with gunicorn("suno_portal.wsgi", self.port, self.environment, "/healthz"):
            yield self.port


@contextlib.contextmanager
def bare(environment: dict[str, str]) -> Iterator[int]:
    """Serve the bare view by the same gunicorn, and give its port."""
    port = free_port()
    own = environment | {"PORT": str(port)}
    with gunicorn("benchmarks.api.bare", port, own, "/api/v1/mp4/record-info"):
        yield port


@contextlib.contextmanager
def gunicorn(module: str, port: int, environment: dict[str, str], path: str) -> Iterator[None]:
    """Run one gunicorn until the block is through."""
    command = [sys.executable, "-m", "gunicorn", module, "--config", CONFIG]
    process = subprocess.Popen(command, cwd=ROOT, env=environment)  # noqa: S603 - our own words
    try:
        wait_for(f"http://127.0.0.1:{port}{path}")
        yield
    finally:
        process.terminate()
        process.wait(20)


def wait_for(url: str) -> None:
    """Wait until ``url`` answers; raises ``TimeoutError`` after half a minute."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError), urlopen(url, timeout=5):  # noqa: S310 - our own
            return
        time.sleep(0.1)
    raise TimeoutError(url)
