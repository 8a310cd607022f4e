"""Forms that add a song from files and edit a song."""

from functools import partial
from pathlib import PurePosixPath
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import F
from django.db.models.fields.files import FieldFile
from django.db.models.functions import Greatest
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from videos import pipeline
from videos.forms.fields import LineField
from videos.forms.files import AudioField, CoverField, UploadedAudio
from videos.forms.lyrics_file import LyricsFileForm
from videos.languages.late_translation import translate_late
from videos.media.new_files import store_files
from videos.models import LyricsState, LyricsVersion, MusicTask, Origin, Track, User
from videos.models.track import AUDIO_SUFFIXES
from videos.pipeline import song_tags
from videos.render.covers.formats import FORMATS
from videos.render.encodings import mend_mojibake
from videos.render.lyrics import LyricsError, check_characters, parse_lyrics
from videos.render.text import single_line
from videos.statuses import MusicStatus

MAX_TITLE_LENGTH = 200  # characters
MAX_TAGS_LENGTH = 1000
MAX_OFFSET = 60_000  # milliseconds

COVER_HELP = format_lazy(
    _("{formats} or {last_format}."),
    formats=", ".join(each.name for each in FORMATS[:-1]),
    last_format=FORMATS[-1].name,
)

# What a version of the lyrics holds
LYRICS_FIELDS = frozenset({"lyrics", "lyrics_offset", "use_aligned_words"})


def report_conflict(form: forms.BaseForm, version: int) -> None:
    """Say in ``form`` that its lyrics were changed after its page was opened.

    Sent again, it replaces ``version``, which they are at now.
    """
    data = QueryDict(mutable=True)
    data.update(form.data)
    data["version"] = str(version)
    form.data = data
    sentence = gettext(
        "These lyrics were changed in another window meanwhile. Yours are still here: save again "
        "to replace the others, which stay under Versions."
    )
    form.add_error("lyrics", sentence)


class LyricsTextField(forms.CharField):
    """Lyrics that somebody types."""

    widget = forms.Textarea(attrs={"rows": 12, "spellcheck": "false", "dir": "auto"})

    def clean(self, value: object) -> str:
        """Return the text with plain line ends, mended where it was read in a wrong encoding.

        Raises ``ValidationError`` if it is too long.
        """
        text = str(super().clean(value)).replace("\r\n", "\n").replace("\r", "\n")
        if len(text.encode()) > settings.MAX_LYRICS_BYTES:
            raise ValidationError(_("These lyrics are too long for any song."))
        return mend_mojibake(text)


class SongUploadForm(LyricsFileForm):
    """A song from a person's own files."""

    field_order = ("audio", "cover", "lyrics_file", "encoding")

    audio = AudioField(
        label=_("Audio"),
        help_text=format_lazy(
            _("MP3, WAV, FLAC, M4A, OGG, Opus, AAC, AIFF or WebM, up to {minutes} minutes."),
            minutes=lazy(lambda: str(settings.MAX_AUDIO_SECONDS // 60), str)(),
        ),
    )
    cover = CoverField(label=_("Cover"), required=False, help_text=COVER_HELP)
    lyrics = LyricsTextField(label=_("Lyrics"), required=False)
    title = LineField(
        label=_("Title"),
        max_length=MAX_TITLE_LENGTH,
        required=False,
        help_text=_("Left empty, it is taken from the file."),
    )
    artist = LineField(
        label=_("Artist"),
        max_length=MAX_TITLE_LENGTH,
        required=False,
        help_text=_("Signs the videos, unless you choose otherwise."),
    )
    tags = LineField(
        label=_("Tags"),
        max_length=MAX_TAGS_LENGTH,
        required=False,
        help_text=_("Style and mood, separated by commas."),
    )
    ignore_embedded_cover = forms.BooleanField(
        label=_("Leave out the cover that is in the file"), required=False
    )
    # Whether the page showed what the file says of itself: what is empty then was emptied
    tags_shown = forms.BooleanField(widget=forms.HiddenInput, required=False)

    def clean(self) -> dict[str, Any]:
        """Return the values; lyrics of which nothing can be read are an error of their field."""
        data = super().clean()
        duration = data["audio"].info.duration if data.get("audio") else 0.0
        name = "lyrics_file" if data.get("lyrics_file") else "lyrics"
        try:
            check_characters(data.get(name) or "")
            parse_lyrics(data.get(name) or "", duration)
        except LyricsError as error:
            self.add_error(name, translate_late(str(error)))
        return data

    def save(self, owner: User) -> Track:
        """Store the song of ``owner`` as a music task that succeeded at once.

        Raises ``QuotaReached``.
        """
        audio: UploadedAudio = self.cleaned_data["audio"]
        texts, cover = self._texts(audio), self._choose_cover(audio)
        size = int(audio.file.size or 0) + (cover.size if cover else 0)
        pipeline.check_storage_quota(owner, size)
        audio.file.name = f"song{AUDIO_SUFFIXES[audio.info.container.partition(',')[0]]}"
        sound = song_tags.sound_fields(audio.info)
        track = Track(audio=audio.file, cover=cover or "", size=size, **texts, **sound)
        store_files(track)
        with transaction.atomic():
            track.music_task = MusicTask.objects.create(owner=owner, status=MusicStatus.SUCCESS)
            track.save(force_insert=True)
        return track

    @property
    def warnings(self) -> list[str]:
        """Sentences about what the file holds that cannot be used."""
        data = self.cleaned_data
        tags, duration = data["audio"].info.tags, data["audio"].info.duration
        names = set()
        if data["cover"] or data["ignore_embedded_cover"]:
            names.add("cover")
        if data["lyrics_file"] or data["lyrics"] or data["tags_shown"]:
            names.add("lyrics")
        return song_tags.unused_tags(tags, duration, ignored=names)

    def _texts(self, audio: UploadedAudio) -> dict[str, str]:
        """Return the texts of the song: what was typed, else what the file says."""
        data = self.cleaned_data
        texts = song_tags.text_fields(audio.info.tags, audio.info.duration)
        typed = {name: data[name] for name in ("title", "artist", "tags")}
        typed["lyrics"] = data["lyrics_file"] or data["lyrics"]
        for name, text in typed.items():
            if text or (data["tags_shown"] and name != "title"):
                texts[name] = text
        texts["title"] = texts["title"] or _title_from_name(audio)
        return texts

    def _choose_cover(self, audio: UploadedAudio) -> "ContentFile[bytes] | None":
        """Return the cover that was chosen, else the one in the file."""
        data = self.cleaned_data
        chosen: ContentFile[bytes] | None = data["cover"]
        if chosen or data["ignore_embedded_cover"]:
            return chosen
        return song_tags.cover_file(audio.info.tags)


class SongEditForm(forms.ModelForm):  # type: ignore[type-arg]  # generic for mypy only
    """Everything about a song that can be edited: all but its audio."""

    title = LineField(label=_("Title"), max_length=MAX_TITLE_LENGTH, required=False)
    artist = LineField(label=_("Artist"), max_length=MAX_TITLE_LENGTH, required=False)
    tags = LineField(label=_("Tags"), max_length=MAX_TAGS_LENGTH, required=False)
    lyrics = LyricsTextField(label=_("Lyrics"), required=False)
    lyrics_offset = forms.IntegerField(
        label=_("Lyrics offset"),
        min_value=-MAX_OFFSET,
        max_value=MAX_OFFSET,
        step_size=100,
        help_text=_("Milliseconds; positive shows lines later."),
    )
    cover = CoverField(
        label=_("New cover"), required=False, widget=forms.FileInput, help_text=COVER_HELP
    )
    # The number of the lyrics that the page shows: others are not overwritten unseen
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)

    class Meta:
        model = Track
        fields = (*("title", "artist", "tags"), *LYRICS_FIELDS, "cover")

    def __init__(
        self,
        data: QueryDict | None = None,
        files: "MultiValueDict[str, UploadedFile[bytes]] | None" = None,
        *,
        instance: Track,
    ) -> None:
        """Offer the word times of ``instance`` where there are any."""
        super().__init__(data, files, instance=instance)
        self.fields["version"].initial = self.shown_version = instance.lyrics_version
        if not instance.aligned_words:
            del self.fields["use_aligned_words"]

    def clean_lyrics(self) -> str:
        """Return the lyrics; raises ``ValidationError`` where new ones cannot be read."""
        text: str = self.cleaned_data["lyrics"]
        if "lyrics" in self.changed_data:
            try:
                check_characters(text)
                parse_lyrics(text, self.instance.duration or 0.0)
            except LyricsError as error:
                raise ValidationError(translate_late(str(error))) from error
        return text

    def clean(self) -> dict[str, Any]:
        """Return the values; lyrics that others have changed meanwhile are an error, once."""
        data = super().clean() or self.cleaned_data
        if self._has_new_lyrics and data.get("version") not in {None, self.shown_version}:
            report_conflict(self, self.shown_version)
        return data

    @property
    def _has_new_lyrics(self) -> bool:
        return not LYRICS_FIELDS.isdisjoint(self.changed_data)

    def clean_cover(self) -> object:
        """Return the cover; raises ``ValidationError`` where the quota is too small for it."""
        cover = self.cleaned_data["cover"]
        if "cover" in self.changed_data:
            try:
                pipeline.check_storage_quota(self.instance.music_task.owner, cover.size)
            except pipeline.QuotaReached as error:
                raise ValidationError(str(error)) from error
        return cover

    def save(self, commit: bool = True) -> Track:
        """Write what changed; a replaced cover is deleted once the new one is stored."""
        track: Track = self.instance
        old_cover = self.initial["cover"]
        old_size = _file_size(old_cover) if "cover" in self.changed_data else 0
        store_files(track)
        with transaction.atomic():
            columns = set(self.changed_data) - LYRICS_FIELDS - {"version"}
            track.save(update_fields=columns)
            if self._has_new_lyrics:
                state = LyricsState.of(track)
                LyricsVersion.objects.save_state(track, state, Origin.TYPED)
            if "cover" in self.changed_data:
                growth = self.cleaned_data["cover"].size - old_size
                rows = Track.objects.filter(pk=track.pk)
                rows.update(size=Greatest(F("size") + growth, 0))
                if old_cover:
                    transaction.on_commit(partial(default_storage.delete, str(old_cover.name)))
        return track


def _file_size(file: FieldFile | None) -> int:
    """Return the size of a stored file in bytes, 0 where it is missing."""
    try:
        return int(file.size) if file else 0
    except (OSError, ValueError):
        return 0


def _title_from_name(audio: UploadedAudio) -> str:
    """Return the file's name without its path as a title."""
    name = PurePosixPath(str(audio.file.name)).stem.replace("_", " ")
    return single_line(name, MAX_TITLE_LENGTH)
