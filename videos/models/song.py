"""Songs: a music task, a vendor's or an upload, and its tracks."""

import uuid
from pathlib import PurePosixPath
from typing import ClassVar, Self

from django.db import models
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from videos.models.owned import OwnedQuerySet
from videos.models.user import User
from videos.models.work import Work, WorkQuerySet
from videos.statuses import MusicStatus

AT_ONCE = 2  # songs of one person that are fetched at a time


def new_task_id() -> str:
    """Return an id of the form that vendors give: 32 hexadecimal digits."""
    return uuid.uuid4().hex


def new_audio_id() -> str:
    """Return an id of the form that vendors give a track: a UUID with dashes."""
    return str(uuid.uuid4())


AUDIO_SUFFIXES = {"mp3": ".mp3", "wav": ".wav", "flac": ".flac", "ogg": ".ogg", "mov": ".m4a"}
"""The suffix of a sound file by the name of its container, as FFmpeg calls it."""

_SUFFIXES = {*AUDIO_SUFFIXES.values(), ".jpg"}


def media_path(track: "Track", filename: str) -> str:
    """Return where a track's file is kept: a random name, never one that a person gave."""
    suffix = PurePosixPath(filename).suffix.lower()
    return f"songs/{uuid.uuid4().hex}{suffix if suffix in _SUFFIXES else '.bin'}"


class MusicTaskQuerySet(OwnedQuerySet["MusicTask"], WorkQuerySet["MusicTask"]):  # type: ignore[override]
    """Music tasks of one owner or many, and those whose sound is to be fetched."""

    def next_ones(self) -> Self:
        """Return the due ones of people for whom not enough are being fetched already."""
        being_fetched = self.filter(tries__gt=0, due_at__gt=timezone.now()).order_by()
        counted = being_fetched.values("owner").annotate(count=Count("pk"))
        return self.due().exclude(owner__in=counted.filter(count__gte=AT_ONCE).values("owner"))


class MusicTask(Work):
    """One order of music; an upload is a task that succeeded at once.

    It is due only while the sound of a song is to be fetched from the address that was given.
    """

    class Operation(models.TextChoices):
        GENERATE = "generate", _("Generated")
        EXTEND = "extend", _("Extended")
        UPLOAD_COVER = "upload_cover", _("Covered")
        UPLOAD_EXTEND = "upload_extend", _("Upload, extended")
        UPLOAD = "upload", _("Uploaded here")

    owner = models.ForeignKey(
        User, models.CASCADE, related_name="music_tasks", verbose_name=_("owner")
    )
    provider = models.CharField(_("provider"), max_length=20, default="builtin")
    task_id = models.CharField(_("task id"), max_length=100, default=new_task_id)
    operation_type = models.CharField(
        _("operation"), max_length=20, choices=Operation, default=Operation.UPLOAD
    )
    status = models.CharField(
        _("status"), max_length=30, choices=MusicStatus, default=MusicStatus.PENDING
    )
    error_message = models.CharField(_("error message"), max_length=500, blank=True)
    asked_at = models.DateTimeField(
        _("asked at"), null=True, blank=True, help_text=_("When its vendor was last asked.")
    )
    record = models.JSONField(
        _("vendor's answer"), null=True, blank=True, help_text=_("The last one, as it came.")
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    objects: ClassVar[MusicTaskQuerySet] = MusicTaskQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("music task")
        verbose_name_plural = _("music tasks")
        ordering = ("-created_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("owner", "provider", "task_id"), name="one_music_task_per_owner"
            ),
        )

    def __str__(self) -> str:
        return self.task_id

    @property
    def is_uploaded(self) -> bool:
        """Whether the song was brought here instead of being made by a vendor."""
        return self.operation_type == self.Operation.UPLOAD

    @property
    def is_final(self) -> bool:
        """Whether its vendor has nothing more to say of it."""
        return MusicStatus(self.status).is_final

    def fetched(self) -> bool:
        """Note that the sound of its song is here."""
        return self.write(status=MusicStatus.SUCCESS, due_at=None, tries=0, error_message="")

    def not_fetched(self, why: str) -> bool:
        """Note that there is no sound to be had at the address that was given, and why."""
        failed = MusicStatus.GENERATE_AUDIO_FAILED
        return self.write(status=failed, due_at=None, tries=0, error_message=why[:500])


class TrackQuerySet(OwnedQuerySet["Track"]):
    """Tracks of one owner or many."""

    owner_field = "music_task__owner"

    def with_sound(self) -> Self:
        """Return those that can be listened to, here or at their vendor."""
        return self.exclude(audio="", audio_url="")


class Track(models.Model):
    """One song of a music task, with its media where we have them."""

    music_task = models.ForeignKey(
        MusicTask, models.CASCADE, related_name="tracks", verbose_name=_("music task")
    )
    audio_id = models.CharField(_("audio id"), max_length=100, default=new_audio_id, db_index=True)
    title = models.CharField(_("title"), max_length=200, blank=True)
    tags = models.CharField(_("tags"), max_length=1000, blank=True)
    model_name = models.CharField(_("model"), max_length=50, blank=True)
    lyrics = models.TextField(
        _("lyrics"), blank=True, help_text=_("LRC, WebVTT, SRT or plain text.")
    )
    lyrics_offset = models.IntegerField(
        _("lyrics offset"), default=0, help_text=_("Milliseconds; positive shows lines later.")
    )
    audio = models.FileField(_("audio"), upload_to=media_path, max_length=200, blank=True)
    cover = models.FileField(_("cover"), upload_to=media_path, max_length=200, blank=True)
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
    audio_digest = models.CharField(
        _("audio's digest"),
        max_length=32,
        blank=True,
        editable=False,
        help_text=_("Under which what was heard in it is kept."),
    )
    words = models.JSONField(
        _("word times"), null=True, blank=True, help_text=_("The vendor's aligned words.")
    )
    words_asked_at = models.DateTimeField(_("word times asked for"), null=True, blank=True)
    use_words = models.BooleanField(
        _("sing by the word times"),
        default=True,
        help_text=_("Otherwise by the lyrics as they are written here."),
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

    def __str__(self) -> str:
        return self.title or self.audio_id

    @property
    def has_sound(self) -> bool:
        """Whether it can be listened to: here, or at its vendor while that keeps it."""
        return bool(self.audio or self.audio_url)

    @property
    def has_cover(self) -> bool:
        """Whether there is a picture: here, or at its vendor while that keeps it."""
        return bool(self.cover or self.image_url)

    @property
    def sung_words(self) -> list[dict[str, object]]:
        """Return the vendor's aligned words, where they are there and wanted."""
        return self.words if self.words and self.use_words else []
