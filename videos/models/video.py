"""Videos: what was ordered, how far it is, and the film that came of it."""

import secrets
import uuid
from datetime import timedelta
from typing import ClassVar

from django.db import models, transaction
from django.db.models import F, Q
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from videos.models.event import Event
from videos.models.song import Track
from videos.models.styled import Styled
from videos.models.user import User
from videos.models.vendor_task import BUILTIN, Trouble, VendorTask, forgotten
from videos.models.video_queryset import VideoQuerySet
from videos.statuses import Stage, VideoStatus, Visibility


def new_slug() -> str:
    """Return an unguessable name for a share page: 128 random bits."""
    return secrets.token_urlsafe(16)


class Video(Styled, VendorTask):
    """One order of a film of one track: the row is the job, the film and the share page."""

    class Failure(models.TextChoices):
        """Why a video has no film, as far as it changes what can be done about it."""

        NONE = "", _("None")
        CANCELLED = "cancelled", _("Cancelled")
        DIED = "died", _("The workers were lost")
        MEDIA = "media", _("The song cannot be used")
        RENDER = "render", _("The renderer failed")
        VENDOR = "vendor", _("The vendor failed")
        REFUSED = "refused", _("The vendor refused the order")
        CREDITS = "credits", _("The vendor's credits are used up")
        ACCOUNT = "account", _("The vendor refuses our account")
        EXISTS = "exists", _("The vendor has it already, under an id it does not tell")
        STORAGE = "storage", _("The storage of this site failed")
        UNKNOWN = "unknown", _("Nobody knows whether the vendor took the order")
        DEADLINE = "deadline", _("The vendor took too long")
        LOST = "lost", _("The vendor deleted the film")

    id = models.UUIDField(_("task id"), primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(User, models.CASCADE, related_name="videos", verbose_name=_("owner"))
    track = models.ForeignKey(Track, models.PROTECT, related_name="videos", verbose_name=_("track"))
    author = models.CharField(_("author"), max_length=50, blank=True)
    domain_name = models.CharField(_("domain name"), max_length=50, blank=True)
    form_token = models.UUIDField(_("form token"), null=True, blank=True, editable=False)

    order_key = models.CharField(
        _("order key"),
        max_length=64,
        blank=True,
        editable=False,
        help_text=_("The same for a program's orders that want the same film."),
    )

    failure = models.CharField(
        _("failure"), max_length=20, choices=Failure, default=Failure.NONE, blank=True
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    film = models.FileField(_("film"), max_length=200, blank=True)
    poster = models.FileField(_("poster"), max_length=200, blank=True)
    width = models.PositiveSmallIntegerField(_("width"), null=True, blank=True)
    height = models.PositiveSmallIntegerField(_("height"), null=True, blank=True)
    duration = models.FloatField(_("duration"), null=True, blank=True, help_text=_("Seconds."))
    size = models.PositiveBigIntegerField(_("size"), null=True, blank=True, help_text=_("Bytes."))
    loudness = models.FloatField(
        _("loudness"), null=True, blank=True, help_text=_("Of the film, in LUFS (EBU R128).")
    )

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
            models.Index(fields=("status", "provider", "turn_at"), name="video_queue"),
        )
        constraints = (
            models.UniqueConstraint(fields=("owner", "form_token"), name="one_video_per_form"),
            models.UniqueConstraint(
                fields=("owner", "track", "provider"),
                condition=Q(status__in=("PENDING", "SUCCESS")) & ~Q(provider="builtin"),
                name="one_video_per_vendor",
            ),
            models.UniqueConstraint(
                fields=("owner", "order_key"),
                condition=Q(status__in=("PENDING", "SUCCESS")) & ~Q(order_key=""),
                name="one_video_per_order",
            ),
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
    def awaits_copy(self) -> bool:
        """Whether only the vendor has the film: we are still copying it."""
        return self.is_ready and not self.film

    @property
    def is_at_large(self) -> bool:
        """Whether its vendor may have made it, under an id that only its owner can find there."""
        at_large = {self.Failure.EXISTS, self.Failure.UNKNOWN}
        return not self.is_rendered_here and self.failure in at_large

    @property
    def moves(self) -> bool:
        """Whether something more may happen by itself."""
        return not self.is_final or self.awaits_copy

    @property
    def is_rendered_here(self) -> bool:
        """Whether our own renderer makes it, not a vendor."""
        return self.provider == BUILTIN

    @property
    def is_waiting(self) -> bool:
        """Whether the video waits for its turn."""
        return not self.is_final and self.stage == Stage.QUEUED

    @property
    def percent(self) -> int:
        """Return how much is done, in whole percent; 100 only when the film is there."""
        return 100 if self.is_ready else min(99, int(self.fraction * 100))

    def started(self) -> bool:
        """Note that a claim begins to work on the video."""
        with transaction.atomic():
            if not self.renew(
                stage=Stage.READING, fraction=0, started_at=timezone.now(), trouble=Trouble.NONE
            ):
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
            self.announce(VideoStatus.SUCCESS)
        return True

    def failed(self, failure: Failure, message: str) -> bool:
        """Note that no film will come of this order, and why, in a sentence."""
        with transaction.atomic():
            if not self._end(
                VideoStatus.GENERATE_MP4_FAILED, failure=failure, error_message=message[:500]
            ):
                return False
            self.log(Event.Kind.FAILED, message[:500])
            self.announce(VideoStatus.GENERATE_MP4_FAILED)
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
                self.announce(VideoStatus.GENERATE_MP4_FAILED)
        return bool(cancelled)

    def retry(self, provider: str = "", task_id: str = "") -> bool:
        """Order a failed or cancelled video again, with another ``provider`` if one is named.

        With ``task_id`` it is that vendor's task which is followed. False where there is nothing
        to mend. What a vendor has taken and not refused is followed further: it makes a song's
        video once and would take the same order for a repeat.
        """
        self.refresh_from_db()
        now = timezone.now()
        switched = bool(provider) and provider != self.provider
        fields: dict[str, object] = {"provider": provider or self.provider}
        if task_id or (self._is_followed and not switched):
            task_id = task_id or self.vendor_task_id
            fields |= forgotten() | {"vendor_task_id": task_id, "submitted_at": now}
        else:
            fields |= forgotten()
        with transaction.atomic():
            again = Video.objects.mendable().filter(pk=self.pk, attempt=self.attempt)
            retried = again.update(
                status=VideoStatus.PENDING,
                stage=Stage.WAITING if task_id else Stage.QUEUED,
                fraction=0,
                seconds_left=None,
                failure=self.Failure.NONE,
                error_message="",
                attempt=F("attempt") + 1,
                tries=0,
                due_at=now,
                queued_at=now,
                turn_at=Video.objects.next_turn(self.owner, str(fields["provider"])),
                started_at=None,
                completed_at=None,
                **fields,
            )
            if retried:
                self.log(Event.Kind.SWITCHED if switched else Event.Kind.RETRIED, provider)
        return bool(retried)

    @property
    def _is_followed(self) -> bool:
        """Whether the vendor may still make, or have made, what it has taken."""
        over = {self.Failure.VENDOR, self.Failure.REFUSED, self.Failure.LOST}
        return self.is_at_vendor and self.failure not in over

    def _end(self, status: VideoStatus, **fields: object) -> bool:
        return self.write(
            status=status,
            due_at=None,
            tries=0,
            seconds_left=None,
            completed_at=timezone.now(),
            **fields,
        )
