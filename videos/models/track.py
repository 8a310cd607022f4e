"""Tracks: the songs of music tasks, with their media where we have them."""

import re
import uuid
from datetime import timedelta
from pathlib import PurePosixPath
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from videos import clock
from videos.models.file_column import file_column
from videos.models.music_task import MusicTask
from videos.models.user import OwnedQuerySet
from videos.render.text import single_line

PICTURES_VERSION = 1  # of the small pictures of films and covers; a higher one has all made again
WORD_TIMES_TIMEOUT = timedelta(minutes=2)  # after which a request for word times is over
MAX_AUTHOR_LENGTH = 50  # characters, as the vendors' API allows

# The suffix of a sound file by FFmpeg's name of its container
AUDIO_SUFFIXES = {
    "mp3": ".mp3",
    "wav": ".wav",
    "flac": ".flac",
    "ogg": ".ogg",
    "mov": ".m4a",
    "aac": ".aac",
    "aiff": ".aiff",
    "matroska": ".webm",
}

# As in "made with suno; created=…; id=…"
_SUNO_ID = re.compile(r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b", re.IGNORECASE)

_SUFFIXES = {*AUDIO_SUFFIXES.values(), ".jpg"}


def new_audio_id() -> str:
    """Return an id of the form that vendors give a track: a UUID with dashes."""
    return str(uuid.uuid4())


def media_path(track: "Track", filename: str) -> str:
    """Return where a track's file is stored: a random name, never one that a person chose."""
    suffix = PurePosixPath(filename).suffix.lower()
    return f"songs/{uuid.uuid4().hex}{suffix if suffix in _SUFFIXES else '.bin'}"


class TrackQuerySet(OwnedQuerySet["Track"]):
    """Tracks of one owner or many."""

    owner_field = "music_task__owner"

    def with_sound(self) -> Self:
        """Return those that can be played, from here or from their vendor."""
        return self.exclude(audio="", audio_url="")

    def without_pictures(self) -> Self:
        """Return those whose cover is here and has no thumbnail yet."""
        return self.exclude(cover="").filter(pictures_version__lt=PICTURES_VERSION)

    def published(self) -> Self:
        """Return those whose address, as programs learnt it, works: of active people."""
        return self.filter(music_task__owner__is_active=True)


class Track(models.Model):
    """One song of a music task, with its media where we have them."""

    music_task = models.ForeignKey(
        MusicTask, models.CASCADE, related_name="tracks", verbose_name=_("music task")
    )
    audio_id = models.CharField(_("audio id"), max_length=100, default=new_audio_id, db_index=True)
    title = models.CharField(_("title"), max_length=200, blank=True)
    artist = models.CharField(
        _("artist"), max_length=200, blank=True, help_text=_("Several are separated by commas.")
    )
    tags = models.CharField(_("tags"), max_length=1000, blank=True)
    language = models.CharField(_("language"), max_length=50, blank=True)
    comment = models.CharField(
        _("comment"),
        max_length=300,
        blank=True,
        help_text=_("What the file says of where the song comes from."),
    )
    model_name = models.CharField(_("model"), max_length=50, blank=True)
    lyrics = models.TextField(
        _("lyrics"), blank=True, help_text=_("LRC, WebVTT, SRT or plain text.")
    )
    lyrics_offset = models.IntegerField(
        _("lyrics offset"), default=0, help_text=_("Milliseconds; positive shows lines later.")
    )
    audio = models.FileField(_("audio"), upload_to=media_path, max_length=200, blank=True)
    cover = models.FileField(_("cover"), upload_to=media_path, max_length=200, blank=True)
    thumbnail = file_column(_("thumbnail"))  # the cover, 320 pixels wide, for lists
    pictures_version = models.PositiveSmallIntegerField(
        _("version of the pictures"), default=0, db_default=0, editable=False
    )
    audio_url = models.URLField(_("vendor's audio"), max_length=2000, blank=True)
    image_url = models.URLField(_("vendor's cover"), max_length=2000, blank=True)
    duration = models.FloatField(_("duration"), null=True, blank=True, help_text=_("Seconds."))
    channels = models.PositiveSmallIntegerField(_("channels"), null=True, blank=True)
    sample_rate = models.PositiveIntegerField(
        _("sample rate"), null=True, blank=True, help_text=_("Hz.")
    )
    loudness = models.FloatField(
        _("loudness"),
        null=True,
        blank=True,
        help_text=_("Integrated, in LUFS (EBU R128); empty for silence."),
    )
    declared_duration = models.FloatField(
        _("declared duration"),
        null=True,
        blank=True,
        help_text=_("Seconds that the file should last; empty where it does not tell."),
    )
    ends_early = models.BooleanField(
        _("breaks off"), default=False, help_text=_("The file ends in the middle of its sound.")
    )
    silence = models.FloatField(
        _("silence for gaps"),
        default=0.0,
        help_text=_("Seconds within the sound that are missing or damaged."),
    )
    audio_digest = models.CharField(
        _("audio's digest"),
        max_length=32,
        blank=True,
        editable=False,
        help_text=_("The key of its analysis in the cache."),
    )
    aligned_words = models.JSONField(
        _("word times"),
        null=True,
        blank=True,
        db_column="words",
        help_text=_("The vendor's aligned words."),
    )
    aligned_words_requested_at = models.DateTimeField(
        _("word times requested"), null=True, blank=True, db_column="words_asked_at"
    )
    use_aligned_words = models.BooleanField(
        _("sing by the word times"),
        default=True,
        db_column="use_words",
        help_text=_("Otherwise by the lyrics as they are written here."),
    )
    lyrics_version = models.PositiveIntegerField(
        _("version of the lyrics"), default=0, db_default=0, editable=False
    )
    size = models.PositiveBigIntegerField(
        _("size"), default=0, help_text=_("Bytes of its files here.")
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    objects: ClassVar[TrackQuerySet] = TrackQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("track")
        verbose_name_plural = _("tracks")
        ordering = ("-created_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("music_task", "audio_id"), name="one_track_per_audio_id"
            ),
        )
        indexes = (
            models.Index(fields=("-created_at", "-id"), name="track_created"),
            models.Index(Lower("title"), name="track_title"),
            models.Index(fields=("music_task", "size"), name="track_sizes"),
            models.Index(
                fields=("pictures_version",), condition=~Q(cover=""), name="track_pictures"
            ),
        )

    def __str__(self) -> str:
        return self.title or self.audio_id

    @property
    def suno_id(self) -> str:
        """Suno's id of the song, which its file's comment tells, "" where it does not."""
        match = _SUNO_ID.search(self.comment)
        return match.group().lower() if match else ""

    @property
    def suggested_author(self) -> str:
        """The author that is proposed for a video: the artist, "" where none is known."""
        return single_line(self.artist, MAX_AUTHOR_LENGTH)

    @property
    def has_sound(self) -> bool:
        """Whether it can be played: from here, or from its vendor while that stores it."""
        return bool(self.audio or self.audio_url)

    @property
    def has_cover(self) -> bool:
        """Whether there is a cover: here, or at its vendor while that stores it."""
        return bool(self.cover or self.image_url)

    @property
    def is_awaiting_words(self) -> bool:
        """Whether word times were requested a moment ago: their answer may still come."""
        requested_at = self.aligned_words_requested_at
        if self.aligned_words is not None or requested_at is None:
            return False
        return clock.now() - requested_at <= WORD_TIMES_TIMEOUT

    @property
    def may_have_paid_for_words(self) -> bool:
        """Whether the vendor may have billed a request for word times whose answer was lost."""
        is_unanswered = self.aligned_words is None and self.aligned_words_requested_at is not None
        return is_unanswered and not self.is_awaiting_words

    @property
    def active_aligned_words(self) -> list[dict[str, object]]:
        """The vendor's aligned words, if there are any and they are switched on."""
        return self.aligned_words if self.aligned_words and self.use_aligned_words else []
