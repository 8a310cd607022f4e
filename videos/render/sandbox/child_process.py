"""Starting child processes without the secrets of this one."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]  # working directory of the children

# Environment variables that children get; others may be secrets.
ALLOWED_VARIABLES = ("LANG", "LC_ALL", "PATH", "RENDER_PROCESSES", "TMPDIR")


def child_environment() -> dict[str, str]:
    """Return the environment of a process that opens uploaded files."""
    allowed = {name: os.environ[name] for name in ALLOWED_VARIABLES if name in os.environ}
    return {**allowed, "OPENBLAS_NUM_THREADS": "1"}


def run_module(module: str, *args: str, timeout: float, data: bytes = b"") -> bytes:
    """Run ``python -m module args`` in a child process and return its standard output.

    ``data`` is its standard input. Raises ``subprocess.TimeoutExpired`` after ``timeout`` seconds;
    the child is killed.
    """
    done = subprocess.run(  # noqa: S603 - our own interpreter and module
        [sys.executable, "-m", module, *args],
        cwd=ROOT,
        env=child_environment(),
        input=data,
        capture_output=True,
        timeout=timeout,
    )
    return done.stdout
