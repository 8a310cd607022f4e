"""The files of a film in progress: a scratch folder for each claim, and the storage."""

import logging
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryFile

from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage
from django.db.models.fields.files import FieldFile

from videos.models import Video

logger = logging.getLogger(__name__)

STORAGE_RETRY_INTERVAL = timedelta(seconds=30)  # while the storage does not work
STORAGE_OUTAGE_TIMEOUT = timedelta(days=1)  # after which what waits for the storage fails
PROBE_SIZE = 64 * 1024  # bytes that are written to test whether there is room


class MovableFile(File):  # type: ignore[type-arg]  # generic for mypy only
    """A file that a local storage may move into place instead of copying it."""

    def temporary_file_path(self) -> str:
        """Return the path that Django's ``FileSystemStorage`` renames."""
        return str(self.name)


def check_writable() -> None:
    """Raise an error if files cannot be written in the scratch folder or in the storage."""
    scratch = Path(settings.SCRATCH_DIR)
    scratch.mkdir(mode=0o700, parents=True, exist_ok=True)
    folders = [scratch]
    try:
        folders.append(Path(default_storage.path("")))
    except NotImplementedError:  # a remote storage: any response proves that it works
        default_storage.exists("ready")
    for folder in folders:
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=folder) as file:
            file.write(bytes(PROBE_SIZE))


def is_storage_working(check: Callable[[], None] = check_writable) -> bool:
    """Return whether ``check`` raises nothing; what it raises is logged."""
    try:
        check()
    except Exception:  # a remote storage has error classes of its own
        logger.exception("The storage does not work")
        return False
    return True


def check_file(stored: FieldFile) -> None:
    """Raise an error if ``stored`` names a file that cannot be read."""
    if stored and not stored.storage.exists(str(stored.name)):
        raise FileNotFoundError(stored.name)


@contextmanager
def workspace(video: Video) -> Iterator[Path]:
    """Yield an empty scratch folder for this claim of ``video``, and remove it afterwards."""
    folder = Path(settings.SCRATCH_DIR) / f"{video.pk.hex}-{video.fencing_token}"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def get_local_path(stored: FieldFile, folder: Path) -> Path | None:
    """Return the path of ``stored`` on this machine, or of a copy that is made in ``folder``."""
    if not stored:
        return None
    try:
        return Path(stored.path)
    except NotImplementedError:  # a remote storage
        copy = folder / Path(str(stored.name)).name
        with stored.open("rb") as source, copy.open("wb") as target:
            shutil.copyfileobj(source, target)
        return copy


def store(video: Video, path: Path, label: str = "") -> str:
    """Move the file at ``path`` into the storage and return its name there.

    A ``label`` tells files of one claim and one kind apart.
    """
    with path.open("rb") as file:
        name = f"{_prefix(video)}/{video.fencing_token}{label}{path.suffix}"
        return default_storage.save(name, MovableFile(file, name=str(path)))


def remove_leftovers(video: Video) -> None:
    """Remove the files that earlier claims of an unfinished ``video`` left when they crashed.

    Those of later claims stay: whoever calls this may have lost the row without knowing it.
    """
    for folder in Path(settings.SCRATCH_DIR).glob(f"{video.pk.hex}-*"):
        if _token_in(folder.name.rpartition("-")[2]) < video.fencing_token:
            shutil.rmtree(folder, ignore_errors=True)
    for name in list_stored_films(video):
        if _token_in(name.rpartition("/")[2]) <= video.fencing_token:
            default_storage.delete(name)


def _token_in(name: str) -> int:
    """Return the fencing token that a name begins with, 0 where it is of no claim."""
    match = re.match(r"\d+", name)
    return int(match[0]) if match else 0


def list_stored_films(video: Video) -> list[str]:
    """Return the names of all files of ``video`` in the storage."""
    try:
        _, files = default_storage.listdir(_prefix(video))
    except FileNotFoundError:
        return []
    return [f"{_prefix(video)}/{file}" for file in files]


def _prefix(video: Video) -> str:
    return f"films/{video.pk.hex}"
