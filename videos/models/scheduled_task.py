"""What runs by the clock, as rows: when each thing ran last, what it did, when it runs next."""

from datetime import timedelta
from typing import ClassVar

from django.db import models
from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from videos import clock

TICK = "tick"
TICK_INTERVAL = timedelta(seconds=10)  # between two notes of a tick: beat sends one every 2 seconds
TICK_TIMEOUT = timedelta(seconds=40)  # without a tick, after which beat or broker stand still
MAX_OUTCOME_LENGTH = 500


class ScheduledTaskQuerySet(models.QuerySet["ScheduledTask"]):
    """Claims what is due and notes what ran."""

    def claim(self, name: str, interval: timedelta) -> bool:
        """Return whether ``name`` is due and this process is the one that runs it now."""
        now = clock.now()
        self.get_or_create(name=name)
        due = self.filter(name=name).exclude(next_run_at__gt=now)
        return bool(due.update(started_at=now, next_run_at=now + interval))

    def record(self, name: str, outcome: str, *, failed: bool = False) -> None:
        """Note that ``name`` has ended now, and with what."""
        self.filter(name=name).update(
            finished_at=clock.now(), outcome=outcome[:MAX_OUTCOME_LENGTH], failed=failed
        )

    def run_soon(self) -> int:
        """Make these tasks due; return how many there are."""
        return self.exclude(name=TICK).update(next_run_at=None)

    def record_tick(self) -> None:
        """Note a tick of beat that a worker got, unless one was noted a moment ago."""
        now = clock.now()
        noted = self.filter(name=TICK)
        if noted.exclude(finished_at__gt=now - TICK_INTERVAL).update(finished_at=now):
            return
        if not noted.exists():
            self.get_or_create(name=TICK, defaults={"finished_at": now})

    def last_tick(self) -> "ScheduledTask | None":
        """Return the row of the ticks, None before the first."""
        return self.filter(name=TICK).first()

    def ticks(self) -> bool:
        """Return whether the ticks of beat reach workers, through the broker."""
        tick = self.last_tick()
        return tick is not None and tick.is_recent

    def in_order(self) -> "ScheduledTaskQuerySet":
        """Return those that run next first."""
        return self.order_by(Coalesce(F("next_run_at"), F("finished_at")).asc(), "name")


class ScheduledTask(models.Model):
    """A thing that one of the workers does by the clock."""

    name = models.CharField(_("name"), max_length=50, primary_key=True)
    started_at = models.DateTimeField(_("last run"), null=True)
    finished_at = models.DateTimeField(_("ended"), null=True)
    next_run_at = models.DateTimeField(_("next run"), null=True)
    outcome = models.CharField(_("what it did"), max_length=MAX_OUTCOME_LENGTH, default="")
    failed = models.BooleanField(_("failed"), default=False)

    objects: ClassVar[ScheduledTaskQuerySet] = ScheduledTaskQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("scheduled task")
        verbose_name_plural = _("scheduled tasks")

    def __str__(self) -> str:
        return self.name

    @property
    def is_recent(self) -> bool:
        """Whether it ended so lately that, where it is the tick, beat and broker work."""
        return self.finished_at is not None and clock.now() - self.finished_at < TICK_TIMEOUT
