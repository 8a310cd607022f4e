"""The manifest of a backup: what is in its folder, of which version, with which digests."""

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path

FORMAT = 1  # counted up when an older portal could no longer read the folder
NAME = "manifest.json"
FOLDER = re.compile(r"\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ(-\d+)?")
BLOCK_SIZE = 1024 * 1024


class BackupError(Exception):
    """What stands in the way of a backup, or of its use, as a sentence for an operator."""


@dataclass(frozen=True)
class BackedUpFile:
    """A file of the folder, with its size in bytes and its SHA-256."""

    name: str
    size: int
    digest: str


@dataclass(frozen=True)
class MediaSummary:
    """The files of songs and films: all of them, or for S3 only their list."""

    kind: str  # "files" or "list"
    count: int
    size: int  # bytes
    index: BackedUpFile


@dataclass(frozen=True)
class Manifest:
    """What a backup holds."""

    version: str
    created_at: str  # ISO 8601
    engine: str  # "sqlite" or "postgresql"
    migrations: list[str]  # "app.name" of each that was applied
    database: list[BackedUpFile]
    media: MediaSummary
    secret_key_fingerprint: str
    has_secret_key: bool
    seconds: float
    tables: dict[str, list[str]] = field(default_factory=dict)  # and their columns
    format: int = FORMAT

    def write(self, folder: Path) -> None:
        """Write the manifest into the folder of its backup."""
        text = json.dumps(asdict(self), indent=1, ensure_ascii=False)
        (folder / NAME).write_text(f"{text}\n", encoding="utf-8")


def read(folder: Path) -> Manifest:
    """Read the manifest of a backup. Raises ``BackupError``."""
    try:
        data = json.loads((folder / NAME).read_text(encoding="utf-8"))
        if data["format"] > FORMAT:
            raise BackupError(
                f"The backup {folder.name} was made by Suno Portal {data['version']}, and this is "
                "older. Restore it with that version."
            )
        data["database"] = [BackedUpFile(**each) for each in data["database"]]
        data["media"]["index"] = BackedUpFile(**data["media"]["index"])
        data["media"] = MediaSummary(**data["media"])
        return Manifest(**data)
    except FileNotFoundError as error:
        raise BackupError(f"{folder} is no backup: it has no {NAME}.") from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BackupError(f"{folder / NAME} cannot be read: {error}") from error


def list_backups(folder: Path) -> list[Path]:
    """Return the complete backups in ``folder``, the oldest first."""
    paths = (path for path in folder.glob("*") if FOLDER.fullmatch(path.name))
    return sorted(path for path in paths if (path / NAME).is_file())


def choose(folder: Path) -> Path:
    """Return the backup that ``folder`` is, or the newest one in it. Raises ``BackupError``."""
    if (folder / NAME).is_file():
        return folder
    backups = list_backups(folder)
    if not backups:
        raise BackupError(f"There is no complete backup in {folder}.")
    return backups[-1]


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def backed_up(folder: Path, name: str) -> BackedUpFile:
    """Return the record of the file ``name`` in ``folder``."""
    path = folder / name
    return BackedUpFile(name, path.stat().st_size, digest_of(path))


def verify(folder: Path, files: Iterable[BackedUpFile]) -> None:
    """Raise ``BackupError`` unless each file is there as it was written."""
    for file in files:
        path = folder / file.name
        if not path.is_file():
            raise BackupError(f"{path} is missing; use another backup.")
        if path.stat().st_size != file.size or digest_of(path) != file.digest:
            raise BackupError(f"{path} is damaged: it is not what was written. Use another backup.")
