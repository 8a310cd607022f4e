"""Rate limits: so many requests within so many seconds, exact with any number of processes.

A limit of n requests has n rows, its slots, each with the time at which it was last acquired.
Acquiring a slot is one conditional UPDATE of the row that has been free for the longest time, so no
window of that length ever holds more requests than there are rows. A lane, in which n things are
done at a time, is a limit whose slots are released when the thing is done; the window frees those
of a process that was killed.
"""

import math
from typing import ClassVar, Self

from django.db import connection, models
from django.utils.translation import gettext_lazy as _

from videos import clock

NEVER = 0.0

# Written as SQL: building the same query from objects takes longer than the rest of a response
_ACQUIRE = """
UPDATE videos_turn SET taken_at = %s
WHERE taken_at <= %s AND id = (
    SELECT id FROM videos_turn WHERE name = %s AND number < %s AND taken_at <= %s
    ORDER BY taken_at LIMIT 1
)
"""


def _acquire_slot(name: str, max_slots: int, now: float, free_since: float) -> bool:
    """Acquire the slot of ``name`` that has been free longest, at least since ``free_since``."""
    with connection.cursor() as cursor:
        cursor.execute(_ACQUIRE, [now, free_since, name, max_slots, free_since])
        return bool(cursor.rowcount)


class RateLimitSlotQuerySet(models.QuerySet["RateLimitSlot"]):
    """Acquires slots."""

    def acquire(self, name: str, max_slots: int, seconds: float) -> int:
        """Acquire one of the ``max_slots`` slots that ``name`` has within ``seconds``.

        Returns 0 on success, otherwise the whole seconds until a slot will be free (Retry-After).
        """
        while True:
            now = clock.timestamp()
            if _acquire_slot(name, max_slots, now, now - seconds):
                return 0
            taken_at = self._longest_free(name, max_slots)
            if taken_at > now - seconds:
                return max(1, math.ceil(taken_at + seconds - now))

    def acquire_lane(self, name: str, max_slots: int, seconds: float) -> float:
        """Acquire a slot that ``release_lane`` frees again, or else ``seconds``.

        Returns what ``release_lane`` needs, 0 where all slots are in use.
        """
        while True:
            now = clock.timestamp()
            if _acquire_slot(name, max_slots, now, now - seconds):
                return now
            if self._longest_free(name, max_slots) > now - seconds:
                return 0.0

    def release_lane(self, name: str, taken_at: float) -> None:
        """Free the slot that was acquired at that time."""
        self.filter(name=name, taken_at=taken_at).update(taken_at=NEVER)

    def _longest_free(self, name: str, max_slots: int) -> float:
        """Return when the slot of ``name`` that will be free first was acquired.

        Missing slots are created: they were never acquired.
        """
        slots = self.filter(name=name, number__lt=max_slots).order_by("taken_at")
        times = list(slots.values_list("taken_at", flat=True))
        if len(times) < max_slots:
            new = [RateLimitSlot(name=name, number=n, taken_at=NEVER) for n in range(max_slots)]
            self.bulk_create(new, ignore_conflicts=True)
            return NEVER
        return times[0]

    def unused(self, seconds: float) -> Self:
        """Return the slots that nobody acquired for ``seconds``: a missing slot is a free one."""
        return self.filter(taken_at__lt=clock.timestamp() - seconds)


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
