"""Form fields for the files of a song; their size limits are the ``MAX_…`` settings."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.forms.widgets import Widget
from django.utils.translation import gettext_lazy as _

from videos.languages.late_translation import translate_late
from videos.media.analysis_cache import analysis_cache
from videos.render.audio.info import AudioInfo
from videos.render.covers.formats import ACCEPT
from videos.render.errors import AudioError, CoverError, RenderError, StorageError, is_disk_full
from videos.render.sandbox.cover import convert_in_child
from videos.render.sandbox.probe import probe_in_child

MEBIBYTE = 1024 * 1024
NO_ROOM = _("This site has no room for files at the moment. Try later.")
NOT_STORED = _("This site cannot store files at the moment. Try later.")
NOT_NOW = _("This site could not read the file at the moment. Send it again.")


class BoundedFileField(forms.FileField):
    """A file with at most as many bytes as the setting ``size_setting`` allows."""

    size_setting: str  # the name of a Django setting
    accept: str  # the HTML attribute

    def to_python(self, data: "File[bytes] | None") -> "File[bytes] | None":
        """Return the file; raises ``ValidationError`` where it is too large, or the disk full."""
        if getattr(data, "is_incomplete", False):
            raise ValidationError(NO_ROOM)
        file = super().to_python(data)
        limit = getattr(settings, self.size_setting)
        if file is not None and file.size > limit:
            sentence = _("This file has %(size)d MB; %(most)d MB are the limit.")
            size = -(-file.size // MEBIBYTE)
            raise ValidationError(sentence, params={"size": size, "most": limit // MEBIBYTE})
        return file

    def widget_attrs(self, widget: Widget) -> dict[str, Any]:
        """Return the attributes of the input: the accepted types and the limit in bytes."""
        limit = getattr(settings, self.size_setting)
        return super().widget_attrs(widget) | {"accept": self.accept, "data-maxbytes": str(limit)}


@dataclass(frozen=True)
class UploadedAudio:
    """An uploaded audio file, and what its analysis found."""

    file: TemporaryUploadedFile
    info: AudioInfo


class AudioField(BoundedFileField):
    """An audio file; the cleaned value is an ``UploadedAudio``."""

    size_setting = "MAX_AUDIO_BYTES"
    accept = ".mp3,.wav,.flac,.m4a,.ogg,.oga,.opus,.aac,.aif,.aiff,.webm,.mka,.mp4,audio/*"

    def to_python(self, data: "File[bytes] | None") -> UploadedAudio | None:  # type: ignore[override]  # more than a file
        """Return the analysed audio; raises ``ValidationError`` where it cannot be used."""
        file = super().to_python(data)
        return None if file is None else _analyse(file)


class CoverField(BoundedFileField):
    """A picture; the cleaned value is a JPEG of it."""

    size_setting = "MAX_COVER_BYTES"
    accept = ACCEPT

    def to_python(self, data: "File[bytes] | None") -> "ContentFile[bytes] | None":
        """Return the JPEG; raises ``ValidationError`` where the picture cannot be used."""
        file = super().to_python(data)
        if file is None:
            return None
        try:
            return ContentFile(convert_in_child(file.open().read()), "cover.jpg")
        except CoverError as error:
            raise ValidationError(translate_late(str(error))) from error
        except RenderError as error:
            raise ValidationError(NOT_NOW) from error


class LyricsField(BoundedFileField):
    """A lyrics file; the cleaned value is its bytes."""

    size_setting = "MAX_LYRICS_BYTES"
    accept = ".lrc,.elrc,.vtt,.srt,.sbv,.ttml,.xml,.ass,.ssa,.json,.txt,text/plain"

    def to_python(self, data: "File[bytes] | None") -> bytes | None:  # type: ignore[override]  # not a file
        """Return the bytes; raises ``ValidationError`` where there are too many or none."""
        file = super().to_python(data)
        return None if file is None else file.read()


def storage_sentence(error: OSError) -> str:
    """Return what is said where a file could not be stored: the disk is full, or S3 is away."""
    return str(NO_ROOM if is_disk_full(error) else NOT_STORED)


def _analyse(file: object) -> UploadedAudio:
    if not isinstance(file, TemporaryUploadedFile):
        raise TypeError("Audio is analysed from a file: use BoundedUploadHandler.")
    try:
        # A tenth of a second more: a file that was cut to the limit lasts a frame longer
        max_seconds = settings.MAX_AUDIO_SECONDS + 0.1
        path = Path(file.temporary_file_path())
        return UploadedAudio(file, probe_in_child(path, analysis_cache(), max_seconds))
    except AudioError as error:
        raise ValidationError(translate_late(str(error))) from error
    except StorageError as error:
        raise ValidationError(NO_ROOM) from error
    except RenderError as error:
        raise ValidationError(NOT_NOW) from error
