"""A terminal on a machine that has nothing but a copy of the project and what it installs."""

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

from tests.papers import ROOT
from tests.stack import wait_for

END = "-- end of command"
LEFT_OUT = shutil.ignore_patterns(
    *(".venv", "node_modules", ".git", ".env", "var", "*.mp4"),
    *("__pycache__", ".*_cache", ".hypothesis"),
)


def copy_project(folder: Path) -> Path:
    """Copy the project to ``folder``, as after an installation of all that it needs.

    Its ``.venv`` is that of these tests: installing it again would need a package index.
    """
    shutil.copytree(ROOT, folder, ignore=LEFT_OUT)
    venv = folder / ".venv"
    venv.mkdir()
    for path in Path(sys.prefix).iterdir():
        if path.is_dir() or path.name == "pyvenv.cfg":
            (venv / path.name).symlink_to(path)
    makefile = (folder / "Makefile").read_text(encoding="utf-8")
    for installed in re.findall(r"^\$\(VENV\)/([\w-]+):", makefile, re.MULTILINE):
        (venv / installed).touch()
    return folder


def environment(folder: Path) -> dict[str, str]:
    """Return what a shell in ``folder`` knows: no variable of ours, and no program of ours."""
    ours = str(Path(sys.prefix) / "bin")
    path = [each for each in os.environ["PATH"].split(":") if each != ours]
    # Whatever pip is asked to install must be there already
    return {"PATH": ":".join(path), "HOME": str(folder), "LANG": "C.UTF-8", "PIP_NO_INDEX": "1"}


class Terminal:
    """A shell; use it in a ``with`` statement."""

    def __init__(self, folder: Path) -> None:
        self.process = subprocess.Popen(
            ["sh"],
            cwd=folder,
            env=environment(folder),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            bufsize=1,
            start_new_session=True,
        )

    def __enter__(self) -> "Terminal":
        return self

    def __exit__(self, *error: object) -> None:
        self._kill()
        self.process.communicate()

    def type(self, command: str, seconds: float = 300) -> str:
        """Type a command, and return what it prints; fails where it ends with an error."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(f"{{\n{command}\n}} </dev/null\nprintf '\\n{END} %s\\n' $?\n")
        timer = threading.Timer(seconds, self._kill)
        timer.start()
        output = ""
        for line in self.process.stdout:
            if line.startswith(END):
                timer.cancel()
                assert line.split()[-1] == "0", f"{command}\n{output}"
                return output.rstrip("\n")
            output += line
        raise AssertionError(f"no end within {seconds:g} s: {command}\n{output}")

    def _kill(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)


@contextlib.contextmanager
def running(command: str, folder: Path, **variables: str) -> Iterator[Path]:
    """Keep a command running in a terminal of its own, yield its log, and press Ctrl-C at last."""
    log = folder / "terminal.log"
    with log.open("ab") as output:
        process = subprocess.Popen(
            ["sh", "-c", command],
            cwd=folder,
            env=environment(folder) | variables,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield log
    finally:
        os.killpg(process.pid, signal.SIGINT)
        process.wait(30)
        wait_for(lambda: not _is_alive(process.pid), 30, f"{command} does not end")


def _is_alive(group: int) -> bool:
    """Return whether a process group has a process left."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True
