"""Rows that are jobs: due, claimed for a lease, renewed, fenced, released.

A queue message only says "look at this row". ``due_at`` is the lease: claiming moves it into the
future, working renews it, finishing clears it. The lease of a worker that was killed with -9 runs
out, so the row is due again and another worker claims it. ``fencing_token`` is the fence: only the
claim that still holds the row can write to it.
"""

from datetime import timedelta
from typing import Self, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from videos import clock
from videos.statuses import Stage, VideoStatus

CANDIDATES = 10  # due rows that a worker tries to claim before it leaves them to the others

_Row = TypeVar("_Row", bound="Work", covariant=True)


def lease() -> timedelta:
    """Return how long a claim holds without being renewed."""
    return timedelta(seconds=settings.WORK_LEASE_SECONDS)


class WorkQuerySet(models.QuerySet[_Row]):
    """Finds and claims the rows that a worker should look at now."""

    def due(self) -> Self:
        """Return the rows whose time has come, the one that waits longest first."""
        return self.filter(due_at__lte=clock.now()).order_by("due_at", "pk")

    def lease(self) -> timedelta:
        """Return how long a claim of these rows holds."""
        return lease()

    def claim(self, pk: object) -> _Row | None:
        """Claim the row for one lease and return it, or None where another worker has it.

        Of any number of workers that try at once, the conditional UPDATE lets one through.
        """
        row = self.due().filter(pk=pk).first()
        if row is None:
            return None
        claimed = self.filter(pk=pk, fencing_token=row.fencing_token, due_at=row.due_at).update(
            due_at=clock.now() + self.lease(),
            fencing_token=F("fencing_token") + 1,
            crashed_claims=F("crashed_claims") + 1,
        )
        return self.get(pk=pk, fencing_token=row.fencing_token + 1) if claimed else None

    def claim_next(self) -> _Row | None:
        """Claim the row that waits longest and that no other worker claims first."""
        for pk in self.due().values_list("pk", flat=True)[:CANDIDATES]:
            if row := self.claim(pk):
                return row
        return None


class Work(models.Model):
    """A row that workers claim and move along."""

    due_at = models.DateTimeField(
        _("due at"),
        null=True,
        blank=True,
        db_index=True,
        help_text=_("Empty when nothing is left to do."),
    )
    fencing_token = models.PositiveIntegerField(
        _("fencing token"),
        default=0,
        db_column="attempt",
        help_text=_("Counts the claims: a worker with an old number can write nothing."),
    )
    crashed_claims = models.PositiveSmallIntegerField(
        _("crashed claims"),
        default=0,
        db_column="tries",
        help_text=_("Claims since the last one that ended in order, the present one included."),
    )

    class Meta:
        abstract = True

    def write(self, **fields: object) -> bool:
        """Write ``fields`` if this claim still holds the row; return whether it does."""
        rows = type(self)._default_manager.filter(pk=self.pk, fencing_token=self.fencing_token)
        if not rows.update(**fields):
            return False
        for name, value in fields.items():
            setattr(self, name, value)
        return True

    def renew(self, **fields: object) -> bool:
        """Renew the lease and write ``fields``; return whether this claim still holds the row."""
        return self.write(due_at=clock.now() + lease(), **fields)

    def renew_if_claimed(self) -> bool:
        """Renew the lease from another thread, unless the worker has released the row."""
        rows = type(self)._default_manager.filter(
            pk=self.pk, fencing_token=self.fencing_token, crashed_claims__gt=0
        )
        return bool(rows.update(due_at=clock.now() + lease()))

    def release(self, due_in: timedelta, **fields: object) -> bool:
        """Release the row in order, to be looked at again after ``due_in``."""
        return self.write(due_at=clock.now() + due_in, crashed_claims=0, **fields)


class JobProgress(Work):
    """A job with stages: how far it is, until its status is final."""

    status = models.CharField(
        _("status"), max_length=30, choices=VideoStatus, default=VideoStatus.PENDING
    )
    stage = models.CharField(_("stage"), max_length=20, choices=Stage, default=Stage.QUEUED)
    fraction = models.FloatField(_("done"), default=0, help_text=_("From 0 to 1."))
    seconds_left = models.FloatField(_("time left"), null=True, blank=True, help_text=_("Seconds."))
    error_message = models.CharField(_("error message"), max_length=500, blank=True)
    queued_at = models.DateTimeField(_("queued"), default=timezone.now)
    queue_position_at = models.DateTimeField(
        _("queue position"),
        default=timezone.now,
        db_column="turn_at",
        help_text=_("The earliest comes first."),
    )
    started_at = models.DateTimeField(_("started"), null=True, blank=True)
    completed_at = models.DateTimeField(_("completed"), null=True, blank=True)

    class Meta:
        abstract = True
