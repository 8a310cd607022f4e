"""The upload handler."""

import os
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.test import RequestFactory

from suno_portal.backends.upload_handler import BoundedUploadHandler

MEBIBYTE = 1024 * 1024


def upload(data: bytes) -> TemporaryUploadedFile:
    boundary = b"----frontier"
    body = b"\r\n".join(
        [
            b"--" + boundary,
            b'Content-Disposition: form-data; name="audio"; filename="../../evil/song.mp3"',
            b"Content-Type: audio/mpeg",
            b"",
            data,
            b"--" + boundary + b"--",
            b"",
        ]
    )
    request = RequestFactory().post(
        "/", body, content_type=f"multipart/form-data; boundary={boundary.decode()}"
    )
    file = request.FILES["audio"]
    assert [type(handler) for handler in request.upload_handlers] == [BoundedUploadHandler]
    return file


@pytest.mark.parametrize("size", [0, 1, 64 * 1024, 3 * MEBIBYTE])
def test_every_upload_is_a_file_of_the_data_folder(size):
    data = os.urandom(size)
    with upload(data) as file:
        path = Path(file.temporary_file_path())
        assert path.parent == django_settings.FILE_UPLOAD_TEMP_DIR
        assert path.read_bytes() == data
        assert (file.size, file.name) == (size, "song.mp3")
    assert not path.exists()


def test_no_more_is_written_than_the_limit(settings):
    settings.MAX_AUDIO_BYTES = MEBIBYTE
    with upload(b"x" * 5 * MEBIBYTE) as file:
        written = Path(file.temporary_file_path()).stat().st_size
    assert file.size == 5 * MEBIBYTE
    assert written <= MEBIBYTE + 64 * 1024
