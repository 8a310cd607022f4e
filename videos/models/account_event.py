"""The history of an account: what happened to its security, for its owner and for operators."""

from datetime import timedelta
from typing import ClassVar, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from videos import clock
from videos.models.user import OwnedQuerySet, User

RETENTION = timedelta(days=365)
MAX_DETAIL_LENGTH = 300


class AccountEventQuerySet(OwnedQuerySet["AccountEvent"]):
    """The events of one person or many."""

    owner_field = "user"

    def record(self, user: User, kind: "AccountEvent.Kind", detail: str = "") -> "AccountEvent":
        """Write that something happened to the account of ``user``."""
        return self.create(user=user, kind=kind, detail=detail[:MAX_DETAIL_LENGTH])

    def expired(self) -> Self:
        """Return those that are older than they are kept."""
        return self.filter(at__lt=clock.now() - RETENTION)


class AccountEvent(models.Model):
    """One thing that happened to an account; never changed, and without anybody's IP address."""

    class Kind(models.TextChoices):
        """What happened; allauth names its mails by the same words."""

        ADDRESS_CONFIRMED = "address_confirmed", _("Your address was confirmed")
        EMAIL_ADDED = "email_added", _("An address was added")
        EMAIL_CHANGED = "email_changed", _("The primary address was changed")
        EMAIL_DELETED = "email_deleted", _("An address was removed")
        PASSWORD_CHANGED = "password_changed", _("The password was changed")
        PASSWORD_SET = "password_set", _("A password was set")
        PASSWORD_RESET = "password_reset", _("A new password was set by a mailed link")
        NEW_DEVICE = "new_device", _("A log-in from a new browser")
        SESSIONS_ENDED = "sessions_ended", _("You logged out everywhere else")
        TOTP_ACTIVATED = "totp_activated", _("The second factor was switched on")
        TOTP_DEACTIVATED = "totp_deactivated", _("The second factor was switched off")
        RECOVERY_CODES_GENERATED = "recovery_codes_generated", _("New recovery codes were made")
        SECOND_FACTOR_REMOVED = (
            "second_factor_removed",
            _("An operator took the second factor away"),
        )
        API_KEY_CREATED = "api_key_created", _("An API key was made")
        API_KEY_REVOKED = "api_key_revoked", _("An API key was revoked")
        WEBHOOK_KEY_CREATED = "webhook_key_created", _("A new webhook key was made")
        EXPORT_REQUESTED = "export_requested", _("A copy of your data was ordered")
        STORAGE_NEARLY_FULL = "storage_nearly_full", _("Your storage is nearly full")

    user = models.ForeignKey(
        User, models.CASCADE, related_name="account_events", verbose_name=_("person")
    )
    kind = models.CharField(_("what happened"), max_length=30, choices=Kind)
    detail = models.CharField(_("detail"), max_length=MAX_DETAIL_LENGTH, blank=True)
    at = models.DateTimeField(_("when"), default=timezone.now, db_index=True)

    objects: ClassVar[AccountEventQuerySet] = AccountEventQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("account event")
        verbose_name_plural = _("account events")
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S} {self.get_kind_display()}"
