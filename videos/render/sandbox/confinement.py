"""Shuts a child process in, before it opens the file of a stranger: ``confine``.

What each layer refuses, where the kernel has it:

limits           memory, processor time, large files, many files, core dumps
capabilities     what root may do beyond other accounts
Landlock         all files but Python, our code and what the child is there for; TCP; other
                 programs; signals to processes outside
system calls     sockets of every kind, other programs and processes, owners and modes of files
"""

import ctypes
import os
import signal
import sys
from collections.abc import Iterable
from pathlib import Path

from videos.render.sandbox import landlock, system_calls
from videos.render.sandbox.limits import Limits, limit_tasks
from videos.render.sandbox.process_control import set_parent_death_signal

ROOT = Path(__file__).resolve().parents[3]
CODE = Path(__file__).resolve().parents[1]  # videos/render, with its fonts
PARENT_VARIABLE = "SANDBOX_PARENT"  # of the environment: the process that started this one

# What programs need of the system: shared libraries, and the list of them.
SYSTEM_PATHS = (
    *("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/nix/store"),
    *("/etc/ld.so.cache", "/dev/null", "/dev/urandom"),
)
PR_SET_NO_NEW_PRIVS = 38
CAPABILITY_VERSION = 0x2008_0522
DAC_OVERRIDE = 1 << 1  # a root that lost it could not read files of the service's other accounts


def confine(
    limits: Limits,
    *,
    readable: Iterable[Path] = (),
    writable: Iterable[Path] = (),
    may_fork: bool = False,
) -> None:
    """Shut this process in, which must have one thread, for good.

    It may read Python, its libraries, our code and ``readable``, and write to what is in the
    folders ``writable``. It may start threads, and copies of itself if it ``may_fork``. It ends
    with the process that started it. What the kernel does not have is left out: see
    ``has_landlock`` and ``has_filter``. Raises OSError or RuntimeError if a layer that is there
    cannot be put on.
    """
    limits.apply()
    if not sys.platform.startswith("linux"):
        return
    _require_one_thread()
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0):
        raise OSError(ctypes.get_errno(), "PR_SET_NO_NEW_PRIVS")
    _drop_capabilities(libc)
    if parent := os.environ.get(PARENT_VARIABLE):
        set_parent_death_signal(int(parent), signal.SIGKILL)
    limit_tasks()
    if has_landlock():
        readable = [*system_paths(), *filter(Path.exists, readable)]
        landlock.restrict(readable, filter(Path.exists, writable))
    if system_calls.has_filter():
        system_calls.filter_calls(may_fork=may_fork)


def has_landlock() -> bool:
    """Return whether this kernel can restrict the files of a process."""
    return landlock.landlock_abi() > 0


def has_filter() -> bool:
    """Return whether this kernel can refuse system calls, on a processor that we know."""
    return system_calls.has_filter()


def system_paths() -> list[Path]:
    """Return the files and folders that every child may read: Python, libraries and our code."""
    python = {Path(each) for each in (sys.prefix, sys.base_prefix, *sys.path) if each}
    ours = {path for path in python if ROOT.is_relative_to(path.absolute())}
    paths = [*(python - ours), CODE, *map(Path, SYSTEM_PATHS)]
    return [path for path in paths if path.exists()]


def _require_one_thread() -> None:
    threads = len([*Path("/proc/self/task").glob("*")])  # none where /proc is not there
    if threads > 1:
        raise RuntimeError(f"This process has {threads} threads: only one could be shut in.")


def _drop_capabilities(libc: ctypes.CDLL) -> None:
    """Give up what root may do beyond other accounts, but for opening files."""
    header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION, 0)
    before, after = (ctypes.c_uint32 * 6)(), (ctypes.c_uint32 * 6)()
    if libc.capget(header, before):
        raise OSError(ctypes.get_errno(), "capget")
    after[0], after[1] = before[0] & DAC_OVERRIDE, before[1] & DAC_OVERRIDE
    if libc.capset(header, after):
        raise OSError(ctypes.get_errno(), "capset")
