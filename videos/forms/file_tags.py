"""The form with which the upload page asks what a song's file says of itself."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from videos.render.sandbox.song_tags import read_tags_in_child
from videos.render.tags.song_tags import SongTags

MAX_PART_BYTES = 4 * 1024 * 1024  # of the start and of the end of a file: tags are there


class FileTagsForm(forms.Form):
    """The start and the end of a sound file, and its size in bytes."""

    size = forms.IntegerField(min_value=1)
    head = forms.FileField()
    tail = forms.FileField(required=False)

    def clean(self) -> dict[str, object]:
        """Return the values; parts that are too large, or larger than the file, are an error."""
        data = super().clean() or {}
        parts = [part for name in ("head", "tail") if (part := data.get(name))]
        size = min(data.get("size") or 0, settings.MAX_AUDIO_BYTES)
        if any(part.size > MAX_PART_BYTES or part.size > size for part in parts):
            self.add_error(None, "The parts do not fit the file.")
        return data

    def read(self) -> SongTags:
        """Return the tags of the file, which a child process reads. Raises OSError."""
        with self._write_file() as path:
            return read_tags_in_child(path)

    @contextmanager
    def _write_file(self) -> Iterator[Path]:
        """Yield the file with its start and its end; what is between them is a hole."""
        scratch = Path(settings.SCRATCH_DIR)
        scratch.mkdir(mode=0o700, parents=True, exist_ok=True)
        with TemporaryDirectory(prefix="tags-", dir=scratch) as folder:
            path = Path(folder) / "song"
            size, tail = self.cleaned_data["size"], self.cleaned_data["tail"]
            with path.open("wb") as file:
                file.write(_content(self.cleaned_data["head"]))
                file.truncate(size)
                if tail:
                    file.seek(size - tail.size)
                    file.write(_content(tail))
            yield path


def _content(part: "UploadedFile[bytes]") -> bytes:
    with part.open() as file:
        data: bytes = file.read()
    return data
