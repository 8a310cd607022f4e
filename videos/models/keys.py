"""The keys with which programs act for a person: only their hashes are kept."""

import hashlib
import secrets
import string
from datetime import datetime, timedelta
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from videos.models.owned import OwnedQuerySet
from videos.models.user import User

PREFIX = "ak_"
_LETTERS = string.ascii_letters + string.digits
_LENGTH = 32  # characters after the prefix: 190 random bits
_SHOWN = 7  # characters by which people tell their keys apart
OPENING = ("scopes", "last_used_at", "expires_at", "revoked_at", "owner__email", "owner__is_active")
"""What must be known of a key to open anything with it."""

BETWEEN_MARKS = timedelta(minutes=1)
"""How often the last use of a key is written at most."""


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


class ApiKeyQuerySet(OwnedQuerySet["ApiKey"]):
    """Finds keys, and makes them."""

    def usable(self) -> Self:
        """Return the keys that open something now."""
        unending = Q(expires_at__isnull=True) | Q(expires_at__gt=timezone.now())
        return self.filter(unending, revoked_at__isnull=True, owner__is_active=True)

    def issue(
        self,
        owner: User,
        name: str,
        scopes: "ApiKey.Scopes | None" = None,
        expires_at: datetime | None = None,
    ) -> tuple["ApiKey", str]:
        """Make a key; return its row, and the key itself, which nobody can tell afterwards."""
        secret = PREFIX + "".join(secrets.choice(_LETTERS) for _each in range(_LENGTH))
        row = self.create(
            owner=owner,
            name=name,
            scopes=scopes or ApiKey.Scopes.WRITE,
            shown=secret[:_SHOWN],
            digest=_digest(secret),
            expires_at=expires_at,
        )
        return row, secret

    def holding(self, secret: str) -> "ApiKey | None":
        """Return the usable key that ``secret`` is, with its owner; None for any other text.

        It is looked up by its hash, so how long that takes tells nothing of the keys there are.
        """
        lean = self.select_related("owner").only(*OPENING)
        try:
            found = lean.get(digest=_digest(secret))
        except ApiKey.DoesNotExist:
            return None
        if not found.is_usable or not found.owner.is_active:
            return None
        found.mark_used()
        return found


class ApiKey(models.Model):
    """A key of a person, with what it may do and until when."""

    class Scopes(models.TextChoices):
        """What a key may do; the values are scopes with spaces between, as OAuth writes them."""

        READ = "read", _("Read")
        WRITE = "read write", _("Read and write")

    owner = models.ForeignKey(
        User, models.CASCADE, related_name="api_keys", verbose_name=_("owner")
    )
    name = models.CharField(_("name"), max_length=50, help_text=_("What it is for."))
    scopes = models.CharField(_("scopes"), max_length=20, choices=Scopes, default=Scopes.WRITE)
    shown = models.CharField(_("begins with"), max_length=10, editable=False)
    digest = models.CharField(_("SHA-256"), max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    expires_at = models.DateTimeField(_("expires"), null=True, blank=True)
    last_used_at = models.DateTimeField(_("last used"), null=True, blank=True, editable=False)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True, editable=False)

    objects: ClassVar[ApiKeyQuerySet] = ApiKeyQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("API key")
        verbose_name_plural = _("API keys")
        ordering = ("-created_at", "-pk")

    def __str__(self) -> str:
        return f"{self.name} ({self.shown}…)"

    @property
    def may_write(self) -> bool:
        """Whether it may order and delete."""
        return self.scopes == self.Scopes.WRITE

    @property
    def is_expired(self) -> bool:
        """Whether its time is over."""
        return self.expires_at is not None and self.expires_at <= timezone.now()

    @property
    def is_usable(self) -> bool:
        """Whether it opens anything."""
        return self.revoked_at is None and not self.is_expired

    def revoke(self) -> bool:
        """Let the key open nothing any more; False where that was so already."""
        now = timezone.now()
        mine = ApiKey.objects.filter(pk=self.pk, revoked_at__isnull=True)
        return bool(mine.update(revoked_at=now))

    def mark_used(self) -> None:
        """Write that the key was used, at most once a minute."""
        now = timezone.now()
        latest = now - BETWEEN_MARKS
        if self.last_used_at is not None and self.last_used_at > latest:
            return
        stale = Q(last_used_at__isnull=True) | Q(last_used_at__lte=latest)
        ApiKey.objects.filter(stale, pk=self.pk).update(last_used_at=now)
