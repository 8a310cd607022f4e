"""The key that signs lasting addresses: those of films, songs and vendors' callbacks.

It is kept in the database, so that a backup of the database keeps the addresses, even where
``SECRET_KEY`` is lost or changed.
"""

import secrets
from functools import partial
from typing import ClassVar

from django.conf import settings
from django.core.signing import Signer
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

ADDRESSES = "addresses"

cached_keys: dict[str, str] = {}  # the keys of this process, by name: a key never changes


class SigningKeyQuerySet(models.QuerySet["SigningKey"]):
    """Reads keys, and creates the missing ones."""

    def key_for(self, name: str) -> str:
        """Return the key ``name``; the first call of all creates it.

        Of two processes that create it at once, the primary key lets one through, and both use
        that one's key.
        """
        if name in cached_keys:
            return cached_keys[name]
        key = self.get_or_create(name=name, defaults={"key": secrets.token_urlsafe(50)})[0].key
        # A transaction that is rolled back takes a new key with it
        transaction.on_commit(partial(cached_keys.__setitem__, name, key))
        return key


class SigningKey(models.Model):
    """A secret that signs addresses; whoever has it can make them."""

    name = models.CharField(_("name"), max_length=20, primary_key=True)
    key = models.CharField(_("key"), max_length=100)
    created_at = models.DateTimeField(_("created"), default=timezone.now)

    objects: ClassVar[SigningKeyQuerySet] = SigningKeyQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("signing key")
        verbose_name_plural = _("signing keys")

    def __str__(self) -> str:
        return self.name


def address_signer(salt: str) -> Signer:
    """Return the signer of addresses with ``salt``, which must never change.

    It also accepts the signatures of older addresses, which were made with ``SECRET_KEY``.
    """
    return Signer(
        key=SigningKey.objects.key_for(ADDRESSES),
        salt=salt,
        fallback_keys=[settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS],
    )
