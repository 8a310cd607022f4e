"""Writes the files of a film: unfinished ones have hidden names beside their final ones."""

import errno
import fcntl
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from secrets import token_hex
from typing import BinaryIO


def poster_path(film: Path) -> Path:
    """Return the path of the poster of ``film``: a name that no cover of a person can have."""
    return film.with_name(f"{film.stem}.poster.jpg")


@contextmanager
def write_atomically(*targets: Path, is_locked: bool = False) -> Iterator[list[Path]]:
    """Yield paths to write to, which replace ``targets`` if no error is raised, or are removed.

    They are ``.<name>.<process>-<random>.part``, each in the folder of its target. Those that
    ``is_locked`` are there at once, and ``remove_abandoned`` knows those of killed processes.
    """
    parts = [_part_path(target) for target in targets]
    with ExitStack() as locks:
        try:
            for part in parts if is_locked else ():
                locks.enter_context(_open_locked(part))
            yield parts
            for part in parts:
                _sync(part)
            for part, target in zip(parts, targets, strict=True):
                part.replace(target)
        finally:
            for part in parts:
                part.unlink(missing_ok=True)


def remove_abandoned(part: Path) -> None:
    """Remove a locked part whose writer was killed, also in another container of this machine."""
    with suppress(OSError), part.open("rb") as file:  # of one that is written to, or gone
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        part.unlink()


def _open_locked(part: Path) -> BinaryIO:
    while True:
        file = part.open("ab")
        fcntl.flock(file, fcntl.LOCK_EX)
        with suppress(FileNotFoundError):  # somebody removed it before it was locked
            if os.path.samestat(os.fstat(file.fileno()), part.stat()):
                return file
        file.close()


def _sync(part: Path) -> None:
    with part.open("rb+") as file:
        if not os.fstat(file.fileno()).st_size:
            raise FileNotFoundError(errno.ENOENT, "Nothing was written", str(part))
        os.fsync(file.fileno())


@contextmanager
def temporary_part(target: Path) -> Iterator[Path]:
    """Yield a path like those of ``write_atomically``; its file is removed in the end."""
    part = _part_path(target)
    try:
        yield part
    finally:
        part.unlink(missing_ok=True)


def _part_path(target: Path) -> Path:
    return target.with_name(f".{target.name}.{os.getpid()}-{token_hex(4)}.part")


def discard_parts(film: Path, process: int) -> None:
    """Remove what ``process`` left of ``film`` and its poster if it was killed while writing."""
    for target in (film, poster_path(film)):
        for path in target.parent.glob(f".*.{process}-*.part"):
            if path.name.startswith(f".{target.name}."):
                path.unlink(missing_ok=True)
