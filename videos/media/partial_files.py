"""Files that arrive in pieces: appended where the last piece ended, whoever sends the next one."""

import fcntl
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.files.base import File
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile

from videos.models import Upload

SUFFIX = ".part"


class OffsetConflict(Exception):
    """The piece does not begin where the file ends; ``offset`` is where it does."""

    def __init__(self, offset: int) -> None:
        super().__init__(f"The file has {offset} bytes.")
        self.offset = offset


class ArrivedFile(TemporaryUploadedFile):
    """A whole file, for forms as if it had come with them; a local storage moves it into place."""

    def __init__(self, upload: Upload) -> None:
        self.path = path_of(upload)
        content = File(self.path.open("rb"))
        UploadedFile.__init__(self, content, upload.name, size=self.path.stat().st_size)

    def temporary_file_path(self) -> str:
        """Return the path that Django's ``FileSystemStorage`` renames."""
        return str(self.path)

    def close(self) -> None:
        """Close the file, which may be somewhere else by now."""
        File.close(self)


def path_of(upload: Upload) -> Path:
    """Return where the file of ``upload`` is, in a folder that nobody else can enter."""
    return Path(settings.FILE_UPLOAD_TEMP_DIR) / f"{upload.pk.hex}{SUFFIX}"


def create(upload: Upload) -> None:
    """Create the empty file of a new upload."""
    path_of(upload).touch(mode=0o600)


def offset_of(upload: Upload) -> int | None:
    """Return how many bytes of ``upload`` are here, None where its file is gone."""
    try:
        return path_of(upload).stat().st_size
    except FileNotFoundError:
        return None


def append(upload: Upload, offset: int, blocks: Iterable[bytes]) -> int:
    """Append ``blocks``, which begin at ``offset``, and return where the file ends then.

    A piece that breaks off stays as far as it came, so ``blocks`` may raise anything. Raises
    ``OffsetConflict`` where the file ends elsewhere, also once somebody else has appended to it:
    whoever comes back after a lost connection need not wait for the end of the old one.
    """
    with path_of(upload).open("r+b", buffering=0) as file:
        check_offset(file, offset)
        for block in blocks:
            with _locked(file):
                check_offset(file, offset)
                file.seek(offset)
                _write(file, block)
            offset += len(block)
    return offset


def check_offset(file: IO[bytes], offset: int) -> None:
    """Raise ``OffsetConflict`` where ``file`` does not end at ``offset``."""
    end = os.fstat(file.fileno()).st_size
    if end != offset:
        raise OffsetConflict(end)


def delete(upload: Upload) -> None:
    """Delete the file of ``upload``, if there is one."""
    path_of(upload).unlink(missing_ok=True)


def list_files() -> list[Path]:
    """Return the files of all uploads, also those whose rows are gone."""
    return sorted(Path(settings.FILE_UPLOAD_TEMP_DIR).glob(f"*{SUFFIX}"))


def _write(file: Any, block: bytes) -> None:  # noqa: ANN401 - a raw file of the standard library
    rest = memoryview(block)
    while rest:
        rest = rest[file.write(rest) :]


@contextmanager
def _locked(file: IO[bytes]) -> Iterator[None]:
    """Keep other processes from writing; the system releases the lock of one that dies."""
    fcntl.flock(file, fcntl.LOCK_EX)
    try:
        yield
    finally:
        fcntl.flock(file, fcntl.LOCK_UN)
