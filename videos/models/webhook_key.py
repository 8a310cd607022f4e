"""The key with which a person's callbacks are signed."""

import secrets
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from videos.models.user import User


class WebhookKeyQuerySet(models.QuerySet["WebhookKey"]):
    """The keys of all; each is known to its owner only."""

    def key_of(self, user: int) -> str:
        """Return the key of the user with that id, "" where there is none."""
        return self.filter(user=user).values_list("key", flat=True).first() or ""

    def renew(self, user: User) -> "WebhookKey":
        """Make a new key for ``user``; the one before signs nothing any more."""
        fresh = {"key": secrets.token_urlsafe(32), "made_at": timezone.now()}
        return self.update_or_create(user=user, defaults=fresh)[0]


class WebhookKey(models.Model):
    """A secret that the person's receivers know, too.

    It has its own table so that it is read where a callback is signed or its owner looks at it,
    and nowhere else; it is kept as it is because a hash could not sign.
    """

    user = models.OneToOneField(
        User, models.CASCADE, primary_key=True, related_name="webhook_key", verbose_name=_("user")
    )
    key = models.CharField(_("key"), max_length=100)
    made_at = models.DateTimeField(_("made"))

    objects: ClassVar[WebhookKeyQuerySet] = WebhookKeyQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("webhook key")
        verbose_name_plural = _("webhook keys")

    def __str__(self) -> str:
        return str(_("Webhook key of %(user)s") % {"user": self.user_id})
