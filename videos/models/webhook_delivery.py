"""Webhooks to the clients of our API: one delivery for each outcome of a video.

Retry schedule: a failed delivery is retried after each of ``WEBHOOK_RETRY_MINUTES``, by default 1,
5 and 15 minutes, and then given up (``Delivery.record_failure``).
"""

import uuid
from collections import Counter
from datetime import timedelta
from typing import ClassVar, Self
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from videos import clock
from videos.models.event import Event, EventFacts
from videos.models.user import OwnedQuerySet, User
from videos.models.work import Work, WorkQuerySet, lease
from videos.statuses import VideoStatus

MAX_CONCURRENT_PER_RECEIVER = 2  # deliveries of one person to one receiver
MAX_CONCURRENT_PER_OWNER = 8  # deliveries of one person
BUSY_THRESHOLD = 16  # deliveries in progress, from which on receivers that failed have to wait
DEFAULT_PORTS = {"http": 80, "https": 443}
MAX_URL_LENGTH = 2000  # characters
MAX_RECEIVER_LENGTH = 260  # a name of 253 characters and a port
MAX_ERROR_LENGTH = 300
MAX_EXCERPT_LENGTH = 200


class WebhookFamily(models.TextChoices):
    """Whose field names the client understands."""

    NONE = "", _("None")
    SUNO = "suno", _("Suno API")
    CRUN = "crun", _("Crun")


class WebhookTarget(models.Model):
    """A row whose outcome a client wants to be told, at an address of its own."""

    webhook_url = models.CharField(
        _("webhook address"),
        max_length=MAX_URL_LENGTH,
        blank=True,
        db_column="callback_url",
        help_text=_("Where the client that ordered it is told its outcome."),
    )
    webhook_family = models.CharField(
        _("webhook's field names"),
        max_length=10,
        choices=WebhookFamily,
        blank=True,
        db_column="callback_family",
    )

    class Meta:
        abstract = True

    owner_id: int

    def enqueue_webhook(self, outcome: VideoStatus) -> None:
        """Have the client told this outcome, if it named an address; part of the transition."""
        if self.webhook_url:
            Delivery.objects.enqueue(
                video=self.pk, owner=self.owner_id, url=self.webhook_url, outcome=outcome
            )


class DeliveryQuerySet(OwnedQuerySet["Delivery"], WorkQuerySet["Delivery"]):  # type: ignore[override]
    """Deliveries by what is to be done with them."""

    def lease(self) -> timedelta:
        """Return how long a claim holds: it is not renewed while a receiver is waited for."""
        return lease() + timedelta(seconds=settings.WEBHOOK_TIMEOUT_SECONDS)

    def waiting(self) -> Self:
        """Return those that are still to be sent."""
        return self.filter(state=Delivery.State.WAITING)

    def in_progress(self) -> Self:
        """Return those that a worker is sending now."""
        return self.waiting().filter(crashed_claims__gt=0, due_at__gt=clock.now())

    def sendable(self) -> Self:
        """Return the due ones within the limits, so that no receiver holds up the others."""
        in_progress = self.in_progress().order_by().values_list("owner", "receiver")
        lanes = Counter(in_progress)
        owners = Counter(owner for owner, _receiver in lanes.elements())
        busy = [each for each, count in owners.items() if count >= MAX_CONCURRENT_PER_OWNER]
        full = Q(owner__in=busy)
        for (owner, receiver), count in lanes.items():
            if count >= MAX_CONCURRENT_PER_RECEIVER:
                full |= Q(owner=owner, receiver=receiver)
        due = self.due().filter(owner__is_active=True).exclude(full)
        is_busy = lanes.total() >= BUSY_THRESHOLD
        return due.exclude(Exists(self._failed_before())) if is_busy else due

    def _failed_before(self) -> Self:
        """Return the waiting deliveries to the same receiver that have failed at least once."""
        same = {"owner": OuterRef("owner"), "receiver": OuterRef("receiver")}
        return self.waiting().order_by().filter(attempt_count__gt=0, **same)

    def enqueue(self, *, video: uuid.UUID, owner: int, url: str, outcome: VideoStatus) -> None:
        """Have the client told the ``outcome``; it supersedes what was not delivered before."""
        self.filter(video=video).supersede()
        self.create(
            video_id=video,
            owner_id=owner,
            receiver=receiver_of(url),
            outcome=outcome,
            due_at=clock.now(),
        )

    def supersede(self) -> int:
        """Send those no more that are still waiting; return how many."""
        return self.waiting().update(
            state=Delivery.State.SUPERSEDED,
            due_at=None,
            crashed_claims=0,
            fencing_token=F("fencing_token") + 1,
        )

    def expired(self) -> Self:
        """Return those that ended longer ago than they are kept."""
        limit = clock.now() - timedelta(days=settings.WEBHOOK_RETENTION_DAYS)
        return self.exclude(state=Delivery.State.WAITING).filter(created_at__lt=limit)


class Delivery(Work):
    """One webhook: the outcome of a video, until its client has received it."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        DELIVERED = "delivered", _("Delivered")
        FAILED = "failed", _("Given up")
        REFUSED = "refused", _("Never called")
        SUPERSEDED = "overtaken", _("Overtaken by news")

    id = models.UUIDField(_("id"), primary_key=True, default=uuid.uuid4, editable=False)
    video = models.ForeignKey(
        "videos.Video", models.CASCADE, related_name="deliveries", verbose_name=_("video")
    )
    owner = models.ForeignKey(
        User, models.CASCADE, related_name="deliveries", verbose_name=_("owner")
    )
    receiver = models.CharField(
        _("receiver"),
        max_length=MAX_RECEIVER_LENGTH,
        blank=True,
        help_text=_("Host and port of the webhook address."),
    )
    outcome = models.CharField(_("outcome"), max_length=30, choices=VideoStatus)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    attempt_count = models.PositiveSmallIntegerField(
        _("attempts"),
        default=0,
        db_column="calls",
        help_text=_("Since it was ordered or sent again."),
    )
    last_error = models.CharField(_("last error"), max_length=MAX_ERROR_LENGTH, blank=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    delivered_at = models.DateTimeField(_("delivered"), null=True, blank=True)

    objects: ClassVar[DeliveryQuerySet] = DeliveryQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("webhook delivery")
        verbose_name_plural = _("webhook deliveries")
        ordering = ("-created_at", "-pk")
        indexes = (
            models.Index(fields=("owner", "-created_at"), name="deliveries_of_owner"),
            models.Index(fields=("-created_at", "-id"), name="delivery_created"),
        )

    def __str__(self) -> str:
        return f"{self.get_outcome_display()} → {self.receiver}"

    @property
    def is_waiting(self) -> bool:
        """Whether it is still to be sent."""
        return self.state == self.State.WAITING

    def mark_delivered(self, attempt: "DeliveryAttempt") -> bool:
        """Record an attempt that the receiver accepted; False where the claim is lost."""
        return self._finalise(
            self.State.DELIVERED,
            attempt,
            Event.Kind.WEBHOOK_DELIVERED,
            last_error="",
            delivered_at=clock.now(),
        )

    def mark_refused(self, attempt: "DeliveryAttempt") -> bool:
        """Record that the address is one that we never call."""
        return self._finalise(self.State.REFUSED, attempt, Event.Kind.WEBHOOK_FAILED)

    def record_failure(self, attempt: "DeliveryAttempt") -> bool:
        """Record a failed attempt; retry by the schedule of the settings, then give up."""
        schedule = settings.WEBHOOK_RETRY_MINUTES
        if self.attempt_count >= len(schedule):
            return self._finalise(self.State.FAILED, attempt, Event.Kind.WEBHOOK_FAILED)
        backoff = timedelta(minutes=schedule[self.attempt_count])
        with transaction.atomic():
            if not self.release(backoff, **self._columns_of(attempt)):
                return False
            self._store(attempt)
        return True

    def mark_superseded(self) -> bool:
        """Record that the video has another outcome by now."""
        return self.write(state=self.State.SUPERSEDED, due_at=None, crashed_claims=0)

    def resend(self) -> bool:
        """Have it sent once more, now; False while a worker is sending it."""
        rows = Delivery.objects.filter(pk=self.pk)
        return bool(
            rows.exclude(pk__in=Delivery.objects.in_progress().values("pk")).update(
                state=self.State.WAITING,
                due_at=clock.now(),
                attempt_count=0,
                crashed_claims=0,
                fencing_token=F("fencing_token") + 1,
            )
        )

    def _finalise(
        self, state: State, attempt: "DeliveryAttempt", kind: Event.Kind, **fields: object
    ) -> bool:
        columns = {**self._columns_of(attempt), "state": state, "due_at": None, "crashed_claims": 0}
        with transaction.atomic():
            if not self.write(**{**columns, **fields}):
                return False
            detail = f"{self.receiver}: {attempt.error}" if attempt.error else self.receiver
            facts = EventFacts(user_id=self.owner_id, seconds=attempt.milliseconds / 1000)
            Event.objects.record(self.video_id, kind, detail[:500], facts)
            self._store(attempt)
        return True

    def _columns_of(self, attempt: "DeliveryAttempt") -> dict[str, object]:
        error = attempt.error[:MAX_ERROR_LENGTH]
        return {"attempt_count": self.attempt_count + 1, "last_error": error}

    def _store(self, attempt: "DeliveryAttempt") -> None:
        attempt.delivery = self
        attempt.save(force_insert=True)


class DeliveryAttempt(models.Model):
    """One request to a receiver, and its result."""

    delivery = models.ForeignKey(
        Delivery, models.CASCADE, related_name="attempts", verbose_name=_("delivery")
    )
    at = models.DateTimeField(_("when"), default=timezone.now)
    milliseconds = models.PositiveIntegerField(_("milliseconds"), default=0)
    status_code = models.PositiveSmallIntegerField(_("status"), null=True, blank=True)
    error = models.CharField(_("error"), max_length=MAX_ERROR_LENGTH, blank=True)
    response_excerpt = models.CharField(
        _("response"),
        max_length=MAX_EXCERPT_LENGTH,
        blank=True,
        db_column="said",
        help_text=_("The beginning of a response that is not one of success."),
    )

    class Meta:
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S} {self.status_code or self.error}"


def receiver_of(url: str) -> str:
    """Return the host and port of ``url``, "" where it is not an http or https address."""
    try:
        parts = urlsplit(url)
        port = parts.port or DEFAULT_PORTS[parts.scheme]
    except (ValueError, KeyError):
        return ""
    host = parts.hostname or ""
    name = f"[{host}]" if ":" in host else host
    return f"{name}:{port}"[:MAX_RECEIVER_LENGTH] if host else ""
