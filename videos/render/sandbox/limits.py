"""Limits that the kernel keeps for a child process, so that a hostile file takes no more."""

import os
import resource
import signal
from contextlib import suppress
from dataclasses import dataclass
from threading import Thread

MEBIBYTE = 1 << 20
MAX_TASKS = 4096  # threads and processes of an account


@dataclass(frozen=True)
class Limits:
    """What a child process may take.

    ``memory`` is its address space in MiB, of which libraries reserve more than they use;
    ``cpu_seconds`` is processor time; ``file_size`` is in MiB, of each file that it writes;
    ``files`` are open at a time; ``niceness`` lets the server on the same machine go first.
    """

    memory: int
    cpu_seconds: int
    file_size: int = 0
    files: int = 64
    niceness: int = 5

    def apply(self) -> None:
        """Keep to these limits from now on, which nothing in this process can lift."""
        limit_memory(self.memory * MEBIBYTE)
        # The first limit ends a child by SIGXCPU. SIGKILL, by which others kill it, comes a second
        # later for one that ignores that
        resource.setrlimit(resource.RLIMIT_CPU, (self.cpu_seconds, self.cpu_seconds + 1))
        _limit(resource.RLIMIT_FSIZE, self.file_size * MEBIBYTE)
        _limit(resource.RLIMIT_NOFILE, self.files)
        _limit(resource.RLIMIT_CORE, 0)
        os.nice(self.niceness)


def limit_memory(max_bytes: int) -> None:
    """Give this process no more than ``max_bytes``: then it gets a ``MemoryError``.

    macOS refuses such a limit; there a process may take what there is.
    """
    with suppress(ValueError, OSError):
        _limit(resource.RLIMIT_AS, max_bytes)


def allow_processor_time(seconds: float) -> None:
    """Let the kernel end this process, by SIGPROF, after so many more seconds of processor time.

    It may be called again and again, but the limit of ``Limits`` stays. A limit that is moved would
    do the same, if the time that a process can read were the one that the kernel compares with it:
    in a process that has lived for long they are seconds apart.
    """
    signal.setitimer(signal.ITIMER_PROF, seconds)


def limit_tasks(tasks: int = MAX_TASKS) -> None:
    """Let this process start no thread or process once its account has so many of them.

    Linux counts all of the account, and not for root. Where it has more already, there is no limit.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_NPROC)
    if hard != resource.RLIM_INFINITY and hard <= tasks:
        return
    resource.setrlimit(resource.RLIMIT_NPROC, (tasks, hard))
    try:
        _start_thread()
    except RuntimeError:
        resource.setrlimit(resource.RLIMIT_NPROC, (soft, hard))
    else:
        resource.setrlimit(resource.RLIMIT_NPROC, (tasks, tasks))


def _limit(kind: int, value: int) -> None:
    """Set a limit, or leave a lower one that is set."""
    _, most = resource.getrlimit(kind)
    if most != resource.RLIM_INFINITY:
        value = min(value, most)
    resource.setrlimit(kind, (value, value))


def _start_thread() -> None:
    thread = Thread(target=os.getpid)
    thread.start()
    thread.join()
