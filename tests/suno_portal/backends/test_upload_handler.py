"""The upload handler."""

import os
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.exceptions import TooManyFilesSent
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.test import RequestFactory

from suno_portal.backends.upload_handler import BoundedUploadHandler
from tests.joined_names import JOINED_NAMES

MEBIBYTE = 1024 * 1024


def upload(data: bytes, name: str = "../../evil/song.mp3") -> TemporaryUploadedFile:
    boundary = b"----frontier"
    body = b"\r\n".join(
        [
            b"--" + boundary,
            f'Content-Disposition: form-data; name="audio"; filename="{name}"'.encode(),
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


@pytest.mark.parametrize("name", JOINED_NAMES.values(), ids=JOINED_NAMES)
def test_the_name_of_a_file_keeps_its_joiners(name):
    with upload(b"x", f"../{name}.mp3") as file:
        assert file.name == f"{name}.mp3"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a\x07\u202egpj.mp3", "agpj.mp3"),
        ("C:\\\\songs\\\\x.mp3", "x.mp3"),
        ("&#x202e;a&amp;b.mp3", "a&b.mp3"),
        ("a/../..\u200d/b.mp3", "b.mp3"),
    ],
)
def test_the_name_of_a_file_cannot_mislead(name, expected):
    with upload(b"x", name) as file:
        assert file.name == expected


def test_other_fields_and_files_of_the_form_are_read_too():
    files = [SimpleUploadedFile(f"{number}.mp3", b"x" * number) for number in range(3)]
    request = RequestFactory().post("/", {"title": "Ann", "tags": ["a", "b"], "audio": files})
    assert request.POST.getlist("tags") == ["a", "b"]
    assert [file.size for file in request.FILES.getlist("audio")] == [0, 1, 2]
    request.close()


def test_a_form_with_too_many_files_is_refused(settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FILES = 2
    files = [SimpleUploadedFile(f"{number}.mp3", b"x") for number in range(3)]
    request = RequestFactory().post("/", {"audio": files})
    with pytest.raises(TooManyFilesSent):
        request.POST  # noqa: B018
