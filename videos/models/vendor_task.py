"""The part of a video that a vendor makes: what was sent to the vendor, and what it answered."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models, transaction
from django.db.models import Case, F, Q, Value, When
from django.utils.translation import gettext_lazy as _

from videos import clock
from videos.models.event import Event, EventFacts
from videos.models.webhook_delivery import WebhookTarget
from videos.models.work import JobProgress
from videos.statuses import DelayReason, Failure, Stage, VideoStatus
from videos.vendors import BUILTIN

MIN_POLL_INTERVAL = timedelta(seconds=3)  # between two polls of one video, by workers and pages


class VendorTask(WebhookTarget, JobProgress):
    """A video task at a vendor; but for the provider it is empty for what we render ourselves."""

    provider = models.CharField(_("provider"), max_length=20, default=BUILTIN)
    vendor_task_id = models.CharField(
        _("vendor's task id"), max_length=100, blank=True, db_index=True
    )
    unconfirmed_submissions = models.PositiveSmallIntegerField(
        _("unconfirmed submissions"),
        default=0,
        db_column="posts",
        help_text=_("Orders of which nobody knows whether the vendor took them."),
    )
    former_orders = models.JSONField(
        _("orders at other vendors"),
        default=dict,
        blank=True,
        help_text=_("Task ids by vendor, empty where only the vendor knows whether there is one."),
    )
    submitted_at = models.DateTimeField(_("taken by the vendor"), null=True, blank=True)
    polled_at = models.DateTimeField(
        _("vendor polled"), null=True, blank=True, db_column="asked_at"
    )
    poll_count = models.PositiveIntegerField(_("polls"), default=0, db_column="polls")
    callback_received = models.BooleanField(
        _("callback received"),
        default=False,
        db_column="hinted",
        help_text=_("The vendor may have news that it was not polled for yet."),
    )
    delay_reason = models.CharField(
        _("delay"), max_length=20, choices=DelayReason, blank=True, db_column="trouble"
    )
    vendor_url = models.URLField(_("vendor's film"), max_length=2000, blank=True)
    vendor_record = models.JSONField(
        _("vendor's answer"), null=True, blank=True, help_text=_("The last one, as it came.")
    )
    expires_at = models.DateTimeField(
        _("vendor deletes it"), null=True, blank=True, help_text=_("The vendor's copy, not ours.")
    )
    copy_failures = models.PositiveIntegerField(
        _("failed copies"), default=0, db_column="copy_tries"
    )
    copy_error = models.CharField(_("why it is not copied"), max_length=500, blank=True)

    class Meta:
        abstract = True

    @property
    def is_at_vendor(self) -> bool:
        """Whether a vendor has taken the order."""
        return bool(self.vendor_task_id)

    def acquire_poll(self) -> bool:
        """Acquire the right to poll the vendor now: one caller gets it every three seconds."""
        now = clock.now()
        limit = now - MIN_POLL_INTERVAL
        if self.polled_at is not None and self.polled_at > limit:
            return False  # the row as it was read is enough to know
        free = Q(polled_at__isnull=True) | Q(polled_at__lte=limit)
        if not self._rows().filter(free).update(polled_at=now, callback_received=False):
            return False
        self.polled_at, self.callback_received = now, False
        return True

    def mark_step_started(self) -> bool:
        """Record that a claim takes one step of a video that a vendor makes."""
        with transaction.atomic():
            if not self.renew(started_at=self.started_at or clock.now()):
                return False
            if self.crashed_claims > 1:
                self.log_event(Event.Kind.WORKER_LOST)
        return True

    def mark_submitting(self) -> bool:
        """Record, before it is sent, that an order is sent: the worker may die meanwhile."""
        return self.renew(
            unconfirmed_submissions=self.unconfirmed_submissions + 1, stage=Stage.SUBMITTING
        )

    def mark_accepted(self, task_id: str, *, adopted: bool = False) -> bool:
        """Store the id under which the vendor makes the video, before anything else happens."""
        with transaction.atomic():
            if not self.renew(
                vendor_task_id=task_id,
                submitted_at=clock.now(),
                stage=Stage.WAITING,
                unconfirmed_submissions=0,
                poll_count=0,
                delay_reason=DelayReason.NONE,
            ):
                return False
            self.log_event(Event.Kind.ADOPTED if adopted else Event.Kind.SUBMITTED, task_id)
        return True

    def record_late_acceptance(self, task_id: str) -> None:
        """Store the vendor's id although the claim is lost, unless the row has one.

        The video may have another provider by now: then the id belongs to a former order.
        """
        current = self._rows().filter(provider=self.provider, vendor_task_id="")
        with transaction.atomic():
            row = self._rows().select_for_update().first()
            if current.update(vendor_task_id=task_id, submitted_at=clock.now()) or row is None:
                return
            if row.former_orders.get(self.provider) == "":
                orders = row.former_orders | {self.provider: task_id}
                self._rows().update(former_orders=orders)

    def lock(self) -> None:
        """Read the row anew and lock it until the transaction ends."""
        self.refresh_from_db(from_queryset=self._rows().select_for_update())

    def reschedule(
        self,
        due_in: timedelta,
        reason: DelayReason = DelayReason.NONE,
        detail: str = "",
        **fields: object,
    ) -> bool:
        """Release the row until ``due_in`` is over or a callback comes; log a new reason."""
        is_new = bool(reason) and reason != self.delay_reason
        with transaction.atomic():
            if not self.write(crashed_claims=0, delay_reason=reason, **fields):
                return False
            rows = self._rows().filter(fencing_token=self.fencing_token)
            rows.update(due_at=next_due_at(due_in))
            if is_new:
                self.log_event(Event.Kind.DELAYED, (detail or str(reason.label))[:500])
        return True

    def record_callback(self) -> bool:
        """Make the video due because its vendor may have news; nothing else is believed."""
        rows = self._rows().filter(status=VideoStatus.PENDING)
        is_pending = rows.update(callback_received=True)
        rows.filter(crashed_claims=0).update(due_at=clock.now())  # no claim is broken by it
        return bool(is_pending)

    def mark_made(self, url: str, expires_at: datetime, record: object) -> bool:
        """Record that the vendor has the film: it is ready, and it is to be copied at once.

        The worker or page that learns it first writes it, and fences all others off the row.
        """
        return self._record_outcome(
            Event.Kind.VENDOR_FINISHED,
            "",
            status=VideoStatus.SUCCESS,
            stage=Stage.COPYING,
            fraction=0,
            due_at=clock.now(),
            vendor_url=url,
            vendor_record=record,
            expires_at=expires_at,
            error_message="",
        )

    def mark_vendor_failed(
        self, status: VideoStatus, failure: Failure, message: str, record: object = None
    ) -> bool:
        """Record that the vendor will make no film, and why, in a sentence; see ``mark_made``."""
        with transaction.atomic():
            if not self._record_outcome(
                Event.Kind.FAILED,
                message[:500],
                status=status,
                failure=failure,
                error_message=message[:500],
                due_at=None,
                vendor_record=record,
            ):
                return False
            self.enqueue_webhook(status)
        return True

    def mark_copied(self, **film: object) -> bool:
        """Record that the film is in our storage; only now are programs told of it."""
        with transaction.atomic():
            if not self.write(
                due_at=None,
                crashed_claims=0,
                fraction=1,
                copy_error="",
                delay_reason=DelayReason.NONE,
                **film,
            ):
                return False
            self.log_event(Event.Kind.COPIED)
            self.enqueue_webhook(VideoStatus.SUCCESS)
        return True

    def record_copy_failure(self, due_in: timedelta, message: str) -> bool:
        """Record that the film could not be copied, to be tried again after ``due_in``."""
        with transaction.atomic():
            is_new = message != self.copy_error
            failures = self.copy_failures + 1
            if not self.release(
                due_in, copy_failures=failures, copy_error=message[:500], fraction=0
            ):
                return False
            if is_new:
                self.log_event(Event.Kind.COPY_FAILED, message[:500])
        return True

    def mark_lost(self, message: str) -> bool:
        """Record that the vendor deleted the film before it could be copied."""
        status = VideoStatus.GENERATE_MP4_FAILED
        with transaction.atomic():
            if not self.write(
                status=status,
                failure=Failure.LOST,
                error_message=message[:500],
                due_at=None,
                crashed_claims=0,
            ):
                return False
            self.log_event(Event.Kind.FAILED, message[:500], failure=Failure.LOST)
            self.enqueue_webhook(status)
        return True

    def _record_outcome(self, kind: Event.Kind, detail: str, **fields: object) -> bool:
        """Write a vendor's outcome where it is still awaited, and fence whoever holds the row."""
        with transaction.atomic():
            awaited = self._rows().filter(
                status=VideoStatus.PENDING,
                provider=self.provider,
                vendor_task_id=self.vendor_task_id,
                submitted_at=self.submitted_at,
            )
            if not awaited.update(
                fencing_token=F("fencing_token") + 1,
                crashed_claims=0,
                seconds_left=None,
                completed_at=clock.now(),
                delay_reason=DelayReason.NONE,
                **fields,
            ):
                return False
            self.log_event(kind, detail, failure=str(fields.get("failure", "")))
        self.refresh_from_db()
        return True

    def log_event(
        self,
        kind: Event.Kind,
        detail: str = "",
        *,
        failure: str = "",
        film_seconds: float | None = None,
    ) -> None:
        """Add a line to the video's history and to the log.

        ``film_seconds`` is the length of the film that was made.
        """
        begin = self._begin_of(kind)
        seconds = round((clock.now() - begin).total_seconds(), 3) if begin else None
        facts = EventFacts(
            user_id=self.owner_id,
            provider=detail if kind == Event.Kind.SWITCHED else self.provider,
            failure=str(failure),
            seconds=seconds,
            speed=round(film_seconds / seconds, 2) if film_seconds and seconds else None,
        )
        Event.objects.record(self.pk, kind, detail, facts)

    def _begin_of(self, kind: Event.Kind) -> datetime | None:
        """Return since when the video waited for what happened now."""
        begins = {
            Event.Kind.STARTED: self.queued_at,
            Event.Kind.SUBMITTED: self.queued_at,
            Event.Kind.FAILED: self.queued_at,
            Event.Kind.FINISHED: self.started_at,
            Event.Kind.VENDOR_FINISHED: self.submitted_at,
            Event.Kind.COPIED: self.completed_at,
        }
        return begins.get(kind)

    def _rows(self) -> models.QuerySet[Self]:
        return type(self)._default_manager.filter(pk=self.pk)


def cleared_vendor_columns() -> dict[str, object]:
    """Return the columns of an order that no vendor knows, for a new start."""
    return {
        "vendor_task_id": "",
        "unconfirmed_submissions": 0,
        "submitted_at": None,
        "polled_at": None,
        "poll_count": 0,
        "callback_received": False,
        "delay_reason": DelayReason.NONE,
        "vendor_url": "",
        "vendor_record": None,
        "expires_at": None,
        "copy_failures": 0,
        "copy_error": "",
    }


def next_due_at(due_in: timedelta) -> Case:
    """Return when the row is due next: after ``due_in``, or now if a callback came meanwhile."""
    now = clock.now()
    return Case(When(callback_received=True, then=Value(now)), default=Value(now + due_in))
