"""The row as a job: due, claimed for a lease, renewed, fenced, released.

A queue message only says "look at this row". ``due_at`` is the lease: claiming moves it into
the future, working renews it, finishing clears it, and a worker killed with -9 lets it fall due
again. ``attempt`` is the fence: nothing is written but by the claim that still holds the row.
"""

from datetime import timedelta
from typing import Self, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

_Row = TypeVar("_Row", bound="Work", covariant=True)


def lease() -> timedelta:
    """Return how long a claim holds without being renewed."""
    return timedelta(seconds=settings.WORK_LEASE_SECONDS)


class WorkQuerySet(models.QuerySet[_Row]):
    """Finds and claims the rows that somebody should look at now."""

    def due(self) -> Self:
        """Return the rows whose time has come, the longest waiting first."""
        return self.filter(due_at__lte=timezone.now()).order_by("due_at", "pk")

    def lease(self) -> timedelta:
        """Return how long a claim of these rows holds."""
        return lease()

    def claim(self, pk: object) -> _Row | None:
        """Take the row for one lease and return it, or None where somebody else has it.

        Of any number of workers that try at once, the conditional UPDATE lets one through.
        """
        row = self.due().filter(pk=pk).first()
        if row is None:
            return None
        claimed = self.filter(pk=pk, attempt=row.attempt, due_at=row.due_at).update(
            due_at=timezone.now() + self.lease(), attempt=F("attempt") + 1, tries=F("tries") + 1
        )
        return self.get(pk=pk, attempt=row.attempt + 1) if claimed else None


class Work(models.Model):
    """A row that workers move along."""

    due_at = models.DateTimeField(
        _("due at"),
        null=True,
        blank=True,
        db_index=True,
        help_text=_("Empty when nothing is left to do."),
    )
    attempt = models.PositiveIntegerField(
        _("attempt"),
        default=0,
        help_text=_("Counts the claims: a worker whose number is old writes nothing."),
    )
    tries = models.PositiveSmallIntegerField(
        _("tries"), default=0, help_text=_("Claims since the last one that ended in order.")
    )

    class Meta:
        abstract = True

    def write(self, **fields: object) -> bool:
        """Write ``fields`` if this claim still holds the row; say whether it does."""
        mine = type(self)._default_manager.filter(pk=self.pk, attempt=self.attempt)
        if not mine.update(**fields):
            return False
        for name, value in fields.items():
            setattr(self, name, value)
        return True

    def renew(self, **fields: object) -> bool:
        """Hold the row for another lease and write ``fields``; say whether it is still ours."""
        return self.write(due_at=timezone.now() + lease(), **fields)

    def hold(self) -> bool:
        """Renew a claim from beside its worker, unless that has given the row back meanwhile."""
        mine = type(self)._default_manager.filter(pk=self.pk, attempt=self.attempt, tries__gt=0)
        return bool(mine.update(due_at=timezone.now() + lease()))

    def release(self, due_in: timedelta, **fields: object) -> bool:
        """Give the row back in order, to be looked at again after ``due_in``."""
        return self.write(due_at=timezone.now() + due_in, tries=0, **fields)
