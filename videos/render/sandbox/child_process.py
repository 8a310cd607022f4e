"""Starting child processes without the secrets of this one, and reading what they answer."""

import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Timer
from typing import IO

from videos.render.errors import RenderError
from videos.render.sandbox.confinement import PARENT_VARIABLE, ROOT

__all__ = ["ROOT", "child_environment", "run_module", "scratch_folder", "start_module"]

# Environment variables that children get; others may be secrets.
ALLOWED_VARIABLES = ("LANG", "LC_ALL", "PATH", "RENDER_PROCESSES", "TMPDIR")
MAX_OUTPUT = 32 << 20  # bytes that a child may answer; this process holds them
SCRATCH_PREFIX = "portal-child-"
# By which a machine without memory or an operator ends a child. Its own limits end it by others
FOREIGN_SIGNALS = (-signal.SIGKILL, -signal.SIGTERM)


class ChildKilled(RenderError):
    """Somebody else killed the child, such as a machine without memory: its file says nothing."""


def scratch_folder() -> "TemporaryDirectory[str]":
    """Return a folder for the temporary files of a child; its name says which process made it."""
    return TemporaryDirectory(prefix=f"{SCRATCH_PREFIX}{os.getpid()}-")


def child_environment(scratch: Path | None = None) -> dict[str, str]:
    """Return the environment of a process that opens uploaded files.

    ``scratch`` is the folder of its temporary files.
    """
    allowed = {name: os.environ[name] for name in ALLOWED_VARIABLES if name in os.environ}
    ours = {"OPENBLAS_NUM_THREADS": "1", PARENT_VARIABLE: str(os.getpid())}
    return {**allowed, **ours, **({"TMPDIR": str(scratch)} if scratch else {})}


def start_module(
    module: str,
    *args: str,
    scratch: Path | None = None,
    stderr: int | IO[bytes] = subprocess.DEVNULL,
    buffered: bool = True,
) -> "subprocess.Popen[bytes]":
    """Start ``python -m module args`` with pipes for its input and its output.

    It has no other file of this process open, and a session of its own.
    """
    return subprocess.Popen(  # noqa: S603 - our own interpreter and module
        [sys.executable, "-m", module, *args],
        bufsize=-1 if buffered else 0,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=stderr,
        cwd=ROOT,
        env=child_environment(scratch),
        start_new_session=True,
    )


def run_module(
    module: str,
    *args: str,
    timeout: float,
    data: bytes = b"",
    scratch: Path | None = None,
    max_output: int = MAX_OUTPUT,
) -> bytes:
    """Run ``python -m module args`` in a child process and return its standard output.

    ``data`` is its standard input. After ``timeout`` seconds, or with more than ``max_output``
    bytes of output, the child is killed; then ``subprocess.TimeoutExpired`` or ``ValueError`` is
    raised. Raises ``ChildKilled`` where somebody else killed it: the file is not to blame.
    """
    with start_module(module, *args, scratch=scratch) as child:
        timer = Timer(timeout, child.kill)
        timer.start()
        try:
            assert child.stdin
            assert child.stdout
            with suppress(BrokenPipeError):
                child.stdin.write(data)
            with suppress(BrokenPipeError):
                child.stdin.close()
            output = child.stdout.read(max_output + 1)
            if len(output) > max_output:
                raise ValueError(f"A child process answers more than {max_output} bytes.")
            child.wait()
        finally:
            is_late = not timer.is_alive()
            timer.cancel()
            child.kill()
    if is_late:
        raise subprocess.TimeoutExpired(child.args, timeout)
    if child.returncode in FOREIGN_SIGNALS:
        raise ChildKilled("A process that read a file was killed.")
    return output
