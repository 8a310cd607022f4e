"""How many processes may draw a film side by side on this machine.

Containers and services have limits of their own, by which a machine of 64 processors may lend two
of them (cgroups): the smallest limit counts.
"""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

MAX_PROCESSES = 16  # more would wait for the one process that writes the file
# What a process that draws takes for itself, at most: so much, and so much for each pixel of the
# picture, of which it has several copies.
PROCESS_BYTES, BYTES_PER_PIXEL = 40 << 20, 24
MEMORY_SHARE = 0.5  # of the memory that is free now: the rest is for others

CGROUPS = Path("/sys/fs/cgroup")
OWN_CGROUP = Path("/proc/self/cgroup")
MEMORY_INFO = Path("/proc/meminfo")


def default_processes(size: tuple[int, int]) -> int:
    """Return how many processes may draw pictures of this ``size``, in pixels; at least one.

    It is what ``RENDER_PROCESSES`` in the environment says, else the number of processors, as far
    as there is memory for them.
    """
    setting = os.environ.get("RENDER_PROCESSES", "")
    if setting.isdecimal() and int(setting):
        return int(setting)
    processes = min(count_processors(), MAX_PROCESSES)
    memory = free_memory()
    if memory is not None:
        each = PROCESS_BYTES + BYTES_PER_PIXEL * size[0] * size[1]
        processes = min(processes, int(memory * MEMORY_SHARE / each))
    return max(1, processes)


def count_processors(cgroups: Path = CGROUPS, own: Path = OWN_CGROUP) -> int:
    """Return how many processors this process may use at a time, at least one."""
    affinity = getattr(os, "sched_getaffinity", lambda _: range(os.cpu_count() or 1))(0)
    quotas = [quota for folder in _folders(cgroups, own) if (quota := _read_quota(folder))]
    return max(1, int(min([len(affinity), *quotas])))


def free_memory(
    info: Path = MEMORY_INFO, cgroups: Path = CGROUPS, own: Path = OWN_CGROUP
) -> int | None:
    """Return the bytes of memory that are free for this process, None where nothing tells it."""
    free = [left for folder in _folders(cgroups, own) if (left := _read_free(folder)) is not None]
    with suppress(OSError, ValueError, StopIteration):
        lines = info.read_text().splitlines()
        line = next(each for each in lines if each.startswith("MemAvailable:"))
        free.append(int(line.split()[1]) * 1024)
    return min(free, default=None)


def _folders(cgroups: Path, own: Path) -> Iterator[Path]:
    """Yield the folders of the cgroups of this process and of all that they are in.

    In a container the path of the own one may be that of the machine outside: it is not there.
    """
    try:
        lines = own.read_text().splitlines()
    except OSError:
        return
    for line in lines:
        _, _, rest = line.partition(":")
        controllers, _, path = rest.partition(":")
        root = cgroups / controllers if controllers else cgroups
        folder = root / path.lstrip("/")
        while True:
            yield folder
            if folder == root or root not in folder.parents:
                break
            folder = folder.parent


def _read_quota(folder: Path) -> float | None:
    """Return how many processors a cgroup may use; None where it is not limited."""
    with suppress(OSError, ValueError):
        quota, period = (folder / "cpu.max").read_text().split()
        return int(quota) / int(period)  # "max" is no number
    with suppress(OSError, ValueError):
        quota, period = (
            (folder / f"cpu.cfs_{name}_us").read_text() for name in ("quota", "period")
        )
        return int(quota) / int(period) if int(quota) > 0 else None
    return None


def _read_free(folder: Path) -> int | None:
    """Return how many bytes a cgroup may still take; None where it is not limited."""
    for limit, usage in (
        ("memory.max", "memory.current"),
        ("memory.limit_in_bytes", "memory.usage_in_bytes"),
    ):
        with suppress(OSError, ValueError):
            free = int((folder / limit).read_text()) - int((folder / usage).read_text())
            return max(0, free + _read_reclaimable(folder))
    return None


def _read_reclaimable(folder: Path) -> int:
    """Return the bytes of files in memory that a cgroup can do without."""
    with suppress(OSError, ValueError):
        for line in (folder / "memory.stat").read_text().splitlines():
            name, _, value = line.partition(" ")
            if name in {"inactive_file", "total_inactive_file"}:
                return int(value)
    return 0
