"""An upload handler that writes uploads to temporary files, up to the size limit."""

import html
import logging
import os
from typing import IO, Any

from django.conf import settings
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.http import QueryDict
from django.http.multipartparser import MultiPartParser
from django.utils.datastructures import MultiValueDict

from videos.render.text import single_line

logger = logging.getLogger(__name__)


class NameKeepingParser(MultiPartParser):
    """Django's parser of forms with files, which keeps joiners in the names of files.

    Django removes all characters that are not printable: emoji fall apart, and words of Persian
    and Sinhala are misspelt. Names become titles of songs.
    """

    def sanitize_file_name(self, file_name: str) -> str | None:
        """Return the last part of a path, on one line; None where there is no name."""
        name = html.unescape(file_name).rsplit("/")[-1].rsplit("\\")[-1]
        name = single_line(name)
        return None if name in {"", ".", ".."} else name


class UploadedTemporaryFile(TemporaryUploadedFile):
    """An upload in a temporary file; ``is_incomplete`` where the disk was too full to write it.

    Nothing of its name is part of the path: Django takes the suffix over, however long it is.
    """

    is_incomplete = False

    def __init__(self, name: str, *args: Any) -> None:  # noqa: ANN401 - as Django's own
        super().__init__("song", *args)
        self.name = name


class BoundedUploadHandler(TemporaryFileUploadHandler):
    """Writes every upload to a temporary file that can be moved into the storage.

    A file above the limit is not written further, but it keeps its true size, so that the form can
    report the error. Where the disk is full, the file has ``is_incomplete`` set.
    """

    _is_parsing = False

    file: UploadedTemporaryFile

    def new_file(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - as Django's own
        """Open a temporary file for the next upload."""
        super(TemporaryFileUploadHandler, self).new_file(*args, **kwargs)
        self.file = UploadedTemporaryFile(
            self.file_name or "", self.content_type, 0, self.charset, self.content_type_extra
        )

    def handle_raw_input(
        self,
        input_data: IO[bytes],
        META: dict[str, str],
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> tuple[QueryDict, "MultiValueDict[str, UploadedFile[bytes]]"] | None:
        """Return the fields and files of a form as ``NameKeepingParser`` reads them.

        That parser calls this method, too, and then gets None: it parses the form itself.
        """
        if self._is_parsing:
            return None
        self._is_parsing = True
        parser = NameKeepingParser(META, input_data, [self], encoding)  # type: ignore[arg-type]  # its stub is too narrow
        return parser.parse()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write a block, unless the file is above the limit already, or the disk is full."""
        if start > settings.MAX_AUDIO_BYTES or self.file.is_incomplete:
            return
        try:
            super().receive_data_chunk(raw_data, start)
            self.file.flush()
        except OSError:
            logger.exception("An upload could not be written")
            self.file.is_incomplete = True
            os.ftruncate(self.file.fileno(), 0)  # leaves the room to others
