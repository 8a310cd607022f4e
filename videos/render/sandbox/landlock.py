"""Linux's Landlock: a process gives up all files but some, all TCP, and all signals to others.

The system calls and their rules are those of https://docs.kernel.org/userspace-api/landlock.html;
no library of C has functions for them. Kernels know an ever longer list of rights, whose number is
the ABI: what a kernel does not know of is not restricted.
"""

import ctypes
import os
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path

CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446  # numbers of system calls
RULE_PATH_BENEATH = 1
GET_ABI = 1  # flag of CREATE_RULESET

EXECUTE, WRITE_FILE, READ_FILE, READ_DIR, REMOVE_DIR, REMOVE_FILE = (1 << bit for bit in range(6))
MAKE_DIR, MAKE_REGULAR, REFER, TRUNCATE = 1 << 7, 1 << 8, 1 << 13, 1 << 14

READ = READ_FILE | READ_DIR
WRITE = READ | WRITE_FILE | REMOVE_FILE | REMOVE_DIR | MAKE_DIR | MAKE_REGULAR | REFER | TRUNCATE
OF_FILES = EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE  # rights that a rule for a file may have

# The number of rights to files by ABI; from the last ABI on there are all of them.
FILE_RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}
NETWORK_ABI, NETWORK_RIGHTS = 4, 0b11  # to bind and to connect TCP sockets
SCOPE_ABI, SCOPES = 6, 0b11  # abstract Unix sockets, and signals


class _Ruleset(ctypes.Structure):
    _fields_ = [(name, ctypes.c_uint64) for name in ("files", "network", "scopes")]


class _PathRule(ctypes.Structure):
    _pack_ = 1
    _fields_ = [("rights", ctypes.c_uint64), ("descriptor", ctypes.c_int32)]


@cache
def landlock_abi() -> int:
    """Return the ABI of this kernel's Landlock, 0 where there is none or it is switched off."""
    if not sys.platform.startswith("linux"):
        return 0
    abi = _libc().syscall(CREATE_RULESET, None, ctypes.c_size_t(0), ctypes.c_uint32(GET_ABI))
    return max(0, int(abi))


def restrict(readable: Iterable[Path], writable: Iterable[Path]) -> None:
    """Take from this thread, and from what it starts, all files but these and what is in them.

    Files that are open stay so, and nothing can be executed. Each path must exist. The kernel must
    have Landlock, and PR_SET_NO_NEW_PRIVS be set. Raises OSError.
    """
    abi = landlock_abi()
    rights = (1 << FILE_RIGHTS.get(abi, max(FILE_RIGHTS.values()))) - 1
    ruleset = _Ruleset(
        rights,
        NETWORK_RIGHTS if abi >= NETWORK_ABI else 0,
        SCOPES if abi >= SCOPE_ABI else 0,
    )
    descriptor = _call(CREATE_RULESET, ctypes.byref(ruleset), ctypes.c_size_t(_size(abi)), 0)
    try:
        for paths, allowed in ((readable, READ), (writable, WRITE)):
            for path in paths:
                _allow(descriptor, path, allowed & rights)
        _call(RESTRICT_SELF, descriptor, 0)
    finally:
        os.close(descriptor)


def _allow(ruleset: int, path: Path, rights: int) -> None:
    target = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        if not path.is_dir():
            rights &= OF_FILES
        rule = _PathRule(rights, target)
        _call(ADD_RULE, ruleset, RULE_PATH_BENEATH, ctypes.byref(rule), 0)
    finally:
        os.close(target)


def _size(abi: int) -> int:
    """Return how much of the ruleset a kernel of that ABI knows, in bytes."""
    fields = 3 if abi >= SCOPE_ABI else 2 if abi >= NETWORK_ABI else 1
    return fields * ctypes.sizeof(ctypes.c_uint64)


def _call(number: int, *args: object) -> int:
    result = _libc().syscall(number, *args)
    if result < 0:
        code = ctypes.get_errno()
        raise OSError(code, f"Landlock: {os.strerror(code)}")
    return int(result)


@cache
def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)
