"""Uploads and the form that takes them."""

from django.core.files.uploadedfile import TemporaryUploadedFile

from tests import media_files
from tests.factories import a_user
from videos.forms.song import SongUploadForm
from videos.models import Track

uploads: list[TemporaryUploadedFile] = []


def upload(data: bytes, name: str = "song.mp3") -> TemporaryUploadedFile:
    file = TemporaryUploadedFile(name, "audio/mpeg", len(data), None)
    uploads.append(file)
    file.write(data)
    file.flush()
    file.seek(0)
    return file


def form_of(audio=None, fields=None, **files):
    audio = audio if audio is not None else upload(media_files.wav(), "Northern_Lights.wav")
    return SongUploadForm(fields or {}, {"audio": audio, **files})


def save(form, owner=None) -> Track:
    assert form.is_valid(), form.errors
    return form.save(owner or a_user())
