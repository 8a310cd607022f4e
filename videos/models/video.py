"""Videos: the order, how far it is, and the film: its states and transitions."""

import uuid
from datetime import datetime, timedelta
from typing import ClassVar

from django.db import IntegrityError, models, transaction
from django.db.models import F, Q
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from videos import clock
from videos.models.asset import asset_column
from videos.models.event import Event
from videos.models.file_column import file_column
from videos.models.film_style import FilmStyle
from videos.models.shared_film import SHARING_COLUMNS, SharedFilm, new_slug
from videos.models.track import Track
from videos.models.user import User
from videos.models.vendor_task import VendorTask, cleared_vendor_columns
from videos.models.video_queryset import TRASH_TIME, LiveVideoManager, VideoQuerySet
from videos.statuses import DelayReason, Failure, Stage, VideoStatus, Visibility
from videos.vendors import BUILTIN


class Video(FilmStyle, SharedFilm, VendorTask):
    """One order of a film of one track: the row is the job, the film and the share page."""

    id = models.UUIDField(_("task id"), primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(User, models.CASCADE, related_name="videos", verbose_name=_("owner"))
    track = models.ForeignKey(Track, models.PROTECT, related_name="videos", verbose_name=_("track"))
    author = models.CharField(_("author"), max_length=50, blank=True)
    domain_name = models.CharField(_("domain name"), max_length=50, blank=True)
    clip = models.CharField(
        _("clip"),
        max_length=40,
        blank=True,
        default="",
        db_default="",
        help_text=_("Seconds of the hook, or times of the song; empty for all of it."),
    )
    backdrop = models.CharField(
        _("backdrop"),
        max_length=500,
        blank=True,
        default="",
        db_default="",
        help_text=_("Ids of the pictures or of the looping video, in their order."),
    )
    logo = asset_column(_("logo"))
    translation = asset_column(_("translation"))  # the words below the lines
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
    preview_picture = file_column(_("preview picture"))  # 1200 × 630 pixels, for links
    small_poster = file_column(_("small poster"))  # what pages show until the film plays
    thumbnail = file_column(_("thumbnail"))  # 320 pixels wide, for lists
    teaser = file_column(_("teaser"))  # a silent piece of a film that chats do not play
    pictures_version = models.PositiveSmallIntegerField(
        _("version of the pictures"), default=0, db_default=0, editable=False
    )
    width = models.PositiveSmallIntegerField(_("width"), null=True, blank=True)
    height = models.PositiveSmallIntegerField(_("height"), null=True, blank=True)
    duration = models.FloatField(_("duration"), null=True, blank=True, help_text=_("Seconds."))
    size = models.PositiveBigIntegerField(_("size"), null=True, blank=True, help_text=_("Bytes."))
    loudness = models.FloatField(
        _("loudness"), null=True, blank=True, help_text=_("Of the film, in LUFS (EBU R128).")
    )

    clip_start = models.FloatField(
        _("start of the clip"),
        null=True,
        blank=True,
        help_text=_("Seconds of the song; empty where the film shows all of it."),
    )
    lyrics_version = models.PositiveIntegerField(
        _("version of the lyrics"), default=0, db_default=0, editable=False
    )
    replaces = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="replacements",
        verbose_name=_("replaces"),
        help_text=_("The film whose address this one takes over once it is there."),
    )

    deleted_at = models.DateTimeField(
        _("deleted"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("Since then it is in the trash, and nobody may watch it."),
    )
    videos_ahead: int  # only after with_queue_position()
    has_more_by_author: bool  # only after with_more_by_author()
    has_other_shapes: bool  # only after with_other_shapes()
    session_data: str  # only of a poll

    objects: ClassVar["VideoQuerySet[Video]"] = LiveVideoManager()  # type: ignore[assignment]
    with_trash: ClassVar["VideoQuerySet[Video]"] = VideoQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("video")
        verbose_name_plural = _("videos")
        ordering = ("-created_at", "-id")
        indexes = (
            models.Index(fields=("owner", "-created_at", "-id"), name="video_library"),
            models.Index(fields=("-created_at", "-id"), name="video_created"),
            # Lists of one status
            models.Index(
                fields=("status", "-created_at", "-id"),
                condition=Q(deleted_at__isnull=True),
                name="video_statuses",
            ),
            models.Index(
                fields=("owner", "status", "-created_at", "-id"),
                condition=Q(deleted_at__isnull=True),
                name="video_owner_statuses",
            ),
            models.Index(
                fields=("failure", "-created_at", "-id"),
                condition=Q(deleted_at__isnull=True),
                name="video_failures",
            ),
            models.Index(fields=("owner", "track", "-created_at", "-id"), name="video_stack"),
            models.Index(fields=("status", "provider", "queue_position_at"), name="video_queue"),
            models.Index(
                fields=("visibility", "status", "-completed_at", "-id"), name="video_public"
            ),
            models.Index(
                fields=("owner", "visibility", "-completed_at", "-id"), name="video_author"
            ),
            models.Index(fields=("owner", "visibility", "deleted_at", "size"), name="video_sizes"),
            models.Index(
                fields=("owner", "-deleted_at"),
                condition=Q(deleted_at__isnull=False),
                name="video_trash",
            ),
            # For operators: what ended today, and which films only a vendor has
            models.Index(fields=("completed_at",), name="video_completed"),
            models.Index(
                fields=("expires_at",),
                condition=Q(status="SUCCESS", film=""),
                name="video_at_risk",
            ),
            models.Index(
                fields=("pictures_version",),
                condition=Q(status="SUCCESS") & ~Q(film=""),
                name="video_pictures",
            ),
        )
        constraints = (
            models.UniqueConstraint(fields=("owner", "form_token"), name="one_video_per_form"),
            models.UniqueConstraint(
                fields=("owner", "track", "provider"),
                condition=Q(status__in=("PENDING", "SUCCESS"), deleted_at=None)
                & ~Q(provider="builtin"),
                name="one_video_per_vendor",
            ),
            models.UniqueConstraint(
                fields=("owner", "order_key"),
                condition=Q(status__in=("PENDING", "SUCCESS"), deleted_at=None) & ~Q(order_key=""),
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
        """The title of its song."""
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
    def is_awaiting_copy(self) -> bool:
        """Whether only the vendor has the film, which we are still copying."""
        return self.is_ready and not self.film

    @property
    def may_exist_at_vendor(self) -> bool:
        """Whether its vendor may have made it, under an id that only its owner can find there."""
        return not self.is_rendered_here and self.failure in {Failure.EXISTS, Failure.UNKNOWN}

    @property
    def has_older_words(self) -> bool:
        """Whether the film shows words of its song as they were before they were changed."""
        is_made_here = self.is_rendered_here and self.is_ready
        return is_made_here and self.lyrics_version < self.track.lyrics_version

    @property
    def is_in_progress(self) -> bool:
        """Whether something more may happen by itself."""
        return not self.is_final or self.is_awaiting_copy

    @property
    def is_rendered_here(self) -> bool:
        """Whether our own renderer makes it, not a vendor."""
        return self.provider == BUILTIN

    @property
    def is_waiting(self) -> bool:
        """Whether the video waits in its queue."""
        return not self.is_final and self.stage == Stage.QUEUED

    @property
    def percent(self) -> int:
        """How much is done, in whole percent; 100 only when the film is there."""
        return 100 if self.is_ready else min(99, int(self.fraction * 100))

    @property
    def purged_at(self) -> datetime | None:
        """When it is deleted for good; None unless it is in the trash."""
        return self.deleted_at + TRASH_TIME if self.deleted_at else None

    def move_to_trash(self, moment: datetime | None = None) -> bool:
        """Put a film that is here into the trash; False for a video without one."""
        rows = Video.objects.with_stored_film().filter(pk=self.pk)
        return bool(rows.update(deleted_at=moment or clock.now()))

    def restore(self) -> bool:
        """Take the video out of the trash; False where another film answers its order now."""
        try:
            with transaction.atomic():
                return bool(Video.with_trash.trashed().filter(pk=self.pk).update(deleted_at=None))
        except IntegrityError:
            return False

    def mark_started(self) -> bool:
        """Record that a claim begins to render the video."""
        with transaction.atomic():
            if not self.renew(
                stage=Stage.READING,
                fraction=0,
                started_at=clock.now(),
                delay_reason=DelayReason.NONE,
            ):
                return False
            self.log_event(
                Event.Kind.WORKER_LOST if self.crashed_claims > 1 else Event.Kind.STARTED
            )
        return True

    def record_progress(self, stage: Stage, fraction: float, seconds_left: float | None) -> bool:
        """Record how far the film is and renew the lease; False where the claim is lost."""
        return self.renew(stage=stage, fraction=fraction, seconds_left=seconds_left)

    def mark_paused(self) -> bool:
        """Put the video back into its queue because its worker was told to stop."""
        with transaction.atomic():
            if not self.release(timedelta(), stage=Stage.QUEUED, fraction=0, seconds_left=None):
                return False
            self.log_event(Event.Kind.PAUSED)
        return True

    def mark_finished(self, **film: object) -> bool:
        """Record that the film is there: ``film`` holds its file fields, size and duration."""
        with transaction.atomic():
            if not self._finalise(VideoStatus.SUCCESS, fraction=1, error_message="", **film):
                return False
            self._take_over_address()
            self.log_event(Event.Kind.FINISHED, film_seconds=self.duration)
            self.enqueue_webhook(VideoStatus.SUCCESS)
        return True

    def mark_failed(self, failure: Failure, message: str) -> bool:
        """Record that no film will come of this order, and why, in a sentence."""
        with transaction.atomic():
            if not self._finalise(
                VideoStatus.GENERATE_MP4_FAILED, failure=failure, error_message=message[:500]
            ):
                return False
            self.log_event(Event.Kind.FAILED, message[:500], failure=failure)
            self.enqueue_webhook(VideoStatus.GENERATE_MP4_FAILED)
        return True

    def cancel(self) -> bool:
        """Cancel a video in the making, whoever holds it; False where it was final already."""
        with transaction.atomic():
            cancelled = (
                Video.objects.pending()
                .filter(pk=self.pk)
                .update(
                    status=VideoStatus.GENERATE_MP4_FAILED,
                    failure=Failure.CANCELLED,
                    fencing_token=F("fencing_token") + 1,
                    due_at=None,
                    seconds_left=None,
                    completed_at=clock.now(),
                )
            )
            if cancelled:
                self.log_event(Event.Kind.CANCELLED)
                self.enqueue_webhook(VideoStatus.GENERATE_MP4_FAILED)
        return bool(cancelled)

    def retry(self, provider: str = "", task_id: str = "") -> bool:
        """Order a failed or cancelled video again, with another ``provider`` if one is named.

        With ``task_id`` that task of the vendor is polled. False where there is nothing to retry.
        A task that the vendor took and did not refuse is polled further, also after other
        providers were tried: the vendor would refuse the same order as a repeat, or bill it again.
        """
        now = clock.now()
        with transaction.atomic():
            self.lock()
            switched = bool(provider) and provider != self.provider
            fields = self._fields_of_retry(provider or self.provider, task_id)
            retryable = Video.objects.retryable().filter(
                pk=self.pk, fencing_token=self.fencing_token
            )
            retried = retryable.update(
                status=VideoStatus.PENDING,
                stage=Stage.WAITING if fields["vendor_task_id"] else Stage.QUEUED,
                fraction=0,
                seconds_left=None,
                failure=Failure.NONE,
                error_message="",
                fencing_token=F("fencing_token") + 1,
                crashed_claims=0,
                due_at=now,
                queued_at=now,
                queue_position_at=Video.objects.next_queue_position(
                    self.owner, provider or self.provider
                ),
                started_at=None,
                completed_at=None,
                **fields,
            )
            if retried:
                self.log_event(Event.Kind.SWITCHED if switched else Event.Kind.RETRIED, provider)
        return bool(retried)

    def _fields_of_retry(self, provider: str, task_id: str) -> dict[str, object]:
        """Return the columns of the order at ``provider``: that of before, where there may be one.

        An order that may have been taken counts as unconfirmed: whether it is sent again depends
        on the vendor (``videos.pipeline.submission``).
        """
        orders, unconfirmed = dict(self.former_orders), 0
        if provider != self.provider:
            if self._may_be_ordered_at_vendor:
                orders[self.provider] = self.vendor_task_id
            former_id = orders.pop(provider, None)
            unconfirmed = int(former_id == "" and not task_id)
            task_id = task_id or former_id or ""
        elif self._may_succeed_at_vendor:
            task_id = task_id or self.vendor_task_id
        elif self.failure == Failure.CANCELLED and not task_id:
            # An order that was on its way when it was cancelled may have been taken
            unconfirmed = self.unconfirmed_submissions
        return cleared_vendor_columns() | {
            "provider": provider,
            "former_orders": orders,
            "vendor_task_id": task_id,
            "submitted_at": clock.now() if task_id else None,
            "unconfirmed_submissions": unconfirmed,
        }

    @property
    def _may_be_ordered_at_vendor(self) -> bool:
        """Whether its vendor may have an order of it that did not fail."""
        on_its_way = self.failure == Failure.CANCELLED and self.unconfirmed_submissions > 0
        return self._may_succeed_at_vendor or self.may_exist_at_vendor or on_its_way

    @property
    def _may_succeed_at_vendor(self) -> bool:
        """Whether the vendor may still make, or have made, what it has taken."""
        over = {Failure.VENDOR, Failure.REFUSED, Failure.LOST}
        # Credits may also have run out after the order: then no record tells of a failed task
        has_failed = self.failure == Failure.CREDITS and self.vendor_record is not None
        return self.is_at_vendor and self.failure not in over and not has_failed

    def _take_over_address(self) -> None:
        """Take the address of the film that this one replaces, with all that its owner decided."""
        if self.replaces_id is None:
            return
        old = Video.objects.filter(pk=self.replaces_id, owner=self.owner_id).first()
        if old is None:  # it was deleted meanwhile
            return
        shared = {name: getattr(old, name) for name in SHARING_COLUMNS}
        Video.objects.filter(pk=old.pk).update(slug=new_slug(), visibility=Visibility.PRIVATE)
        self.write(**shared, replaces=None)

    def _finalise(self, status: VideoStatus, **fields: object) -> bool:
        return self.write(
            status=status,
            due_at=None,
            crashed_claims=0,
            seconds_left=None,
            completed_at=clock.now(),
            **fields,
        )
