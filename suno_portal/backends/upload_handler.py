"""An upload handler that writes uploads to temporary files, up to the size limit."""

from django.conf import settings
from django.core.files.uploadhandler import TemporaryFileUploadHandler


class BoundedUploadHandler(TemporaryFileUploadHandler):
    """Writes every upload to a temporary file that can be moved into the storage.

    A file above the limit is not written further, but it keeps its true size, so that the form can
    report the error.
    """

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write a block, unless the file is above the limit already."""
        if start <= settings.MAX_AUDIO_BYTES:
            super().receive_data_chunk(raw_data, start)
