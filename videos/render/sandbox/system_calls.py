"""A filter of system calls (seccomp): those that no renderer needs are refused with EPERM.

Landlock says which files a process may open. This filter closes what Landlock leaves open: sockets
of all kinds, other programs and processes, and what changes a file without opening it.
"""

import ctypes
import errno
import os
import platform
import sys
from typing import NamedTuple

PR_SET_SECCOMP, PR_GET_SECCOMP, MODE_FILTER = 22, 21, 2

# Instructions of the kernel's packet filter (linux/bpf_common.h), and answers (linux/seccomp.h).
LOAD, JUMP_EQUAL, JUMP_ABOVE, JUMP_BITS, RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
ALLOW, KILL, REFUSE = 0x7FFF_0000, 0x8000_0000, 0x0005_0000
# Positions in bytes in ``struct seccomp_data``; arguments have 8 bytes, the lower half first.
NUMBER, ARCHITECTURE, FIRST_ARGUMENT = 0, 4, 16
X32 = 0x4000_0000  # numbers from here on are those of another convention of the same processor
CLONE_THREAD = 0x1_0000
NEW_NAMESPACES = 0x7E02_0080  # flags of clone


class Machine(NamedTuple):
    """The audit number of a processor, and the column of its system calls in ``CALLS``."""

    audit: int
    column: int


MACHINES = {"x86_64": Machine(0xC000_003E, 0), "aarch64": Machine(0xC000_00B7, 1)}

# Numbers of the system calls on x86-64 and on ARM64, None where there is no such call.
CALLS: dict[str, tuple[int | None, int | None]] = {
    # Sockets
    "socket": (41, 198), "socketpair": (53, 199), "connect": (42, 203), "bind": (49, 200),
    "listen": (50, 201), "accept": (43, 202), "accept4": (288, 242), "sendto": (44, 206),
    "sendmsg": (46, 211), "sendmmsg": (307, 269),
    # Programs and other processes
    "execve": (59, 221), "execveat": (322, 281), "vfork": (58, None), "ptrace": (101, 117),
    "process_vm_readv": (310, 270), "process_vm_writev": (311, 271), "kcmp": (312, 272),
    "pidfd_open": (434, 434), "pidfd_getfd": (438, 438), "pidfd_send_signal": (424, 424),
    "rt_sigqueueinfo": (129, 138), "rt_tgsigqueueinfo": (297, 240), "setpriority": (141, 140),
    "sched_setattr": (314, 274), "sched_setscheduler": (144, 119), "sched_setparam": (142, 118),
    "ioprio_set": (251, 30), "move_pages": (279, 239), "migrate_pages": (256, 238),
    # Memory that processes share by a name
    "shmget": (29, 194), "shmat": (30, 196), "semget": (64, 190), "msgget": (68, 186),
    "mq_open": (240, 180),
    # Owners, modes and times of files, by their names
    "chmod": (90, None), "fchmod": (91, 52), "fchmodat": (268, 53), "fchmodat2": (452, 452),
    "chown": (92, None), "fchown": (93, 55), "lchown": (94, None), "fchownat": (260, 54),
    "setxattr": (188, 5), "lsetxattr": (189, 6), "fsetxattr": (190, 7), "removexattr": (197, 14),
    "lremovexattr": (198, 15), "fremovexattr": (199, 16), "utime": (132, None),
    "utimes": (235, None), "futimesat": (261, None), "truncate": (76, 45),
    "open_by_handle_at": (304, 265), "name_to_handle_at": (303, 264),
    # Ways around this filter, and parts of the kernel in which faults are found
    "io_uring_setup": (425, 425), "bpf": (321, 280), "userfaultfd": (323, 282),
    "perf_event_open": (298, 241), "add_key": (248, 217), "request_key": (249, 218),
    "keyctl": (250, 219), "unshare": (272, 97), "setns": (308, 268), "mount": (165, 40),
    "umount2": (166, 39), "pivot_root": (155, 41), "chroot": (161, 51), "open_tree": (428, 428),
    "move_mount": (429, 429), "fsopen": (430, 430), "fsmount": (432, 432),
    "mount_setattr": (442, 442), "personality": (135, 92),
}  # fmt: skip
FORK: tuple[int | None, int | None] = (57, None)
CLONE, CLONE3 = (56, 220), (435, 435)
SIGNALS = ((62, 129), (200, 130), (234, 131))  # kill, tkill and tgkill
SET_LIMITS, SET_TIMES = (302, 261), (280, 88)  # prlimit64 and utimensat


class _Instruction(ctypes.Structure):
    _fields_ = [
        ("code", ctypes.c_uint16),
        ("if_true", ctypes.c_uint8),
        ("if_false", ctypes.c_uint8),
        ("value", ctypes.c_uint32),
    ]


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_uint16), ("instructions", ctypes.POINTER(_Instruction))]


def has_filter() -> bool:
    """Return whether this kernel and this processor have such a filter that we can write."""
    if not sys.platform.startswith("linux") or platform.machine() not in MACHINES:
        return False
    return int(ctypes.CDLL(None).prctl(PR_GET_SECCOMP, 0, 0, 0, 0)) >= 0


def filter_calls(*, may_fork: bool = False) -> None:
    """Refuse, from now on, what this process and its threads do not need.

    A process that may fork may also send signals, which Landlock keeps among its own.

    PR_SET_NO_NEW_PRIVS must be set. Raises OSError.
    """
    instructions = [*_write_program(MACHINES[platform.machine()], os.getpid(), may_fork=may_fork)]
    program = _Program(len(instructions), (_Instruction * len(instructions))(*instructions))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(PR_SET_SECCOMP, MODE_FILTER, ctypes.byref(program), 0, 0):
        code = ctypes.get_errno()
        raise OSError(code, f"seccomp: {os.strerror(code)}")


def _write_program(machine: Machine, own: int, *, may_fork: bool) -> list[_Instruction]:
    """Return the filter for the process ``own``."""
    refuse = _Instruction(RETURN, 0, 0, REFUSE | errno.EPERM)
    program = [
        *_load(ARCHITECTURE),
        _Instruction(JUMP_EQUAL, 1, 0, machine.audit),
        _Instruction(RETURN, 0, 0, KILL),
        *_load(NUMBER),
        _Instruction(JUMP_ABOVE, 0, 1, X32),
        _Instruction(RETURN, 0, 0, KILL),
    ]
    denied = [*CALLS.values(), *([] if may_fork else [FORK])]
    for number in (numbers[machine.column] for numbers in denied):
        if number is not None:
            program += [_Instruction(JUMP_EQUAL, 0, 1, number), refuse]
    # What has its flags in memory cannot be looked into; the C library takes the older call then
    clone3 = CLONE3[machine.column]
    program += [
        _Instruction(JUMP_EQUAL, 0, 1, clone3),
        _Instruction(RETURN, 0, 0, REFUSE | errno.ENOSYS),
    ]
    program += _when(CLONE[machine.column], 0, _clone_test(may_fork=may_fork))
    program += _when(SET_LIMITS[machine.column], 0, [_Instruction(JUMP_EQUAL, 1, 0, 0), refuse])
    # A file that is open may get another time: then its name is a null pointer, of two halves
    for half in (0, 4):
        is_null = [_Instruction(JUMP_EQUAL, 1, 0, 0), refuse]
        program += _when(SET_TIMES[machine.column], 1, is_null, half)
    if not may_fork:
        for numbers in SIGNALS:
            test = [_Instruction(JUMP_EQUAL, 1, 0, own), refuse]
            program += _when(numbers[machine.column], 0, test)
    return [*program, _Instruction(RETURN, 0, 0, ALLOW)]


def _clone_test(*, may_fork: bool) -> list[_Instruction]:
    refuse = _Instruction(RETURN, 0, 0, REFUSE | errno.EPERM)
    if may_fork:
        return [_Instruction(JUMP_BITS, 0, 1, NEW_NAMESPACES), refuse]
    return [_Instruction(JUMP_BITS, 1, 0, CLONE_THREAD), refuse]


def _load(position: int) -> list[_Instruction]:
    return [_Instruction(LOAD, 0, 0, position)]


def _when(
    number: int, argument: int, test: list[_Instruction], half: int = 0
) -> list[_Instruction]:
    """Return the ``test`` of half an argument, the lower one by default, for a system call."""
    body = [*_load(FIRST_ARGUMENT + 8 * argument + half), *test, *_load(NUMBER)]
    return [_Instruction(JUMP_EQUAL, 0, len(body), number), *body]
