"""Who may make an account: anybody, whom an operator approves, or whom an operator has invited."""

from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse

from videos.models import Invitation, User

OPEN, APPROVAL, INVITATION, CLOSED = "open", "approval", "invitation", "closed"
SESSION_KEY = "invitation"  # holds the token of an invitation whose link was opened


def is_public() -> bool:
    """Return whether pages should offer an account to every visitor."""
    return settings.SIGNUP in {OPEN, APPROVAL}


def is_open_to(request: HttpRequest) -> bool:
    """Return whether the visitor may make an account now."""
    return is_public() or (settings.SIGNUP == INVITATION and invitation_of(request) is not None)


def needs_approval(request: HttpRequest) -> bool:
    """Return whether an operator has to approve the account that the visitor makes."""
    return settings.SIGNUP == APPROVAL and invitation_of(request) is None


def invitation_of(request: HttpRequest) -> Invitation | None:
    """Return the usable invitation whose link the visitor has opened."""
    token = request.session.get(SESSION_KEY, "")
    return Invitation.objects.find(token) if token else None


def use_invitation(request: HttpRequest) -> bool:
    """Use up the visitor's invitation; False where another visitor was faster.

    True where there is none, and none is needed.
    """
    invitation = invitation_of(request)
    request.session.pop(SESSION_KEY, None)
    return invitation.use() if invitation else is_public()


def invite(created_by: User, email: str = "", note: str = "") -> tuple[Invitation, str]:
    """Create an invitation, and mail it where it has an address; return it and its link."""
    with transaction.atomic():
        invitation, token = Invitation.objects.issue(created_by, email, note)
        url = f"{settings.SITE_URL}{reverse('videos:invitation', args=[token])}"
        if email:
            context = {"url": url, "expires_at": invitation.expires_at}
            get_adapter().send_mail("account/email/invitation", email, context)
    return invitation, url


def approve(user: User) -> bool:
    """Let a new person log in, and tell them; False where nobody waits for it."""
    if not user.approve():
        return False
    address = EmailAddress.objects.get_primary_email(user)
    url = f"{settings.SITE_URL}{reverse('account_login')}"
    get_adapter().send_mail("account/email/approved", address, {"url": url})
    return True
