"""Ending with one's parent, however it ends."""

import ctypes
import os
import select
import signal
import sys

PR_SET_PDEATHSIG = 1


def die_with_parent(parent: int, number: signal.Signals) -> None:
    """Have the kernel send this process `number` when its parent, the process `parent`, dies.

    Linux only; elsewhere nothing happens, and a pipe from the parent has to tell.
    """
    if not sys.platform.startswith("linux"):
        return
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, number)
    if os.getppid() != parent:  # it died before we had asked
        os.kill(os.getpid(), number)


def is_closed(stream: int) -> bool:
    """Tell whether the other end of the pipe with this descriptor, from which nothing more is
    expected, has been closed; do not wait.
    """
    readable, _, _ = select.select([stream], [], [], 0)
    return bool(readable) and not os.read(stream, 1)
