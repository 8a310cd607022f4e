"""Starts the servers that are measured: a portal with pending tasks, and a bare view."""

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
CREATE_TASKS = """
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
    """Return a port on which no server listens."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


class Portal:
    """A portal with its data in ``folder``; there are no workers, so its tasks stay pending."""

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
        """Run a management command of the portal and return the lines that it prints."""
        command = [sys.executable, str(ROOT / "manage.py"), *words]
        result = subprocess.run(  # noqa: S603 - our own words
            command, env=self.environment, capture_output=True, text=True, check=True
        )
        return result.stdout.splitlines()

    def create_tasks(self, count: int) -> tuple[str, list[str]]:
        """Create ``count`` pending tasks; return an API key and the ids of the tasks."""
        self.manage("prepare")
        key = self.manage("create_api_key", "demo@example.com")[-1]
        return key, self.manage("shell", "-v0", "-c", CREATE_TASKS.format(tasks=count))[-count:]

    @contextlib.contextmanager
    def serve(self) -> Iterator[int]:
        """Serve it with one gunicorn as in production, and yield its port."""
        with run_gunicorn("suno_portal.wsgi", self.port, self.environment, "/healthz"):
            yield self.port


@contextlib.contextmanager
def serve_bare_view(environment: dict[str, str]) -> Iterator[int]:
    """Serve the bare view with the same gunicorn, and yield its port."""
    port = free_port()
    own = environment | {"PORT": str(port)}
    with run_gunicorn("benchmarks.api.bare", port, own, "/api/v1/mp4/record-info"):
        yield port


@contextlib.contextmanager
def run_gunicorn(module: str, port: int, environment: dict[str, str], path: str) -> Iterator[None]:
    """Run one gunicorn until the block ends."""
    command = [sys.executable, "-m", "gunicorn", module, "--config", CONFIG]
    process = subprocess.Popen(command, cwd=ROOT, env=environment)  # noqa: S603 - our own words
    try:
        wait_until_up(f"http://127.0.0.1:{port}{path}")
        yield
    finally:
        process.terminate()
        process.wait(20)


def wait_until_up(url: str) -> None:
    """Wait until ``url`` responds. Raises TimeoutError after half a minute."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError), urlopen(url, timeout=5):  # noqa: S310 - our own
            return
        time.sleep(0.1)
    raise TimeoutError(url)
