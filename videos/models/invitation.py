"""Invitations: links with which one new person each may sign up, until they expire."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from videos import clock
from videos.models.user import User

RETENTION = timedelta(days=90)  # of an invitation that is used or expired


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def default_expiry() -> datetime:
    """Return when an invitation that is made now expires."""
    return clock.now() + timedelta(days=settings.INVITATION_DAYS)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Issues and looks up invitations; only the hashes of their links are stored."""

    def issue(
        self, created_by: User | None, email: str = "", note: str = ""
    ) -> tuple["Invitation", str]:
        """Create an invitation; return its row and the token of its link, which is not stored."""
        token = secrets.token_urlsafe(24)
        row = self.create(created_by=created_by, email=email, note=note, digest=_digest(token))
        return row, token

    def usable(self) -> Self:
        """Return those that are neither used nor expired nor withdrawn."""
        return self.filter(used_at__isnull=True, expires_at__gt=clock.now())

    def find(self, token: str) -> "Invitation | None":
        """Return the usable invitation of ``token``; None for any other text."""
        return self.usable().filter(digest=_digest(token)).first()

    def expired(self) -> Self:
        """Return those that ended longer ago than they are kept."""
        return self.filter(expires_at__lt=clock.now() - RETENTION)


class Invitation(models.Model):
    """A link with which one person may sign up once."""

    digest = models.CharField(_("SHA-256"), max_length=64, unique=True, editable=False)
    email = models.EmailField(
        _("e-mail address"), blank=True, help_text=_("The link is mailed there, if there is one.")
    )
    note = models.CharField(_("note"), max_length=100, blank=True, help_text=_("Whom it is for."))
    created_by = models.ForeignKey(
        User,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="invitations",
        verbose_name=_("created by"),
    )
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    expires_at = models.DateTimeField(_("expires"), default=default_expiry)
    used_at = models.DateTimeField(_("used"), null=True, blank=True, editable=False)

    objects: ClassVar[InvitationQuerySet] = InvitationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ("-created_at", "-pk")

    def __str__(self) -> str:
        return self.email or self.note or str(_("Invitation %(n)s") % {"n": self.pk})

    @property
    def is_usable(self) -> bool:
        """Whether somebody may still sign up with it."""
        return self.used_at is None and self.expires_at > clock.now()

    def use(self) -> bool:
        """Use it up; of two people with the same link, one gets True."""
        return bool(Invitation.objects.usable().filter(pk=self.pk).update(used_at=clock.now()))
