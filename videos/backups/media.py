"""The files of songs and films in a backup: copied once, then linked; for S3 only listed."""

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from django.core.files.storage import default_storage

from videos.backups.manifest import BLOCK_SIZE, BackupError

FOLDER, INDEX = "media", "media.jsonl"
Files = dict[str, "MediaFile"]


@dataclass(frozen=True)
class MediaFile:
    """A stored file: its name in the storage, bytes, time in nanoseconds, SHA-256.

    Of a file on S3 only name and size are there.
    """

    name: str
    size: int
    modified: int = 0
    digest: str = ""

    def is_same_as(self, other: "MediaFile") -> bool:
        """Return whether both seem to be the same file; names are never used twice."""
        return (self.size, self.modified) == (other.size, other.modified)


@dataclass
class Counts:
    """How many files and bytes were copied, and how many were there already."""

    copied: int = 0
    copied_bytes: int = 0
    unchanged: int = 0

    def add(self, size: int) -> None:
        """Count a file that was copied."""
        self.copied += 1
        self.copied_bytes += size


def local_root() -> Path | None:
    """Return the folder of the stored files, None where they are on S3."""
    try:
        return Path(default_storage.path(""))
    except NotImplementedError:
        return None


def listing(root: Path | None) -> Iterator[MediaFile]:
    """Yield all stored files, without their digests."""
    if root is not None:
        yield from files_in(root)
        return
    bucket: Any = default_storage.bucket  # type: ignore[attr-defined]  # of S3Storage
    for each in bucket.objects.all():
        yield MediaFile(each.key, each.size)


def files_in(root: Path) -> Iterator[MediaFile]:
    """Yield the files below ``root``; one that is deleted meanwhile is left out."""
    for folder, _, names in os.walk(root):
        for name in names:
            path = Path(folder) / name
            with suppress(FileNotFoundError):
                facts = path.stat()
                relative = path.relative_to(root).as_posix()
                yield MediaFile(relative, facts.st_size, facts.st_mtime_ns)


def mirror(root: Path, target: Path, files: Files, former: Path | None, counts: Counts) -> None:
    """Bring what is in ``root`` into ``target``, and its records into ``files``.

    ``files`` holds the records of what is in ``target`` already. What the backup in the folder
    ``former`` has is linked. A second call brings what came or changed during the first.
    """
    before = read_index(former) if former else {}
    for file in files_in(root):
        same = files.get(file.name)
        if same and same.is_same_as(file):
            continue
        link = before.get(file.name)
        if former and link and link.is_same_as(file):
            _link(former / FOLDER / file.name, target / file.name)
            files[file.name] = link
            counts.unchanged += 1
        elif copied := _copied(root / file.name, target / file.name, file):
            files[file.name] = copied
            counts.add(copied.size)


def _link(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(source, target)
    except OSError:  # a file system without links, or with no more of them for this file
        copy(source, target)


def _copied(source: Path, target: Path, file: MediaFile) -> MediaFile | None:
    """Copy a file; None if it was deleted meanwhile."""
    try:
        digest, size = copy(source, target)
    except FileNotFoundError:
        return None
    return replace(file, digest=digest, size=size)


def copy(source: Path, target: Path) -> tuple[str, int]:
    """Copy a file with its time under a temporary name first; return its SHA-256 and its bytes."""
    digest, size = hashlib.sha256(), 0
    facts = source.stat()
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f"{target.name}.part")
    try:
        with source.open("rb") as reader, part.open("wb") as writer:
            while block := reader.read(BLOCK_SIZE):
                digest.update(block)
                writer.write(block)
                size += len(block)
        os.utime(part, ns=(facts.st_atime_ns, facts.st_mtime_ns))
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return digest.hexdigest(), size


def write_index(folder: Path, files: Iterable[MediaFile]) -> None:
    """Write the list of the files into a backup, a line for each."""
    with (folder / INDEX).open("w", encoding="utf-8") as index:
        for file in sorted(files, key=lambda each: each.name):
            index.write(json.dumps(asdict(file), ensure_ascii=False) + "\n")


def read_index(folder: Path) -> Files:
    """Return the files of a backup by their names. Raises ``BackupError``."""
    try:
        with (folder / INDEX).open(encoding="utf-8") as lines:
            files = [MediaFile(**json.loads(line)) for line in lines]
    except (OSError, ValueError, TypeError) as error:
        raise BackupError(f"{folder / INDEX} cannot be read: {error}") from error
    for file in files:
        if file.name.startswith("/") or ".." in file.name.split("/"):
            raise BackupError(f"{folder / INDEX} names a file outside the backup: {file.name}")
    return {file.name: file for file in files}


def damaged_in(folder: Path, files: Mapping[str, MediaFile]) -> list[str]:
    """Return the names of the files that are missing or not as they were; reads all of them."""
    damaged = []
    for file in files.values():
        path = folder / FOLDER / file.name
        if not path.is_file() or path.stat().st_size != file.size:
            damaged.append(file.name)
            continue
        with path.open("rb") as stream:
            if hashlib.file_digest(stream, "sha256").hexdigest() != file.digest:
                damaged.append(file.name)
    return damaged


def bring_back(folder: Path, root: Path, files: Mapping[str, MediaFile]) -> Counts:
    """Copy the files of a backup into ``root`` that are not there. Raises ``BackupError``.

    A file that is damaged in the backup ends that; a file that is here already in the same size
    and of the same time is left as it is.
    """
    counts = Counts()
    present = {file.name: file for file in files_in(root)}
    for file in files.values():
        here = present.get(file.name)
        if here and here.is_same_as(file):
            counts.unchanged += 1
            continue
        try:
            digest, size = copy(folder / FOLDER / file.name, root / file.name)
        except FileNotFoundError as error:
            raise BackupError(f"{folder / FOLDER / file.name} is missing.") from error
        if digest != file.digest:
            (root / file.name).unlink()
            raise BackupError(f"{folder / FOLDER / file.name} is damaged.")
        counts.add(size)
    return counts
