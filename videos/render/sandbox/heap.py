"""How this process asks for memory."""

import ctypes

M_MMAP_THRESHOLD = -3
LARGE = 1 << 18
"""Bytes from which on a block lies on its own."""


def keep_large_blocks_apart() -> None:
    """Have large blocks lie where they can grow, from now on, and leave no holes behind.

    The index of an MP4 grows with the film, and those of its pictures and its sound take turns: in
    a common heap neither fits where the other was, which cost an hour of film 15 MB. glibc keeps
    such blocks apart by itself, but only until the first one has been freed. Elsewhere nothing
    happens. Whoever makes and drops large arrays all the time is slower for it.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(M_MMAP_THRESHOLD, LARGE)
