"""Proofs that an address is somebody's: a link that was mailed to it was opened.

Whoever registers an address first may not be its owner. So the proof makes the owner alone in the
account: what was set up before it ends. The attacks that this ends are those of "Pre-hijacked
accounts" (Sudhodanan and Paverd, USENIX Security 2022): a password that was set before, a session
that lives on, a second address as a back way, and a change of address that is left open.
"""

import logging

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import transaction

from videos.models import ApiKey, Delivery, Invitation, User, Video, WebhookKey

logger = logging.getLogger(__name__)


def has_confirmed_address(user: User) -> bool:
    """Return whether somebody has proved to be the owner of the account."""
    return bool(EmailAddress.objects.filter(user=user, verified=True).exists())


@transaction.atomic
def prove_by_reset(user: User) -> None:
    """Confirm the address to which the link of a reset was mailed, and evict everybody else.

    The links of an account without a confirmed address go to the primary one alone, and end when
    the addresses of the account change.
    """
    is_first = not has_confirmed_address(user)
    if is_first:
        primary = EmailAddress.objects.get_or_create(user=user, email=user.email)[0]
        primary.verified = True
        primary.save(update_fields=["verified"])
        release_elsewhere(primary)
    evict(user, is_first=is_first)


@transaction.atomic
def evict(user: User, *, is_first: bool) -> None:
    """End what others may have set up in the account of ``user``, whose owner was proved.

    The caller has confirmed the address. ``is_first`` says that no address was confirmed before:
    then also a second factor, the addresses of webhooks and invitations are not the owner's.
    """
    EmailAddress.objects.filter(user=user, verified=False).delete()
    ApiKey.objects.revoke_all(user)
    WebhookKey.objects.filter(user=user).delete()
    user.end_sessions()
    if is_first:
        _make_primary(user)
        Authenticator.objects.filter(user=user).delete()
        Delivery.objects.filter(owner=user).supersede()
        Video.objects.filter(owner=user).exclude(webhook_url="").update(webhook_url="")
        Invitation.objects.usable().filter(created_by=user).delete()


def release_elsewhere(address: EmailAddress) -> None:
    """Take a confirmed ``address`` away from all other accounts, which cannot prove it any more.

    An account that has no other address was never proved to be anybody's; it is switched off.
    """
    others = EmailAddress.objects.filter(email=address.email).exclude(user=address.user)
    others.filter(verified=False).delete()
    for user in User.objects.filter(email=address.email).exclude(pk=address.user_id):
        confirmed = EmailAddress.objects.get_verified(user)
        user.email = confirmed.email if confirmed else f"account-{user.pk}@released.invalid"
        user.is_active = user.is_active and confirmed is not None
        user.save(update_fields=["email", "is_active"])
        logger.warning("Account %s lost its address to account %s", user.pk, address.user_id)


def _make_primary(user: User) -> None:
    """Make the confirmed address the primary one; the former one was not confirmed and is gone."""
    confirmed = EmailAddress.objects.get_verified(user)
    if confirmed is not None and not (confirmed.primary and user.email == confirmed.email):
        EmailAddress.objects.filter(user=user, primary=True).exclude(pk=confirmed.pk).update(
            primary=False
        )
        EmailAddress.objects.filter(pk=confirmed.pk).update(primary=True)
        user.email = confirmed.email
        user.save(update_fields=["email"])
