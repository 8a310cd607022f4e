"""The workers that were seen lately, for operators and for ``/readyz``."""

from datetime import timedelta
from typing import ClassVar, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

ALIVE_TIMEOUT = timedelta(seconds=30)


class WorkerPulseQuerySet(models.QuerySet["WorkerPulse"]):
    """Finds the workers that live."""

    def alive(self) -> Self:
        """Return the workers that gave a sign of life within the last half minute."""
        return self.filter(seen_at__gte=timezone.now() - ALIVE_TIMEOUT)

    def record_heartbeat(self, name: str, queue: str) -> None:
        """Note that the worker ``name`` of ``queue`` lives, and forget those gone for a day."""
        now = timezone.now()
        self.update_or_create(name=name, defaults={"queue": queue, "seen_at": now})
        self.filter(seen_at__lt=now - timedelta(days=1)).delete()


class WorkerPulse(models.Model):
    """A worker process and when it was last seen."""

    name = models.CharField(_("name"), max_length=200, unique=True)
    queue = models.CharField(_("queue"), max_length=20)
    seen_at = models.DateTimeField(_("seen at"))

    objects: ClassVar[WorkerPulseQuerySet] = WorkerPulseQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("worker")
        verbose_name_plural = _("workers")
        ordering = ("queue", "name")

    def __str__(self) -> str:
        return f"{self.queue}: {self.name}"
