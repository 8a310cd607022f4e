"""Keys: those with which programs call our API, and those with which webhooks are signed."""

import hashlib
import secrets
import string
from datetime import datetime, timedelta
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from videos import clock
from videos.models.user import OwnedQuerySet, User

PREFIX = "ak_"
_ALPHABET = string.ascii_letters + string.digits
_LENGTH = 32  # characters after the prefix: 190 random bits
_PREFIX_LENGTH = 7  # characters that are stored, by which people tell their keys apart
# The columns that authenticating a request needs
AUTHENTICATION_FIELDS = (
    *("scopes", "last_used_at", "expires_at", "revoked_at"),
    *("owner__email", "owner__is_active"),
)
LAST_USED_INTERVAL = timedelta(minutes=1)  # between two writes of a key's last use


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


class ApiKeyQuerySet(OwnedQuerySet["ApiKey"]):
    """Finds, issues and checks API keys; only their hashes are stored."""

    def usable(self) -> Self:
        """Return the keys that are neither revoked nor expired, of active people."""
        unexpired = Q(expires_at__isnull=True) | Q(expires_at__gt=clock.now())
        return self.filter(unexpired, revoked_at__isnull=True, owner__is_active=True)

    def issue(
        self,
        owner: User,
        name: str,
        scopes: "ApiKey.Scopes | None" = None,
        expires_at: datetime | None = None,
    ) -> tuple["ApiKey", str]:
        """Create a key; return its row and the key itself, which is not stored anywhere."""
        secret = PREFIX + "".join(secrets.choice(_ALPHABET) for _each in range(_LENGTH))
        row = self.create(
            owner=owner,
            name=name,
            scopes=scopes or ApiKey.Scopes.WRITE,
            prefix=secret[:_PREFIX_LENGTH],
            digest=_digest(secret),
            expires_at=expires_at,
        )
        return row, secret

    def authenticate(self, secret: str) -> "ApiKey | None":
        """Return the usable key that ``secret`` is, with its owner; None for any other text.

        The look-up is by hash, so its duration tells nothing about the keys that exist.
        """
        keys = self.select_related("owner").only(*AUTHENTICATION_FIELDS)
        key = keys.filter(digest=_digest(secret)).first()
        if key is None or not key.is_usable or not key.owner.is_active:
            return None
        key.mark_used()
        return key

    def revoke_all(self, owner: User) -> int:
        """Revoke every key of ``owner`` for good; return how many there were."""
        return self.filter(owner=owner, revoked_at__isnull=True).update(revoked_at=clock.now())


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
    prefix = models.CharField(_("begins with"), max_length=10, editable=False, db_column="shown")
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
        return f"{self.name} ({self.prefix}…)"

    @property
    def may_write(self) -> bool:
        """Whether it may order and delete."""
        return self.scopes == self.Scopes.WRITE

    @property
    def is_expired(self) -> bool:
        """Whether its time is over."""
        return self.expires_at is not None and self.expires_at <= clock.now()

    @property
    def is_usable(self) -> bool:
        """Whether it is neither revoked nor expired."""
        return self.revoked_at is None and not self.is_expired

    def revoke(self) -> bool:
        """Revoke the key for good; False where it was revoked already."""
        now = clock.now()
        valid = ApiKey.objects.filter(pk=self.pk, revoked_at__isnull=True)
        return bool(valid.update(revoked_at=now))

    def mark_used(self) -> None:
        """Write that the key was used, at most once a minute."""
        now = clock.now()
        limit = now - LAST_USED_INTERVAL
        if self.last_used_at is not None and self.last_used_at > limit:
            return
        stale = Q(last_used_at__isnull=True) | Q(last_used_at__lte=limit)
        ApiKey.objects.filter(stale, pk=self.pk).update(last_used_at=now)


class WebhookKeyQuerySet(models.QuerySet["WebhookKey"]):
    """The keys that sign webhooks, one for each person."""

    def key_for(self, user: int) -> str:
        """Return the key of the user with that id, "" where there is none."""
        return self.filter(user=user).values_list("key", flat=True).first() or ""

    def renew(self, user: User) -> "WebhookKey":
        """Replace the key of ``user`` by a new one."""
        values = {"key": secrets.token_urlsafe(32), "made_at": clock.now()}
        return self.update_or_create(user=user, defaults=values)[0]


class WebhookKey(models.Model):
    """The secret that a person's webhooks are signed with; the receivers know it, too.

    It has a table of its own, so that it is read only where a webhook is signed or its owner looks
    at it. It is stored as it is, because a hash cannot sign.
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
