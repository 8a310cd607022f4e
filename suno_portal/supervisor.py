"""Starts a process of the portal and keeps it alive: ``python suno_portal/supervisor.py renderer``.

A process that crashes or is killed is restarted, as under systemd or Kubernetes; honcho alone would
stop all the others. This is a plain script that imports nothing of ours, so that it needs little
memory and time. It reads ``.env`` by the rules of the settings; honcho cuts a value at a ``#``. A
process that ends because a setting is wrong is not restarted.
"""

import ctypes
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import environ

MIN_BACKOFF, MAX_BACKOFF = 0.5, 30.0  # seconds before a process that crashed is restarted
CHECK_INTERVAL = 0.1  # seconds between two checks of the stop flag during a backoff
EXIT_MISCONFIGURED = 78  # as in environment.py
PR_SET_PDEATHSIG = 1
HONCHO_STEP = 100  # by which honcho counts PORT up for each line of the Procfile
NAMES = ("web", "worker", "renderer", "beat")  # the lines of the Procfile, in their order
ENV_FILE = Path(__file__).resolve().parent.parent / ".env"


def read_setting(name: str, default: str) -> str:
    """Return an environment variable, ``default`` if it is missing or empty.

    What is wrong with a value is told by the process that is started with it.
    """
    return os.environ.get(name, "").strip() or default


def restore_port(name: str) -> None:
    """Give the process ``name`` the site's PORT, which is the base of its own address.

    honcho gives each process a port of its own, but this site has one.
    """
    if os.environ.get("HONCHO_PROCESS_NAME") and os.environ.get("PORT", "").isdecimal():
        os.environ["PORT"] = str(int(os.environ["PORT"]) - HONCHO_STEP * NAMES.index(name))


def celery_command(*args: str) -> list[str]:
    """Return the command line of a program of Celery."""
    level = read_setting("LOG_LEVEL", "INFO")
    return ["celery", "--quiet", "-A", "suno_portal.worker", *args, "-l", level]


def worker_command(name: str, queues: str, concurrency: str) -> list[str]:
    """Return the command line of a worker of ``queues`` with ``concurrency`` threads."""
    return celery_command(
        *("worker", "--queues", queues, "--hostname", f"{name}@%h"),
        *("--pool", "threads", "--concurrency", concurrency),
        *("--without-gossip", "--without-mingle", "--without-heartbeat"),
    )


def command_of(name: str) -> list[str]:
    """Return the command line of the process ``name`` of the Procfile."""
    commands = {
        "web": ["gunicorn", "suno_portal.wsgi", "--config", "suno_portal/gunicorn.py"],
        "worker": worker_command("work", "work,deliver", read_setting("WORK_CONCURRENCY", "8")),
        "renderer": worker_command("render", "render", read_setting("RENDER_CONCURRENCY", "1")),
        "beat": celery_command("beat", "--pidfile="),
    }
    return commands[name]


def supervise(command: list[str]) -> int:
    """Run ``command`` until it exits with 0 or we get a signal to stop; return its exit code."""
    should_stop = False
    running: list[subprocess.Popen[bytes]] = []

    def stop(number: int, frame: object) -> None:
        # A flag, not an Event: an Event has a lock, which the interrupted code may hold
        nonlocal should_stop
        should_stop = True
        for process in running:
            process.send_signal(signal.SIGTERM)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    backoff = MIN_BACKOFF
    while not should_stop:
        process = subprocess.Popen(command, preexec_fn=end_with_parent)  # noqa: S603 - our own words
        running[:] = [process]
        if should_stop:
            process.send_signal(signal.SIGTERM)
        code = process.wait()
        if should_stop or code in {0, EXIT_MISCONFIGURED}:
            return max(code, 0)
        print(f"{command[0]} ended with {code}; it starts again in {backoff:g} s", flush=True)
        restart_at = time.monotonic() + backoff
        while not should_stop and time.monotonic() < restart_at:
            time.sleep(CHECK_INTERVAL)
        backoff = min(backoff * 2, MAX_BACKOFF)
    return 0


def end_with_parent() -> None:
    """Let Linux send SIGTERM to this process when its supervisor dies (parent death signal)."""
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


if __name__ == "__main__":
    with suppress(UnicodeDecodeError, OSError):  # whoever is started says so in a sentence
        environ.Env.read_env(ENV_FILE)
    restore_port(sys.argv[1])
    sys.exit(supervise(command_of(sys.argv[1])))
