"""Turns that are taken: so many within so many seconds, exactly, whoever asks at the same time.

Of each name there are as many rows as turns are allowed, each with the moment at which it was
taken last. Taking a turn is one conditional UPDATE of the row that has been free the longest, so
no window of that length ever holds more turns than there are rows.
"""

import math
import time
from typing import ClassVar

from django.db import connection, models
from django.utils.translation import gettext_lazy as _

NEVER = 0.0


# Written out: to put the same together from objects takes longer than the rest of an answer
_TAKE = """
UPDATE videos_turn SET taken_at = %s
WHERE taken_at <= %s AND id = (
    SELECT id FROM videos_turn WHERE name = %s AND taken_at <= %s ORDER BY taken_at LIMIT 1
)
"""


def _taken(name: str, now: float, latest: float) -> bool:
    """Take the turn of ``name`` that has been free the longest, since ``latest`` at least."""
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [now, latest, name, latest])
        return bool(cursor.rowcount)


class TurnQuerySet(models.QuerySet["Turn"]):
    """Takes turns."""

    def take(self, name: str, most: int, seconds: float) -> int:
        """Take one of the ``most`` turns that ``name`` has within ``seconds``.

        Returns 0 where that went well, else after how many whole seconds one will be free.
        """
        while True:
            now = time.time()
            if _taken(name, now, now - seconds):
                return 0
            mine = self.filter(name=name).order_by("taken_at")
            known = list(mine.values_list("taken_at", flat=True))
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
