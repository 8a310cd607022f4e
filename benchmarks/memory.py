"""How much memory a command takes, with all the processes that it starts."""

import subprocess
from collections.abc import Sequence
from contextlib import suppress

import psutil

from videos.render.process import ROOT

LOOK_EVERY = 0.1
"""Seconds between two looks."""


def peak(words: Sequence[str]) -> int:
    """Run a command and return the most bytes that its processes held at a time.

    What several of them share counts once (PSS). Raises RuntimeError if the command fails.
    """
    highest = 0
    with subprocess.Popen(  # noqa: S603 - our own command
        words, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        watched = psutil.Process(process.pid)
        while True:
            with suppress(psutil.NoSuchProcess):
                highest = max(highest, _held(watched))
            with suppress(subprocess.TimeoutExpired):
                process.wait(LOOK_EVERY)
                break
    if process.returncode:
        raise RuntimeError(f"{words[0]} ended with {process.returncode}.")
    return highest


def _held(watched: psutil.Process) -> int:
    total = 0
    for process in [watched, *watched.children(recursive=True)]:
        with suppress(psutil.NoSuchProcess, psutil.AccessDenied):
            total += process.memory_full_info().pss
    return total
