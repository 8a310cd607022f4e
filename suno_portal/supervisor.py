"""The processes that the portal is made of: ``python suno_portal/supervisor.py renderer``.

Each is started and kept alive: one that breaks or is killed comes back, as it would under systemd
or Kubernetes, where honcho would stop all the others. This runs as a plain script and imports
nothing of ours, so that it costs neither memory nor time. It reads ``.env`` by the same rules as
the settings do: honcho has rules of its own, which cut a value at a ``#``.
"""

import ctypes
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import environ

FIRST_WAIT, LONGEST_WAIT = 0.5, 30.0  # seconds before a process that broke is started again
STEP = 0.1  # seconds until a word to stop is heard meanwhile
PR_SET_PDEATHSIG = 1
ENV_FILE = Path(__file__).resolve().parent.parent / ".env"


def setting(name: str, default: str) -> str:
    """Return an environment variable, or ``default`` where it is missing or empty."""
    return os.environ.get(name) or default


def celery(*words: str) -> list[str]:
    """Return the command line of one of Celery's programs."""
    return ["celery", "--quiet", "-A", "suno_portal", *words, "-l", setting("LOG_LEVEL", "INFO")]


def celery_worker(name: str, queues: str, concurrency: str) -> list[str]:
    """Return the command line of a worker of ``queues`` that does so many things at a time."""
    return celery(
        *("worker", "--queues", queues, "--hostname", f"{name}@%h"),
        *("--pool", "threads", "--concurrency", concurrency),
        *("--without-gossip", "--without-mingle", "--without-heartbeat"),
    )


def command_of(name: str) -> list[str]:
    """Return the command line of the process ``name`` of the Procfile."""
    commands = {
        "web": ["gunicorn", "suno_portal.wsgi", "--config", "suno_portal/gunicorn.py"],
        "worker": celery_worker("work", "work,deliver", setting("WORK_CONCURRENCY", "8")),
        "renderer": celery_worker("render", "render", setting("RENDER_CONCURRENCY", "1")),
        "beat": celery("beat", "--pidfile="),
    }
    return commands[name]


def keep(command: list[str]) -> int:
    """Run ``command`` until it ends in order or we are told to stop; return its exit code."""
    told_to_stop = False
    running: list[subprocess.Popen[bytes]] = []

    def stop(number: int, frame: object) -> None:
        # A flag, not an Event: that has a lock, which the code we interrupt may hold
        nonlocal told_to_stop
        told_to_stop = True
        for process in running:
            process.send_signal(signal.SIGTERM)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    wait = FIRST_WAIT
    while not told_to_stop:
        process = subprocess.Popen(command, preexec_fn=end_with_parent)  # noqa: S603 - our own words
        running[:] = [process]
        if told_to_stop:
            process.send_signal(signal.SIGTERM)
        code = process.wait()
        if told_to_stop or code == 0:
            return max(code, 0)
        print(f"{command[0]} ended with {code}; it starts again in {wait:g} s", flush=True)
        again = time.monotonic() + wait
        while not told_to_stop and time.monotonic() < again:
            time.sleep(STEP)
        wait = min(wait * 2, LONGEST_WAIT)
    return 0


def end_with_parent() -> None:
    """Have Linux ask this process to end when its keeper is killed, lest nobody could stop it."""
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


if __name__ == "__main__":
    environ.Env.read_env(ENV_FILE)
    sys.exit(keep(command_of(sys.argv[1])))
