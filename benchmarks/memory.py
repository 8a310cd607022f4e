"""How much memory a command takes, with all the processes that it starts."""

import subprocess
from collections.abc import Sequence
from contextlib import suppress

import psutil

from videos.render.sandbox.child_process import ROOT

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
            highest = max(highest, _held(watched))
            with suppress(subprocess.TimeoutExpired):
                process.wait(LOOK_EVERY)
                break
    if process.returncode:
        raise RuntimeError(f"{words[0]} ended with {process.returncode}.")
    return highest


def _held(watched: psutil.Process) -> int:
    """Return what a process and those that it started hold.

    0 if one of them ended meanwhile: what it had shared would count anew for those read after it.
    """
    try:
        processes = [
            process
            for process in [watched, *watched.children(recursive=True)]
            if process.status() != psutil.STATUS_ZOMBIE
        ]
        held = sum(int(process.memory_full_info().pss) for process in processes)
        return held if all(process.memory_info().rss for process in processes) else 0
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return 0
