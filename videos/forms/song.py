"""Forms that add a song from files and edit a song."""

from functools import partial
from pathlib import PurePosixPath

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
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
from django.utils.translation import gettext_lazy as _

from videos import pipeline
from videos.forms.fields import LineField
from videos.forms.files import AudioField, CoverField, LyricsField, UploadedAudio
from videos.models import MusicTask, Track, User
from videos.models.song import AUDIO_SUFFIXES
from videos.render.text import single_line
from videos.statuses import MusicStatus

MAX_TITLE_LENGTH = 200  # characters
MAX_TAGS_LENGTH = 1000
MAX_OFFSET = 60_000  # milliseconds


class LyricsTextField(forms.CharField):
    """Lyrics that somebody types."""

    widget = forms.Textarea(attrs={"rows": 12, "spellcheck": "false", "dir": "auto"})

    def clean(self, value: object) -> str:
        """Return the text with plain line ends; raises ``ValidationError`` if it is too long."""
        text = str(super().clean(value)).replace("\r\n", "\n").replace("\r", "\n")
        if len(text.encode()) > settings.MAX_LYRICS_BYTES:
            raise ValidationError(_("These lyrics are too long for any song."))
        return text


class SongUploadForm(forms.Form):
    """A song from a person's own files."""

    audio = AudioField(
        label=_("Audio"),
        help_text=format_lazy(
            _("MP3, WAV, FLAC, M4A, OGG or Opus, up to {minutes} minutes."),
            minutes=lazy(lambda: str(settings.MAX_AUDIO_SECONDS // 60), str)(),
        ),
    )
    cover = CoverField(label=_("Cover"), required=False, help_text=_("JPEG, PNG or WebP."))
    lyrics_file = LyricsField(
        label=_("Lyrics file"),
        required=False,
        help_text=_("LRC, WebVTT, SRT or plain text; takes the place of lyrics typed here."),
    )
    lyrics = LyricsTextField(label=_("Lyrics"), required=False)
    title = LineField(
        label=_("Title"),
        max_length=MAX_TITLE_LENGTH,
        required=False,
        help_text=_("Left empty, it is taken from the file."),
    )
    tags = LineField(
        label=_("Tags"),
        max_length=MAX_TAGS_LENGTH,
        required=False,
        help_text=_("Style and mood, separated by commas."),
    )

    def save(self, owner: User) -> Track:
        """Store the song of ``owner`` as a music task that succeeded at once.

        Raises ``QuotaReached``.
        """
        data = self.cleaned_data
        audio: UploadedAudio = data["audio"]
        info = audio.info
        title = data["title"] or _default_title(audio)
        size = int(audio.file.size or 0) + (data["cover"].size if data["cover"] else 0)
        pipeline.check_storage(owner, size)
        audio.file.name = f"song{AUDIO_SUFFIXES[info.container.partition(',')[0]]}"
        with transaction.atomic():
            task = MusicTask.objects.create(owner=owner, status=MusicStatus.SUCCESS)
            return Track.objects.create(
                music_task=task,
                title=title,
                tags=data["tags"],
                lyrics=data["lyrics_file"] or data["lyrics"],
                audio=audio.file,
                cover=data["cover"] or "",
                duration=info.duration,
                channels=info.channels,
                sample_rate=info.sample_rate,
                loudness=info.loudness,
                size=size,
                audio_digest=info.digest,
            )


class SongEditForm(forms.ModelForm):  # type: ignore[type-arg]  # generic for mypy only
    """Everything about a song that can be edited: all but its audio."""

    title = LineField(label=_("Title"), max_length=MAX_TITLE_LENGTH, required=False)
    tags = LineField(label=_("Tags"), max_length=MAX_TAGS_LENGTH, required=False)
    lyrics = LyricsTextField(label=_("Lyrics"), required=False)
    lyrics_offset = forms.IntegerField(
        label=_("Lyrics offset"),
        min_value=-MAX_OFFSET,
        max_value=MAX_OFFSET,
        step_size=100,
        help_text=_("Milliseconds; positive shows lines later."),
    )
    cover = CoverField(label=_("New cover"), required=False, widget=forms.FileInput)

    class Meta:
        model = Track
        fields = ("title", "tags", "lyrics", "lyrics_offset", "use_aligned_words", "cover")

    def __init__(
        self,
        data: QueryDict | None = None,
        files: "MultiValueDict[str, UploadedFile[bytes]] | None" = None,
        *,
        instance: Track,
    ) -> None:
        """Offer the word times of ``instance`` where there are any."""
        super().__init__(data, files, instance=instance)
        if not instance.aligned_words:
            del self.fields["use_aligned_words"]

    def clean_cover(self) -> object:
        """Return the cover; raises ``ValidationError`` where the quota is too small for it."""
        cover = self.cleaned_data["cover"]
        if "cover" in self.changed_data:
            try:
                pipeline.check_storage(self.instance.music_task.owner, cover.size)
            except pipeline.QuotaReached as error:
                raise ValidationError(str(error)) from error
        return cover

    def save(self, commit: bool = True) -> Track:
        """Write what changed; a replaced cover is deleted once the new one is stored."""
        track: Track = self.instance
        old_cover = self.initial["cover"]
        with transaction.atomic():
            track.save(update_fields=self.changed_data)
            if "cover" in self.changed_data:
                growth = self.cleaned_data["cover"].size - _file_size(old_cover)
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


def _default_title(audio: UploadedAudio) -> str:
    """Return the title in the file's tags, otherwise the file's name without its path."""
    name = PurePosixPath(str(audio.file.name)).stem.replace("_", " ")
    return single_line(audio.info.title or name, MAX_TITLE_LENGTH)
