"""Callbacks on their way to the clients of our API: one delivery for each end of a video."""

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

from videos.models.delivery_attempt import LONGEST_SENTENCE, DeliveryAttempt
from videos.models.event import Event
from videos.models.owned import OwnedQuerySet
from videos.models.user import User
from videos.models.work import Work, WorkQuerySet, lease
from videos.statuses import VideoStatus

AT_ONCE_TO_RECEIVER = 2
"""Deliveries of one person to one receiver that are under way at the same time."""

AT_ONCE_FOR_OWNER = 8
"""Deliveries of one person that are under way at the same time."""

CROWDED = 16
"""Deliveries under way, over all workers, from which on receivers that failed have to wait."""

PORTS = {"http": 80, "https": 443}
LONGEST_RECEIVER = 260  # a name of 253 characters and a port


class DeliveryQuerySet(OwnedQuerySet["Delivery"], WorkQuerySet["Delivery"]):  # type: ignore[override]
    """Deliveries by what is to be done with them."""

    def lease(self) -> timedelta:
        """Return how long a claim holds: it is not renewed while a receiver is waited for."""
        return lease() + timedelta(seconds=settings.DELIVERY_TIMEOUT_SECONDS)

    def waiting(self) -> Self:
        """Return those that are still to be sent."""
        return self.filter(state=Delivery.State.WAITING)

    def under_way(self) -> Self:
        """Return those that a worker is sending now."""
        return self.waiting().filter(tries__gt=0, due_at__gt=timezone.now())

    def next_ones(self) -> Self:
        """Return what may be sent now, so that no receiver and no person holds up the others."""
        under_way = self.under_way().order_by().values_list("owner", "receiver")
        lanes = Counter(under_way)
        owners = Counter(owner for owner, _receiver in lanes.elements())
        full = Q(owner__in=[each for each, n in owners.items() if n >= AT_ONCE_FOR_OWNER])
        for (owner, receiver), n in lanes.items():
            if n >= AT_ONCE_TO_RECEIVER:
                full |= Q(owner=owner, receiver=receiver)
        due = self.due().exclude(full)
        return due.exclude(Exists(self._missed_lately())) if lanes.total() >= CROWDED else due

    def _missed_lately(self) -> Self:
        """Return what the same receiver did not take when it was last called."""
        same = {"owner": OuterRef("owner"), "receiver": OuterRef("receiver")}
        return self.waiting().order_by().filter(calls__gt=0, **same)

    def announce(self, *, video: uuid.UUID, owner: int, url: str, outcome: VideoStatus) -> None:
        """Have the client told of the ``outcome``; what it was not told before is overtaken."""
        older = self.waiting().filter(video=video)
        older.update(state=Delivery.State.OVERTAKEN, due_at=None, tries=0, attempt=F("attempt") + 1)
        self.create(
            video_id=video,
            owner_id=owner,
            receiver=receiver_of(url),
            outcome=outcome,
            due_at=timezone.now(),
        )

    def old(self) -> Self:
        """Return those that ended so long ago that nobody asks for them."""
        limit = timezone.now() - timedelta(days=settings.DELIVERY_KEPT_DAYS)
        return self.exclude(state=Delivery.State.WAITING).filter(created_at__lt=limit)


class Delivery(Work):
    """One callback: the news of a video's end, until its client has taken it."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        DELIVERED = "delivered", _("Delivered")
        FAILED = "failed", _("Given up")
        REFUSED = "refused", _("Never called")
        OVERTAKEN = "overtaken", _("Overtaken by news")

    id = models.UUIDField(_("id"), primary_key=True, default=uuid.uuid4, editable=False)
    video = models.ForeignKey(
        "videos.Video", models.CASCADE, related_name="deliveries", verbose_name=_("video")
    )
    owner = models.ForeignKey(
        User, models.CASCADE, related_name="deliveries", verbose_name=_("owner")
    )
    receiver = models.CharField(
        _("receiver"),
        max_length=LONGEST_RECEIVER,
        blank=True,
        help_text=_("Host and port of the callback address."),
    )
    outcome = models.CharField(_("news"), max_length=30, choices=VideoStatus)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    calls = models.PositiveSmallIntegerField(
        _("calls"), default=0, help_text=_("Since it was ordered or sent again.")
    )
    last_error = models.CharField(_("last error"), max_length=LONGEST_SENTENCE, blank=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    delivered_at = models.DateTimeField(_("delivered"), null=True, blank=True)

    objects: ClassVar[DeliveryQuerySet] = DeliveryQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ("-created_at", "-pk")
        indexes = (models.Index(fields=("owner", "-created_at"), name="deliveries_of_owner"),)

    def __str__(self) -> str:
        return f"{self.get_outcome_display()} → {self.receiver}"

    @property
    def is_waiting(self) -> bool:
        """Whether it is still to be sent."""
        return self.state == self.State.WAITING

    def answered(self, call: DeliveryAttempt) -> bool:
        """Note a call that the receiver took; False where the claim is lost."""
        return self._ended(
            self.State.DELIVERED,
            call,
            Event.Kind.TOLD,
            last_error="",
            delivered_at=timezone.now(),
        )

    def refused(self, call: DeliveryAttempt) -> bool:
        """Note that the address is one that we never call."""
        return self._ended(self.State.REFUSED, call, Event.Kind.NOT_TOLD)

    def missed(self, call: DeliveryAttempt) -> bool:
        """Note a call in vain: it is repeated after the pauses that are set, then given up."""
        pauses = settings.DELIVERY_RETRY_MINUTES
        if self.calls >= len(pauses):
            return self._ended(self.State.FAILED, call, Event.Kind.NOT_TOLD)
        pause = timedelta(minutes=pauses[self.calls])
        with transaction.atomic():
            return self.release(pause, **self._counted(call)) and self._keep(call)

    def overtaken(self) -> bool:
        """Note that the news is no news any more."""
        return self.write(state=self.State.OVERTAKEN, due_at=None, tries=0)

    def again(self) -> bool:
        """Have it sent once more, now; False while a worker is sending it."""
        rows = Delivery.objects.filter(pk=self.pk)
        return bool(
            rows.exclude(pk__in=Delivery.objects.under_way().values("pk")).update(
                state=self.State.WAITING,
                due_at=timezone.now(),
                calls=0,
                tries=0,
                attempt=F("attempt") + 1,
            )
        )

    def _ended(
        self, state: State, call: DeliveryAttempt, kind: Event.Kind, **fields: object
    ) -> bool:
        ended = {**self._counted(call), "state": state, "due_at": None, "tries": 0, **fields}
        with transaction.atomic():
            if not self.write(**ended):
                return False
            detail = f"{self.receiver}: {call.error}" if call.error else self.receiver
            Event.objects.create(video_id=self.video_id, kind=kind, detail=detail[:500])
            return self._keep(call)

    def _counted(self, call: DeliveryAttempt) -> dict[str, object]:
        return {"calls": self.calls + 1, "last_error": call.error[:LONGEST_SENTENCE]}

    def _keep(self, call: DeliveryAttempt) -> bool:
        call.delivery = self
        call.save(force_insert=True)
        return True


def receiver_of(url: str) -> str:
    """Return the host and port of ``url``, "" where it is no address of the web."""
    try:
        parts = urlsplit(url)
        port = parts.port or PORTS[parts.scheme]
    except (ValueError, KeyError):
        return ""
    host = parts.hostname or ""
    name = f"[{host}]" if ":" in host else host
    return f"{name}:{port}"[:LONGEST_RECEIVER] if host else ""
