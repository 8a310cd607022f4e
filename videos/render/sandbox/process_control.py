"""Control of this process: termination by signals, the death of its parent, and malloc."""

import ctypes
import os
import select
import signal
import sys
import threading
from types import FrameType

PR_SET_PDEATHSIG = 1  # option of Linux's prctl
M_MMAP_THRESHOLD = -3  # parameter of glibc's mallopt
MMAP_THRESHOLD = 1 << 18  # bytes


class Interruption:
    """Handles SIGINT and SIGTERM: true when called after the first; the second ends the process."""

    def __init__(self) -> None:
        self._is_set = False
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._handle)

    def __call__(self) -> bool:
        """Return whether a signal has come."""
        return self._is_set

    def _handle(self, number: int, frame: FrameType | None) -> None:
        self._is_set = True
        signal.signal(number, signal.SIG_DFL)


def can_fork() -> bool:
    """Return whether a fork of this process is safe: on Linux, while no other thread runs.

    macOS has threads of its own behind NumPy's matrix products, and may end a forked process.
    """
    return sys.platform.startswith("linux") and threading.active_count() == 1


def set_parent_death_signal(parent: int, number: signal.Signals) -> None:
    """Make the kernel send this process the signal ``number`` when the process ``parent`` dies.

    Linux only. Elsewhere nothing happens, and the process has to watch a pipe from its parent.
    """
    if not sys.platform.startswith("linux"):
        return
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, number)
    if os.getppid() != parent:  # it died before the call
        os.kill(os.getpid(), number)


def is_closed(pipe: int) -> bool:
    """Return whether the other end of a pipe (its descriptor) is closed; does not block.

    The pipe must be one in which no more data is expected: a byte that has come is read.
    """
    readable, _, _ = select.select([pipe], [], [], 0)
    return bool(readable) and not os.read(pipe, 1)


def set_mmap_threshold() -> None:
    """Make malloc allocate large blocks with mmap from now on (glibc only), against fragmentation.

    The index of an MP4 grows with the film, and the blocks of its pictures and its sound alternate:
    in the common heap neither block can grow in place, which cost 15 MB for an hour of film. glibc
    uses mmap by default, but raises the threshold when the first such block is freed. A process
    that often allocates and frees large arrays becomes slower.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(M_MMAP_THRESHOLD, MMAP_THRESHOLD)
