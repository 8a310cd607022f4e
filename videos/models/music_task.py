"""Music tasks: orders of music, of a vendor or uploaded here, each with its tracks."""

import uuid
from typing import ClassVar, Self

from django.db import models
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from videos import clock
from videos.models.user import OwnedQuerySet, User
from videos.models.work import Work, WorkQuerySet
from videos.statuses import MusicStatus

MAX_FETCHED_AT_ONCE = 2  # songs of one person


def new_task_id() -> str:
    """Return an id of the form that vendors give: 32 hexadecimal digits."""
    return uuid.uuid4().hex


class MusicTaskQuerySet(OwnedQuerySet["MusicTask"], WorkQuerySet["MusicTask"]):  # type: ignore[override]
    """Music tasks by owner, and those whose audio is to be fetched."""

    def fetchable(self) -> Self:
        """Return the due tasks of people for whom fewer than the limit are being fetched.

        People for whom the fewest are being fetched come first, then who waits longest.
        """
        being_fetched = self.filter(crashed_claims__gt=0, due_at__gt=clock.now()).order_by()
        of_owner = being_fetched.filter(owner=OuterRef("owner")).values("owner")
        counts = of_owner.annotate(count=Count("pk")).values("count")
        fetchable = self.due().annotate(being_fetched=Coalesce(Subquery(counts), 0))
        return fetchable.filter(being_fetched__lt=MAX_FETCHED_AT_ONCE).order_by(
            "being_fetched", "due_at", "pk"
        )

    def end_turn(self, owner_id: int) -> None:
        """Let the due tasks of a person wait behind those of all others, in their order."""
        self.due().filter(owner=owner_id).order_by().update(due_at=clock.now())


class MusicTask(Work):
    """One order of music; an upload is a task that succeeded at once.

    It is due only while the audio of a song is to be fetched from an address.
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
    polled_at = models.DateTimeField(
        _("polled"),
        null=True,
        blank=True,
        db_column="asked_at",
        help_text=_("When its vendor was last asked."),
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
        indexes = (
            models.Index(fields=("-created_at", "-id"), name="music_task_created"),
            # Also for the beginning of an id
            models.Index(
                fields=("task_id",), opclasses=("varchar_pattern_ops",), name="music_task_id"
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("owner", "provider", "task_id"), name="one_music_task_per_owner"
            ),
        )

    def __str__(self) -> str:
        return self.task_id

    @property
    def is_uploaded(self) -> bool:
        """Whether the song was uploaded here instead of being made by a vendor."""
        return self.operation_type == self.Operation.UPLOAD

    @property
    def is_final(self) -> bool:
        """Whether its status will not change any more."""
        return MusicStatus(self.status).is_final

    def mark_fetched(self) -> bool:
        """Record that the audio of its song is here."""
        return self.write(
            status=MusicStatus.SUCCESS, due_at=None, crashed_claims=0, error_message=""
        )

    def mark_fetch_failed(self, message: str) -> bool:
        """Record that the address has no audio, and why, in a sentence."""
        return self.write(
            status=MusicStatus.GENERATE_AUDIO_FAILED,
            due_at=None,
            crashed_claims=0,
            error_message=message[:500],
        )
