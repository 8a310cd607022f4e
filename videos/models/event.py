"""The history of a video: what happened when. Each event is a row, a line in the log, a count."""

import logging
import uuid
from dataclasses import dataclass, fields
from functools import partial
from typing import ClassVar

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from videos.models.counter import Counter

logger = logging.getLogger(__name__)

# Upper bounds of the histograms: seconds of a render, and how much faster than the film it was
RENDER_SECONDS = (5, 10, 20, 30, 60, 120, 300, 600, 1800)
RENDER_SPEEDS = (0.25, 0.5, 1, 2, 4, 8, 16, 32)
EVENTS, FAILURES = "events", "failures"  # names of counters
SECONDS, SPEED = "render_seconds", "render_speed"


@dataclass(frozen=True)
class EventFacts:
    """What the log tells of an event, besides the video; None and "" are left out."""

    user_id: int | None = None
    provider: str = ""
    failure: str = ""
    seconds: float | None = None  # that it took
    speed: float | None = None  # seconds of the film for each second of making it

    def values(self) -> dict[str, object]:
        """Return what there is to tell."""
        pairs = ((each.name, getattr(self, each.name)) for each in fields(self))
        return {name: value for name, value in pairs if value not in {None, ""}}


class EventQuerySet(models.QuerySet["Event"]):
    """Writes events."""

    def record(self, video: uuid.UUID, kind: "Event.Kind", detail: str, facts: EventFacts) -> None:
        """Create the row; once it is committed, write a line to the log and count the event."""
        self.create(video_id=video, kind=kind, detail=detail)
        transaction.on_commit(partial(log, video, kind, facts), robust=True)
        transaction.on_commit(partial(count, kind, facts), robust=True)


class Event(models.Model):
    """One thing that happened to a video; written by the video's transitions, never changed."""

    class Kind(models.TextChoices):
        ORDERED = "ordered", _("Ordered")
        STARTED = "started", _("Work began")
        WORKER_LOST = "died", _("The worker was lost; another took over")
        SUBMITTED = "submitted", _("The vendor took the order")
        ADOPTED = "adopted", _("The vendor had this video already; it is followed")
        DELAYED = "delayed", _("The vendor could not be asked; it is tried again")
        VENDOR_FINISHED = "made", _("The vendor made the film")
        COPIED = "copied", _("Copied to our storage")
        COPY_FAILED = "copy_failed", _("The film could not be copied; it is tried again")
        PAUSED = "paused", _("The worker was stopped; the video waits for its turn again")
        FINISHED = "finished", _("Finished")
        FAILED = "failed", _("Failed")
        WEBHOOK_DELIVERED = "told", _("The webhook was delivered")
        WEBHOOK_FAILED = "not_told", _("The webhook could not be delivered")
        CANCELLED = "cancelled", _("Cancelled")
        RETRIED = "retried", _("Tried again")
        HIDDEN = "hidden", _("Hidden because of reports, until an operator decides")
        MAY_STAY = "may_stay", _("An operator decided that it may stay")
        TAKEN_DOWN = "taken_down", _("Taken down by an operator")
        SWITCHED = "switched", _("Tried again with another provider")

        @property
        def log_name(self) -> str:
            """What the log and ``/metrics`` call it."""
            return LOG_NAMES.get(self, self.name.lower())

    video = models.ForeignKey(
        "videos.Video", models.CASCADE, related_name="events", verbose_name=_("video")
    )
    kind = models.CharField(_("what happened"), max_length=20, choices=Kind)
    detail = models.CharField(_("detail"), max_length=500, blank=True)
    at = models.DateTimeField(_("when"), auto_now_add=True)

    objects: ClassVar[EventQuerySet] = EventQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S} {self.get_kind_display()}"


# A film that is rendered here and one that a vendor made are both finished
LOG_NAMES = {
    Event.Kind.VENDOR_FINISHED: "finished",
    Event.Kind.COPIED: "archived",
    Event.Kind.WEBHOOK_DELIVERED: "delivered",
    Event.Kind.WEBHOOK_FAILED: "undelivered",
}


def log(video: uuid.UUID, kind: Event.Kind, facts: EventFacts) -> None:
    """Write the line of an event to the log."""
    values = {"event": kind.log_name, "video_id": str(video), **facts.values()}
    text = ", ".join(f"{name} {value}" for name, value in facts.values().items())
    logger.info("Video %s %s: %s", video, kind.log_name, text, extra={"facts": values})


def count(kind: Event.Kind, facts: EventFacts) -> None:
    """Count an event, and how long a film took that was rendered here."""
    add = Counter.objects.add
    add(EVENTS, f"{kind.log_name},{facts.provider}")
    if facts.failure:
        add(FAILURES, f"{facts.failure},{facts.provider}")
    if kind == Event.Kind.FINISHED:
        for name, bounds, value in (
            (SECONDS, RENDER_SECONDS, facts.seconds),
            (SPEED, RENDER_SPEEDS, facts.speed),
        ):
            if value is not None:
                add(name, next((f"{bound:g}" for bound in bounds if value <= bound), "+Inf"))
                add(f"{name}_sum", amount=value)
