"""The workers that were seen lately, for operators and for ``/readyz``."""

import time
from datetime import timedelta
from typing import ClassVar, Self

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.utils.translation import gettext_lazy as _

from videos import clock

ALIVE_TIMEOUT = timedelta(seconds=30)
MAX_DOING_LENGTH = 300
MAX_CLOCK_OFFSET = 5.0  # seconds, from which on operators are told


def clock_offset(alias: str = DEFAULT_DB_ALIAS) -> float | None:
    """Return by how many seconds this machine's clock is ahead of the database server's.

    None where the database has no server of its own (SQLite). The answer is right but for half of
    the time that the question takes.
    """
    connection = connections[alias]
    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        before = time.time()
        cursor.execute("SELECT extract(epoch FROM clock_timestamp())")
        (server,) = cursor.fetchone()
    return round((before + time.time()) / 2 - float(server), 3)


class WorkerPulseQuerySet(models.QuerySet["WorkerPulse"]):
    """Finds the workers that live."""

    def alive(self) -> Self:
        """Return the workers that gave a sign of life within the last half minute."""
        return self.filter(seen_at__gte=clock.now() - ALIVE_TIMEOUT)

    def record_heartbeat(self, name: str, queue: str, version: str = "", doing: str = "") -> None:
        """Note that the worker ``name`` of ``queue`` lives, and forget those gone for a day.

        ``doing`` is what it works on now.
        """
        offset = clock_offset(self.db)
        now = clock.now()
        columns = {
            "queue": queue,
            "seen_at": now,
            "version": version,
            "doing": doing[:MAX_DOING_LENGTH],
            "clock_offset": offset,
        }
        self.update_or_create(name=name, defaults=columns)
        self.filter(seen_at__lt=now - timedelta(days=1)).delete()


class WorkerPulse(models.Model):
    """A worker process and when it was last seen."""

    name = models.CharField(_("name"), max_length=200, unique=True)
    queue = models.CharField(_("queue"), max_length=20)
    seen_at = models.DateTimeField(_("seen at"))
    version = models.CharField(_("version"), max_length=40, blank=True, db_default="", default="")
    doing = models.CharField(
        _("doing"), max_length=MAX_DOING_LENGTH, blank=True, db_default="", default=""
    )
    clock_offset = models.FloatField(
        _("clock ahead"),
        null=True,
        blank=True,
        help_text=_("Seconds before the clock of the database server."),
    )

    objects: ClassVar[WorkerPulseQuerySet] = WorkerPulseQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("worker")
        verbose_name_plural = _("workers")
        ordering = ("queue", "name")

    def __str__(self) -> str:
        return f"{self.queue}: {self.name}"

    @property
    def is_clock_wrong(self) -> bool:
        """Whether its clock is so far from the database's that operators are told."""
        return abs(self.clock_offset or 0) > MAX_CLOCK_OFFSET
