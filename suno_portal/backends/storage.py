"""Files in a folder of this machine, of which nothing is left that nobody needs."""

from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from django.core.files.storage import FileSystemStorage


class Folder(FileSystemStorage):
    """Django's own storage, but without half a file where the disk was full, and without the empty
    folders of films that are gone.
    """

    def delete(self, name: str) -> None:
        """Delete a file, and its folder with the last one in it, unless that is one for all."""
        super().delete(name)
        folder = Path(self.path(name)).parent
        if Path(self.location) in folder.parents and folder.parent != Path(self.location):
            with suppress(OSError):  # it is not empty, or somebody was faster
                folder.rmdir()

    def save(self, name: str | None, content: "IO[Any]", max_length: int | None = None) -> str:
        """Keep a file under a free name like ``name`` and return that. Raises OSError."""
        free = self.get_available_name(str(name or content.name), max_length)
        try:
            return super().save(free, content, max_length)
        except OSError:
            with suppress(OSError):
                self.delete(free)
            raise
