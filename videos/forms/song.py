"""Bringing a song, and correcting what is known of it."""

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
from videos.forms.fields import LineField, one_line
from videos.forms.files import AudioField, CoverField, LyricsField, Sound
from videos.models import MusicTask, Track, User
from videos.models.song import AUDIO_SUFFIXES
from videos.statuses import MusicStatus

LONGEST_TITLE = 200  # characters
LONGEST_TAGS = 1000
MOST_OFFSET = 60_000  # milliseconds


class LyricsTextField(forms.CharField):
    """Lyrics as somebody types them."""

    widget = forms.Textarea(attrs={"rows": 12, "spellcheck": "false", "dir": "auto"})

    def clean(self, value: object) -> str:
        """Return the text with plain line ends; raises ``ValidationError`` if it is too long."""
        text = str(super().clean(value)).replace("\r\n", "\n").replace("\r", "\n")
        if len(text.encode()) > settings.MAX_LYRICS_BYTES:
            raise ValidationError(_("These lyrics are too long for any song."))
        return text


class SongUploadForm(forms.Form):
    """A song from somebody's own files."""

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
        max_length=LONGEST_TITLE,
        required=False,
        help_text=_("Left empty, it is taken from the file."),
    )
    tags = LineField(
        label=_("Tags"),
        max_length=LONGEST_TAGS,
        required=False,
        help_text=_("Style and mood, separated by commas."),
    )

    def save(self, owner: User) -> Track:
        """Keep the song for ``owner`` as a music task that succeeded at once.

        Raises ``QuotaReached``.
        """
        given = self.cleaned_data
        sound: Sound = given["audio"]
        info = sound.info
        title = given["title"] or _title_of(sound)
        size = int(sound.file.size or 0) + (given["cover"].size if given["cover"] else 0)
        pipeline.check_storage(owner, size)
        sound.file.name = f"song{AUDIO_SUFFIXES[info.container.partition(',')[0]]}"
        with transaction.atomic():
            task = MusicTask.objects.create(owner=owner, status=MusicStatus.SUCCESS)
            return Track.objects.create(
                music_task=task,
                title=title,
                tags=given["tags"],
                lyrics=given["lyrics_file"] or given["lyrics"],
                audio=sound.file,
                cover=given["cover"] or "",
                duration=info.duration,
                channels=info.channels,
                sample_rate=info.sample_rate,
                loudness=info.loudness,
                size=size,
                audio_digest=info.digest,
            )


class SongEditForm(forms.ModelForm):  # type: ignore[type-arg]  # generic for mypy only
    """What is known of a song, apart from its sound."""

    title = LineField(label=_("Title"), max_length=LONGEST_TITLE, required=False)
    tags = LineField(label=_("Tags"), max_length=LONGEST_TAGS, required=False)
    lyrics = LyricsTextField(label=_("Lyrics"), required=False)
    lyrics_offset = forms.IntegerField(
        label=_("Lyrics offset"),
        min_value=-MOST_OFFSET,
        max_value=MOST_OFFSET,
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
        if not instance.words:
            del self.fields["use_aligned_words"]

    def clean_cover(self) -> object:
        """Return the cover; raises ``ValidationError`` where there is no room for a new one."""
        cover = self.cleaned_data["cover"]
        if "cover" in self.changed_data:
            try:
                pipeline.check_storage(self.instance.music_task.owner, cover.size)
            except pipeline.QuotaReached as error:
                raise ValidationError(str(error)) from error
        return cover

    def save(self, commit: bool = True) -> Track:
        """Write what changed; a replaced cover goes once the new one is written."""
        track: Track = self.instance
        before = self.initial["cover"]
        with transaction.atomic():
            track.save(update_fields=self.changed_data)
            if "cover" in self.changed_data:
                more = self.cleaned_data["cover"].size - _size_of(before)
                mine = Track.objects.filter(pk=track.pk)
                mine.update(size=Greatest(F("size") + more, 0))
                if before:
                    transaction.on_commit(partial(default_storage.delete, str(before.name)))
        return track


def _size_of(file: FieldFile | None) -> int:
    """Return the bytes of a file of ours, 0 where there is none any more."""
    try:
        return int(file.size) if file else 0
    except (OSError, ValueError):
        return 0


def _title_of(sound: Sound) -> str:
    """Return the title in the file's tags, or what its name says; the name is never a path."""
    name = PurePosixPath(str(sound.file.name)).stem.replace("_", " ")
    return one_line(sound.info.title or name)[:LONGEST_TITLE]
