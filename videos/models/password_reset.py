"""Requests to reset a password, which a worker looks into.

The page only writes a row, the same for every address: neither what it answers nor how long that
takes tells who has an account.
"""

from datetime import timedelta
from typing import ClassVar, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from videos import clock
from videos.models.work import Work, WorkQuerySet

MAX_AGE = timedelta(hours=1)  # after which a request that no worker took is dropped


class PasswordResetRequestQuerySet(WorkQuerySet["PasswordResetRequest"]):
    """Requests by what is to be done with them."""

    def enqueue(self, email: str) -> "PasswordResetRequest":
        """Create a request for ``email`` that is due now."""
        return self.create(email=email.lower(), due_at=clock.now())

    def expired(self) -> Self:
        """Return those that are too old to be answered."""
        return self.filter(created_at__lt=clock.now() - MAX_AGE)


class PasswordResetRequest(Work):
    """A request for a link that resets a password; the row goes when a worker has answered it."""

    email = models.EmailField(_("e-mail address"))
    created_at = models.DateTimeField(_("created"), default=timezone.now)

    objects: ClassVar[PasswordResetRequestQuerySet] = PasswordResetRequestQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("password reset")
        verbose_name_plural = _("password resets")

    def __str__(self) -> str:
        return self.email
