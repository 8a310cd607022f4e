"""The files of a film: whole ones under their names, unfinished ones under hidden names beside."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex


def poster_beside(film: Path) -> Path:
    """Return where the poster of `film` is. Its name is not one that a person's cover may have."""
    return film.with_name(f"{film.stem}.poster.jpg")


@contextmanager
def whole(*finals: Path) -> Iterator[list[Path]]:
    """Yield names to write under, which become `finals` when all is well, or else are removed.

    They are `.<name>.<process>-<random>.part`, each in the folder of its final.
    """
    parts = [_part(final) for final in finals]
    try:
        yield parts
        for part in parts:
            with part.open("rb+") as file:
                os.fsync(file.fileno())
        for part, final in zip(parts, finals, strict=True):
            part.replace(final)
    finally:
        for part in parts:
            part.unlink(missing_ok=True)


@contextmanager
def draft(final: Path) -> Iterator[Path]:
    """Yield a name like those of `whole`, for what is only needed on the way to `final`."""
    part = _part(final)
    try:
        yield part
    finally:
        part.unlink(missing_ok=True)


def _part(final: Path) -> Path:
    return final.with_name(f".{final.name}.{os.getpid()}-{token_hex(4)}.part")


def discard_parts(film: Path, process: int) -> None:
    """Remove what is left of `film` and its poster if `process` was killed in the middle."""
    for final in (film, poster_beside(film)):
        for path in final.parent.glob(f".*.{process}-*.part"):
            if path.name.startswith(f".{final.name}."):
                path.unlink(missing_ok=True)
