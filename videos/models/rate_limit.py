"""Rate limits: so many requests within so many seconds, exact with any number of processes.

A limit of n requests has n rows, its slots, each with the time at which it was last acquired.
Acquiring a slot is one conditional UPDATE of the row that has been free for the longest time, so no
window of that length ever holds more requests than there are rows.
"""

import math
import time
from typing import ClassVar

from django.db import connection, models
from django.utils.translation import gettext_lazy as _

NEVER = 0.0

# Written as SQL: building the same query from objects takes longer than the rest of a response
_ACQUIRE = """
UPDATE videos_turn SET taken_at = %s
WHERE taken_at <= %s AND id = (
    SELECT id FROM videos_turn WHERE name = %s AND taken_at <= %s ORDER BY taken_at LIMIT 1
)
"""


def _acquire_slot(name: str, now: float, free_since: float) -> bool:
    """Acquire the slot of ``name`` that has been free longest, at least since ``free_since``."""
    with connection.cursor() as cursor:
        cursor.execute(_ACQUIRE, [now, free_since, name, free_since])
        return bool(cursor.rowcount)


class RateLimitSlotQuerySet(models.QuerySet["RateLimitSlot"]):
    """Acquires slots."""

    def acquire(self, name: str, max_slots: int, seconds: float) -> int:
        """Acquire one of the ``max_slots`` slots that ``name`` has within ``seconds``.

        Returns 0 on success, otherwise the whole seconds until a slot will be free (Retry-After).
        """
        while True:
            now = time.time()
            if _acquire_slot(name, now, now - seconds):
                return 0
            slots = self.filter(name=name).order_by("taken_at")
            times = list(slots.values_list("taken_at", flat=True))
            if len(times) < max_slots:
                self._create_slots(name, max_slots)
            elif times[0] > now - seconds:
                return max(1, math.ceil(times[0] + seconds - now))

    def delete_unused(self, seconds: float) -> None:
        """Delete the slots that nobody acquired for ``seconds``: a missing slot is a free one."""
        self.filter(taken_at__lt=time.time() - seconds).delete()

    def _create_slots(self, name: str, max_slots: int) -> None:
        slots = [RateLimitSlot(name=name, number=n, taken_at=NEVER) for n in range(max_slots)]
        self.bulk_create(slots, ignore_conflicts=True)


class RateLimitSlot(models.Model):
    """One of the requests that a limit allows within its window."""

    name = models.CharField(_("name"), max_length=80)
    number = models.PositiveSmallIntegerField(_("number"))
    taken_at = models.FloatField(_("acquired at"), help_text=_("Seconds since 1970."))

    objects: ClassVar[RateLimitSlotQuerySet] = RateLimitSlotQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "videos_turn"
        verbose_name = _("rate limit slot")
        verbose_name_plural = _("rate limit slots")
        constraints = (models.UniqueConstraint(fields=("name", "number"), name="one_turn_each"),)
        indexes = (models.Index(fields=("taken_at",), name="turn_taken"),)

    def __str__(self) -> str:
        return f"{self.name} {self.number}"
