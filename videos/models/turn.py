"""Turns that are taken: so many within so many seconds, exactly, whoever asks at the same time.

Of each name there are as many rows as turns are allowed, each with the moment at which it was
taken last. Taking a turn is one conditional UPDATE of the row that has been free the longest, so
no window of that length ever holds more turns than there are rows.
"""

import math
import time
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

NEVER = 0.0


class TurnQuerySet(models.QuerySet["Turn"]):
    """Takes turns."""

    def take(self, name: str, most: int, seconds: float) -> int:
        """Take one of the ``most`` turns that ``name`` has within ``seconds``.

        Returns 0 where that went well, else after how many whole seconds one will be free.
        """
        mine = self.filter(name=name)
        while True:
            now = time.time()
            free = mine.filter(taken_at__lte=now - seconds)
            oldest = free.order_by("taken_at", "number").values("pk")[:1]
            if free.filter(pk__in=oldest).update(taken_at=now):
                return 0
            known = list(mine.order_by("taken_at").values_list("taken_at", flat=True))
            if len(known) < most:
                self._make(name, most)
            elif known[0] > now - seconds:
                return max(1, math.ceil(known[0] + seconds - now))

    def forget(self, seconds: float) -> None:
        """Delete the rows that nobody used for so long: a missing one is as good as a free one."""
        self.filter(taken_at__lt=time.time() - seconds).delete()

    def _make(self, name: str, most: int) -> None:
        rows = [Turn(name=name, number=number, taken_at=NEVER) for number in range(most)]
        self.bulk_create(rows, ignore_conflicts=True)


class Turn(models.Model):
    """One of the turns of ``name``."""

    name = models.CharField(_("name"), max_length=80)
    number = models.PositiveSmallIntegerField(_("number"))
    taken_at = models.FloatField(_("taken at"), help_text=_("Seconds since 1970."))

    objects: ClassVar[TurnQuerySet] = TurnQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("turn")
        verbose_name_plural = _("turns")
        constraints = (models.UniqueConstraint(fields=("name", "number"), name="one_turn_each"),)
        indexes = (models.Index(fields=("taken_at",), name="turn_taken"),)

    def __str__(self) -> str:
        return f"{self.name} {self.number}"
