"""Copies of all data of a person: ordered on a page, made by a worker, deleted after some days."""

import uuid
from datetime import timedelta
from typing import ClassVar, Self

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from videos import clock
from videos.models.user import OwnedQuerySet, User
from videos.models.work import Work, WorkQuerySet

RATION_PERIOD = timedelta(days=1)
MAX_ERROR_LENGTH = 300


class AccountExportQuerySet(OwnedQuerySet["AccountExport"], WorkQuerySet["AccountExport"]):  # type: ignore[override]
    """Exports by owner, and by what is to be done with them."""

    def waiting(self) -> Self:
        """Return those that are still being made."""
        return self.filter(state=AccountExport.State.WAITING)

    def ready(self) -> Self:
        """Return those that can be downloaded."""
        return self.filter(state=AccountExport.State.READY, expires_at__gt=clock.now())

    @transaction.atomic
    def order(self, owner: User) -> "AccountExport | None":
        """Create an export that is due now.

        None where one of ``owner`` is being made, or as many were ordered within a day as
        ``MAX_EXPORTS_PER_DAY`` allows.
        """
        User.objects.select_for_update().get(pk=owner.pk)  # of two orders at once, one waits
        rows = self.for_user(owner)
        recent = rows.filter(created_at__gt=clock.now() - RATION_PERIOD).count()
        if recent >= settings.MAX_EXPORTS_PER_DAY or rows.waiting().exists():
            return None
        return self.create(owner=owner, due_at=clock.now())

    def expired(self) -> Self:
        """Return those whose time is over, and failed ones of before yesterday."""
        now = clock.now()
        failed = models.Q(state=AccountExport.State.FAILED, created_at__lt=now - RATION_PERIOD)
        return self.filter(models.Q(expires_at__lte=now) | failed)


class AccountExport(Work):
    """One copy of the data of a person, as a zip file."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Being made")
        READY = "ready", _("Ready")
        FAILED = "failed", _("Failed")

    id = models.UUIDField(_("id"), primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(User, models.CASCADE, related_name="exports", verbose_name=_("owner"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    file = models.FileField(_("file"), max_length=200, blank=True)
    size = models.PositiveBigIntegerField(_("size"), default=0, help_text=_("Bytes."))
    error_message = models.CharField(_("error message"), max_length=MAX_ERROR_LENGTH, blank=True)
    created_at = models.DateTimeField(_("ordered"), default=timezone.now)
    expires_at = models.DateTimeField(_("expires"), null=True, blank=True)

    objects: ClassVar[AccountExportQuerySet] = AccountExportQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("export")
        verbose_name_plural = _("exports")
        ordering = ("-created_at", "-pk")

    def __str__(self) -> str:
        return f"{self.owner_id} {self.created_at:%Y-%m-%d %H:%M}"

    @property
    def is_waiting(self) -> bool:
        """Whether it is still being made."""
        return self.state == self.State.WAITING

    @property
    def is_ready(self) -> bool:
        """Whether it can be downloaded."""
        is_over = self.expires_at is None or self.expires_at <= clock.now()
        return self.state == self.State.READY and not is_over

    def mark_ready(self, file: str, size: int) -> bool:
        """Record the stored ``file`` of ``size`` bytes; False where the claim is lost."""
        return self.write(
            state=self.State.READY,
            file=file,
            size=size,
            expires_at=clock.now() + timedelta(days=settings.EXPORT_RETENTION_DAYS),
            due_at=None,
            crashed_claims=0,
        )

    def mark_failed(self, sentence: str) -> bool:
        """Record that there is no copy, and why."""
        return self.write(
            state=self.State.FAILED,
            error_message=sentence[:MAX_ERROR_LENGTH],
            due_at=None,
            crashed_claims=0,
        )
