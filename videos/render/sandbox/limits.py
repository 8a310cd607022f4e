"""Limits that the kernel keeps for a child process, so that a hostile file takes no more."""

import resource
from contextlib import suppress


def limit_processor_time(seconds: int) -> None:
    """Let the kernel end this process after ``seconds`` of processor time."""
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))


def limit_memory(max_bytes: int) -> None:
    """Give this process no more than ``max_bytes``: then it gets a ``MemoryError``.

    macOS refuses such a limit; there a process may take what there is.
    """
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (max_bytes, max_bytes))
