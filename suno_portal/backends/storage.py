"""A file storage in a local folder that leaves no partial files and no empty folders."""

from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from django.core.files.storage import FileSystemStorage


class TidyFileSystemStorage(FileSystemStorage):
    """Django's storage, but a failed save leaves no file, and a deleted film no empty folder."""

    def delete(self, name: str) -> None:
        """Delete a file, and its folder if it is empty then and not a top-level one."""
        super().delete(name)
        folder = Path(self.path(name)).parent
        if Path(self.location) in folder.parents and folder.parent != Path(self.location):
            with suppress(OSError):  # it is not empty, or another process was faster
                folder.rmdir()

    def save(self, name: str | None, content: "IO[Any]", max_length: int | None = None) -> str:
        """Store a file under a free name like ``name`` and return that; raises ``OSError``."""
        free_name = self.get_available_name(str(name or content.name), max_length)
        try:
            return super().save(free_name, content, max_length)
        except OSError:
            with suppress(OSError):
                self.delete(free_name)
            raise
