"""Videos: what was ordered, how far it is, and the film that came of it."""

import secrets
import uuid
from datetime import timedelta
from typing import ClassVar, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models, transaction
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Length
from django.db.models.lookups import LessThanOrEqual
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from videos.models.account import User
from videos.models.event import Event
from videos.models.music import Track
from videos.models.owned import OwnedQuerySet
from videos.models.work import Work, WorkQuerySet
from videos.statuses import Stage, VideoStatus, Visibility

BUILTIN = "builtin"


def new_slug() -> str:
    """Return an unguessable name for a share page: 128 random bits."""
    return secrets.token_urlsafe(16)


class VideoQuerySet(OwnedQuerySet["Video"], WorkQuerySet["Video"]):  # type: ignore[override]
    """Videos by who may see them and by what is to be done with them."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Return what ``user`` may watch by its link: shared videos, and their own."""
        shared = Q(
            visibility__in=(Visibility.UNLISTED, Visibility.PUBLIC), status=VideoStatus.SUCCESS
        )
        return self.filter(shared | Q(owner=user)) if user.is_authenticated else self.filter(shared)

    def public(self) -> Self:
        """Return the finished videos that are for everybody."""
        return self.filter(visibility=Visibility.PUBLIC, status=VideoStatus.SUCCESS)

    def pending(self) -> Self:
        """Return the videos in the making."""
        return self.filter(status=VideoStatus.PENDING)

    def rendered_here(self) -> Self:
        """Return the videos that our own renderer makes."""
        return self.filter(provider=BUILTIN)

    def made_elsewhere(self) -> Self:
        """Return the videos that are made by vendors."""
        return self.exclude(provider=BUILTIN)

    def with_place(self) -> Self:
        """Annotate ``ahead``: how many pending videos of the same provider come before."""
        ahead = (
            Video.objects.pending()
            .filter(provider=OuterRef("provider"), queued_at__lt=OuterRef("queued_at"))
            .order_by()
            .values("status")
            .annotate(n=Count("pk"))
            .values("n")
        )
        return self.annotate(ahead=Coalesce(Subquery(ahead), 0))


class Video(Work):
    """One order of a film of one track: the row is the job, the film and the share page."""

    class Failure(models.TextChoices):
        """Why a video has no film, as far as it changes what can be done about it."""

        NONE = "", _("None")
        CANCELLED = "cancelled", _("Cancelled")
        DIED = "died", _("The workers were lost")
        MEDIA = "media", _("The song cannot be used")
        RENDER = "render", _("The renderer failed")

    class Format(models.TextChoices):
        WIDE = "16:9", _("Wide (16:9)")
        TALL = "9:16", _("Tall (9:16)")
        SQUARE = "1:1", _("Square (1:1)")

    id = models.UUIDField(_("task id"), primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(User, models.CASCADE, related_name="videos", verbose_name=_("owner"))
    track = models.ForeignKey(Track, models.PROTECT, related_name="videos", verbose_name=_("track"))
    provider = models.CharField(_("provider"), max_length=20, default=BUILTIN)
    author = models.CharField(_("author"), max_length=50, blank=True)
    domain_name = models.CharField(_("domain name"), max_length=50, blank=True)
    format = models.CharField(_("format"), max_length=5, choices=Format, default=Format.WIDE)
    form_token = models.UUIDField(_("form token"), null=True, blank=True, editable=False)

    status = models.CharField(
        _("status"), max_length=30, choices=VideoStatus, default=VideoStatus.PENDING
    )
    stage = models.CharField(_("stage"), max_length=20, choices=Stage, default=Stage.QUEUED)
    fraction = models.FloatField(_("done"), default=0, help_text=_("From 0 to 1."))
    seconds_left = models.FloatField(_("time left"), null=True, blank=True, help_text=_("Seconds."))
    failure = models.CharField(
        _("failure"), max_length=20, choices=Failure, default=Failure.NONE, blank=True
    )
    error_message = models.CharField(_("error message"), max_length=500, blank=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    queued_at = models.DateTimeField(_("queued"), default=timezone.now)
    started_at = models.DateTimeField(_("started"), null=True, blank=True)
    completed_at = models.DateTimeField(_("completed"), null=True, blank=True)

    film = models.FileField(_("film"), max_length=200, blank=True)
    poster = models.FileField(_("poster"), max_length=200, blank=True)
    width = models.PositiveSmallIntegerField(_("width"), null=True, blank=True)
    height = models.PositiveSmallIntegerField(_("height"), null=True, blank=True)
    duration = models.FloatField(_("duration"), null=True, blank=True, help_text=_("Seconds."))
    size = models.PositiveBigIntegerField(_("size"), null=True, blank=True, help_text=_("Bytes."))

    visibility = models.CharField(
        _("visibility"), max_length=10, choices=Visibility, default=Visibility.PRIVATE
    )
    slug = models.SlugField(_("slug"), max_length=32, unique=True, default=new_slug, editable=False)

    ahead: int  # only where with_place() was asked for

    objects: ClassVar[VideoQuerySet] = VideoQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("video")
        verbose_name_plural = _("videos")
        ordering = ("-created_at", "-id")
        indexes = (
            models.Index(fields=("owner", "-created_at", "-id"), name="video_library"),
            models.Index(fields=("status", "provider", "queued_at"), name="video_queue"),
        )
        constraints = (
            models.UniqueConstraint(fields=("owner", "form_token"), name="one_video_per_form"),
            models.CheckConstraint(
                condition=LessThanOrEqual(Length("author"), 50), name="author_fits"
            ),
            models.CheckConstraint(
                condition=LessThanOrEqual(Length("domain_name"), 50), name="domain_name_fits"
            ),
        )

    def __str__(self) -> str:
        return f"{self.track} ({self.get_format_display()})"

    def get_absolute_url(self) -> str:
        """Return the page on which the owner watches and manages the video."""
        return reverse("videos:video", args=[self.pk])

    @property
    def title(self) -> str:
        """Return what people know the video by."""
        return self.track.title or str(_("Untitled"))

    @property
    def is_final(self) -> bool:
        """Whether nothing more happens by itself."""
        return VideoStatus(self.status).is_final

    @property
    def is_ready(self) -> bool:
        """Whether there is a film to watch."""
        return self.status == VideoStatus.SUCCESS

    @property
    def is_waiting(self) -> bool:
        """Whether the video waits for its turn."""
        return not self.is_final and self.stage == Stage.QUEUED

    @property
    def percent(self) -> int:
        """Return how much is done, in whole percent; 100 only when the film is there."""
        return 100 if self.is_ready else min(99, int(self.fraction * 100))

    def log(self, kind: Event.Kind, detail: str = "") -> None:
        """Add a line to the video's history."""
        self.events.create(kind=kind, detail=detail)

    def started(self) -> bool:
        """Note that a claim begins to work on the video."""
        with transaction.atomic():
            if not self.renew(stage=Stage.READING, fraction=0, started_at=timezone.now()):
                return False
            self.log(Event.Kind.DIED if self.tries > 1 else Event.Kind.STARTED)
        return True

    def progressed(self, stage: Stage, fraction: float, seconds_left: float | None) -> bool:
        """Note how far the claim is; False where the row has gone to somebody else."""
        return self.renew(stage=stage, fraction=fraction, seconds_left=seconds_left)

    def paused(self) -> bool:
        """Put the video back in its queue because its worker was asked to stop."""
        with transaction.atomic():
            if not self.release(timedelta(), stage=Stage.QUEUED, fraction=0, seconds_left=None):
                return False
            self.log(Event.Kind.PAUSED)
        return True

    def finished(self, **film: object) -> bool:
        """Note that the film is there: ``film`` holds its file fields, size and duration."""
        with transaction.atomic():
            if not self._end(VideoStatus.SUCCESS, fraction=1, error_message="", **film):
                return False
            self.log(Event.Kind.FINISHED)
        return True

    def failed(self, failure: Failure, message: str) -> bool:
        """Note that no film will come of this order, and why, in a sentence."""
        with transaction.atomic():
            if not self._end(
                VideoStatus.GENERATE_MP4_FAILED, failure=failure, error_message=message[:500]
            ):
                return False
            self.log(Event.Kind.FAILED, message[:500])
        return True

    def cancel(self) -> bool:
        """Stop what is in the making, whoever works on it; False where it was final already."""
        with transaction.atomic():
            cancelled = (
                Video.objects.pending()
                .filter(pk=self.pk)
                .update(
                    status=VideoStatus.GENERATE_MP4_FAILED,
                    failure=self.Failure.CANCELLED,
                    attempt=F("attempt") + 1,
                    due_at=None,
                    seconds_left=None,
                    completed_at=timezone.now(),
                )
            )
            if cancelled:
                self.log(Event.Kind.CANCELLED)
        return bool(cancelled)

    def retry(self) -> bool:
        """Order a failed or cancelled video again; False where there is nothing to mend."""
        now = timezone.now()
        failures = (VideoStatus.CREATE_TASK_FAILED, VideoStatus.GENERATE_MP4_FAILED)
        with transaction.atomic():
            retried = Video.objects.filter(pk=self.pk, status__in=failures).update(
                status=VideoStatus.PENDING,
                stage=Stage.QUEUED,
                fraction=0,
                failure=self.Failure.NONE,
                error_message="",
                attempt=F("attempt") + 1,
                tries=0,
                due_at=now,
                queued_at=now,
                started_at=None,
                completed_at=None,
            )
            if retried:
                self.log(Event.Kind.RETRIED)
        return bool(retried)

    def _end(self, status: VideoStatus, **fields: object) -> bool:
        return self.write(
            status=status,
            due_at=None,
            tries=0,
            seconds_left=None,
            completed_at=timezone.now(),
            **fields,
        )
