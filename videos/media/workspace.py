"""The files of a film in the making: a scratch folder for each claim, and storage for keeps."""

import logging
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

BETWEEN_LOOKS, LONGEST_OUTAGE = timedelta(seconds=30), timedelta(days=1)
"""How often a storage that does not work is tried again, and for how long it is waited for."""

LITTLE = 64 * 1024  # bytes that a storage with room takes


class MovableFile(File):  # type: ignore[type-arg]  # generic for mypy only
    """A file that a local storage may move into place instead of copying it."""

    def temporary_file_path(self) -> str:
        """Return the path that Django's ``FileSystemStorage`` renames."""
        return str(self.name)


def check_storage() -> None:
    """Raise whatever keeps files from being written, in the scratch folder and in storage."""
    scratch = Path(settings.SCRATCH_DIR)
    scratch.mkdir(mode=0o700, parents=True, exist_ok=True)
    folders = [scratch]
    try:
        folders.append(Path(default_storage.path("")))
    except NotImplementedError:  # elsewhere: an answer, of whatever kind, is all that we ask for
        default_storage.exists("ready")
    for folder in folders:
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=folder) as file:
            file.write(bytes(LITTLE))


def storage_works(check: Callable[[], None] = check_storage) -> bool:
    """Whether ``check`` finds that files can be read and written; why not, is in the log."""
    try:
        check()
    except Exception:  # a storage elsewhere has errors of its own
        logger.exception("The storage does not work")
        return False
    return True


def check_file(stored: FieldFile) -> None:
    """Raise whatever keeps a file from being read of which a row tells."""
    if stored and not stored.storage.exists(str(stored.name)):
        raise FileNotFoundError(stored.name)


@contextmanager
def workspace(video: Video) -> Iterator[Path]:
    """Give an empty folder to this claim of ``video``, and remove it whatever happens."""
    folder = Path(settings.SCRATCH_DIR) / f"{video.pk.hex}-{video.attempt}"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def local_copy(stored: FieldFile, folder: Path) -> Path | None:
    """Return a path to ``stored`` on this machine: its own, or that of a copy in ``folder``."""
    if not stored:
        return None
    try:
        return Path(stored.path)
    except NotImplementedError:  # the storage is not a folder of this machine
        copy = folder / Path(str(stored.name)).name
        with stored.open("rb") as source, copy.open("wb") as target:
            shutil.copyfileobj(source, target)
        return copy


def keep(video: Video, path: Path) -> str:
    """Move the file at ``path`` into storage and return its name there."""
    with path.open("rb") as file:
        name = f"{_prefix(video)}/{video.attempt}{path.suffix}"
        return default_storage.save(name, MovableFile(file, name=str(path)))


def sweep(video: Video) -> None:
    """Remove what earlier claims of an unfinished ``video`` left when they were killed."""
    for folder in Path(settings.SCRATCH_DIR).glob(f"{video.pk.hex}-*"):
        if folder.name != f"{video.pk.hex}-{video.attempt}":
            shutil.rmtree(folder, ignore_errors=True)
    for name in stored_films(video):
        default_storage.delete(name)


def stored_films(video: Video) -> list[str]:
    """Return the names of all files that storage holds of ``video``."""
    try:
        _, files = default_storage.listdir(_prefix(video))
    except FileNotFoundError:
        return []
    return [f"{_prefix(video)}/{file}" for file in files]


def _prefix(video: Video) -> str:
    return f"films/{video.pk.hex}"
