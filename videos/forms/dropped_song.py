"""The forms of a song that was dropped: what its files say of it, and the song with its films."""

import uuid
from typing import Any, Self, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from videos.forms.fields import LineField
from videos.forms.file_tags import FileTagsForm
from videos.forms.lyrics_file import LyricsFileForm
from videos.forms.song import SongUploadForm
from videos.forms.video import VideoForm
from videos.media.partial_files import ArrivedFile, offset_of
from videos.models import Track, Upload, User
from videos.pipeline import song_tags
from videos.render.lyrics.id_tags import read_id_tags
from videos.render.tags.file_names import parse_file_name
from videos.render.tags.song_tags import SongTags
from videos.vendors import BUILTIN

MAX_LANGUAGE_LENGTH = 50  # characters
TEXTS = ("title", "artist", "tags", "language", "lyrics")


class FileFactsForm(FileTagsForm, LyricsFileForm):
    """The start and the end of a song's file, its name, and the whole of its lyrics."""

    name = forms.CharField(max_length=255, required=False)

    def describe(self, tags: SongTags) -> dict[str, str]:
        """Return the texts of the song: from ``tags``, else the lyrics file, else the name."""
        data = self.cleaned_data
        texts = song_tags.text_fields(tags, 0.0)
        lyrics = data.get("lyrics_file") or texts["lyrics"]
        names = parse_file_name(data.get("name") or "")
        sources = (texts, read_id_tags(lyrics), names._asdict())
        facts = {
            name: next((value for each in sources if (value := each.get(name, ""))), "")
            for name in TEXTS
        }
        limits = song_tags.MAX_LENGTHS
        return {name: text[: limits.get(name)] for name, text in facts.items()} | {"lyrics": lyrics}


class DroppedSongForm(SongUploadForm):
    """A song whose files have arrived in pieces before its form."""

    language = LineField(label=_("Language"), max_length=MAX_LANGUAGE_LENGTH, required=False)
    upload: Upload

    @classmethod
    def blank(cls, initial: dict[str, Any]) -> Self:
        """Return a form to fill in, whose fields have ids of their own in a page with several."""
        return cls(initial=initial, auto_id=f"song-{uuid.uuid4().hex[:8]}-%s")

    @classmethod
    def from_uploads(cls, data: QueryDict, audio: Upload, cover: Upload | None) -> Self:
        """Return the form of a song with the files of these uploads."""
        files: MultiValueDict[str, UploadedFile[bytes]] = MultiValueDict()
        for name, upload in (("audio", audio), ("cover", cover)):
            if upload:
                files[name] = ArrivedFile(upload)
        form = cls(data, files)
        form.upload = audio
        return form

    def close(self) -> None:
        """Close the files."""
        for name in self.files:
            cast("ArrivedFile", self.files[name]).close()

    def save(self, owner: User) -> Track:
        """Store the song, unless a repeat of this form was faster. Raises ``QuotaReached``."""
        with transaction.atomic():
            upload = Upload.objects.select_for_update().get(pk=self.upload.pk)
            if upload.track:
                return upload.track
            track = super().save(owner)
            upload.set_track(track)
        return track

    def _texts(self, audio: Any) -> dict[str, str]:  # noqa: ANN401 - as in the form above it
        texts = super()._texts(audio)
        if self.cleaned_data["language"] or self.cleaned_data["tags_shown"]:
            texts["language"] = self.cleaned_data["language"]
        return texts


class BatchForm(VideoForm):
    """The options of the films of several songs, which are made here; each signed by its artist."""

    def __init__(
        self,
        owner: User,
        data: QueryDict | None = None,
        track: Track | None = None,
        upload: Upload | None = None,
    ) -> None:
        """Validate the options alone, or with one of the songs and the upload it was made of."""
        if data is not None:
            artist = track.suggested_author if track else ""
            data = data.copy()
            data["provider"] = BUILTIN
            data["song"] = str(track.pk) if track else ""
            data["author"] = data.get("author") or artist or owner.author
            data["form_token"] = str(upload.pk) if upload else ""
        super().__init__(owner, data)
        self.initial["author"] = ""
        self.fields["author"].help_text = _("Left empty, each film is signed by its song's artist.")

    def is_usable(self) -> bool:
        """Return whether the options are valid, whatever song they are for."""
        return self.is_valid() or set(self.errors) == {"song"}


def find_upload(owner: User, text: str) -> Upload | None:
    """Return the upload with the id ``text`` that is whole, or that a song was made of."""
    try:
        pk = uuid.UUID(text)
    except ValueError:
        return None
    upload = Upload.objects.for_user(owner).active().select_related("track").filter(pk=pk).first()
    if upload and not upload.track and offset_of(upload) != upload.size:
        return None
    return upload
