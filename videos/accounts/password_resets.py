"""Answers requests to reset a password: a mail with a link, or nothing at all."""

import logging
from datetime import timedelta

from allauth.account.adapter import get_adapter
from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.db import transaction
from django.urls import reverse

from videos.models import PasswordResetRequest, User

logger = logging.getLogger(__name__)

RETRY_INTERVAL = timedelta(seconds=30)


def answer_next() -> bool:
    """Answer the first due request that is not claimed; False where there is none."""
    if row := PasswordResetRequest.objects.claim_next():
        _answer(row)
    return row is not None


def find_user(email: str) -> User | None:
    """Return the active person to whom a link may be mailed at ``email``.

    It is a confirmed address of theirs or, where none of theirs is confirmed, the primary one. A
    second address that is not confirmed may be anybody's.
    """
    confirmed = EmailAddress.objects.filter(email=email, verified=True).select_related("user")
    if address := confirmed.first():
        user: User = address.user
    else:
        owner = User.objects.filter(email=email).first()
        if owner is None or EmailAddress.objects.filter(user=owner, verified=True).exists():
            return None
        user = owner
    return user if user.is_active else None


def reset_path(user: User) -> str:
    """Return the path of a page that sets a new password of ``user``, once."""
    key = default_token_generator.make_token(user)
    arguments = {"uidb36": user_pk_to_url_str(user), "key": key}
    return reverse("account_reset_password_from_key", kwargs=arguments)


def _answer(row: PasswordResetRequest) -> None:
    try:
        with transaction.atomic():
            if user := find_user(row.email):
                context = {"password_reset_url": f"{settings.SITE_URL}{reset_path(user)}"}
                get_adapter().send_mail("account/email/password_reset_key", row.email, context)
            row.delete()
    except Exception:
        logger.exception("Password reset %s broke", row.pk)
        row.release(RETRY_INTERVAL)
