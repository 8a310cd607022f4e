"""How the bytes of an upload arrive: in a file, and never more of them than anybody may bring."""

from django.conf import settings
from django.core.files.uploadhandler import TemporaryFileUploadHandler


class BoundedUploadHandler(TemporaryFileUploadHandler):
    """Keeps every upload in a temporary file that can be moved into place.

    Of a file above the limit no more is written than it takes to know; it still tells its true
    size, so that its form can say in a sentence what is wrong.
    """

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write a block, unless the file is too large already."""
        if start <= settings.MAX_AUDIO_BYTES:
            super().receive_data_chunk(raw_data, start)
