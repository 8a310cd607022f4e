"""Measures how much memory a command takes, with all the processes that it starts."""

import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress

from benchmarks import INSTALL
from videos.render.sandbox.child_process import ROOT

try:
    import psutil
except ImportError as error:
    sys.exit(f"{error}. Run once: {INSTALL}")

SAMPLE_INTERVAL = 0.1  # seconds


def measure_peak_memory(command: Sequence[str]) -> int:
    """Run a command and return the highest number of bytes that its processes had at a time.

    Memory that several of them share counts once (PSS, which only Linux tells; elsewhere it counts
    for each). Raises RuntimeError if the command fails.
    """
    highest = 0
    with subprocess.Popen(  # noqa: S603 - our own command
        command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        root = psutil.Process(process.pid)
        while True:
            highest = max(highest, _measure_tree(root))
            with suppress(subprocess.TimeoutExpired):
                process.wait(SAMPLE_INTERVAL)
                break
    if process.returncode:
        raise RuntimeError(f"{command[0]} ended with {process.returncode}.")
    return highest


def _measure_tree(root: psutil.Process) -> int:
    """Return the bytes of a process and of those that it started.

    0 if one of them ended meanwhile: what it had shared would count anew for those read after it.
    """
    try:
        processes = [
            process
            for process in [root, *root.children(recursive=True)]
            if process.status() != psutil.STATUS_ZOMBIE
        ]
        total = sum(_memory_of(process) for process in processes)
        return total if all(process.memory_info().rss for process in processes) else 0
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return 0


def _memory_of(process: psutil.Process) -> int:
    """Return the bytes of one process, with its share of what several of them have."""
    memory = process.memory_full_info()
    return int(getattr(memory, "pss", memory.rss))
