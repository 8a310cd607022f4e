"""Writes the files of a film: unfinished ones have hidden names beside their final ones."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex


def poster_path(film: Path) -> Path:
    """Return the path of the poster of ``film``: a name that no cover of a person can have."""
    return film.with_name(f"{film.stem}.poster.jpg")


@contextmanager
def write_atomically(*targets: Path) -> Iterator[list[Path]]:
    """Yield paths to write to, which replace ``targets`` if no error is raised, or are removed.

    They are ``.<name>.<process>-<random>.part``, each in the folder of its target.
    """
    parts = [_part_path(target) for target in targets]
    try:
        yield parts
        for part in parts:
            with part.open("rb+") as file:
                os.fsync(file.fileno())
        for part, target in zip(parts, targets, strict=True):
            part.replace(target)
    finally:
        for part in parts:
            part.unlink(missing_ok=True)


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
