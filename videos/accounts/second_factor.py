"""The second factor of a log-in: a code of an app, or one of the recovery codes."""

import io
from typing import cast

import segno
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest

from videos.models import User

QR_SCALE = 5  # pixels of one square


class SecondFactorAdapter(DefaultMFAAdapter):
    """Draws the QR code by segno, and holds operators to their second factor."""

    def build_totp_svg(self, url: str) -> str:
        """Return ``url`` as a QR code: black on white also on a dark page, for cameras."""
        svg = io.BytesIO()
        segno.make(url).save(svg, kind="svg", xmldecl=False, scale=QR_SCALE, light="#fff")
        return svg.getvalue().decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Return whether its owner may switch it off: an operator may not where all need one."""
        return not is_required(authenticator.user)


def is_required(user: User) -> bool:
    """Return whether ``user`` needs a second factor for the admin (``STAFF_SECOND_FACTOR``)."""
    return bool(settings.STAFF_SECOND_FACTOR and user.is_staff)


def is_missing(request: HttpRequest) -> bool:
    """Return whether the visitor needs a second factor that they do not have."""
    user = cast(User, request.user)
    if not user.is_authenticated or not is_required(user):
        return False
    cached: bool | None = getattr(request, "has_second_factor", None)
    if cached is None:  # the admin asks several times for each page
        cached = has_second_factor(user)
        request.has_second_factor = cached  # type: ignore[attr-defined]
    return not cached


def has_second_factor(user: User) -> bool:
    """Return whether ``user`` logs in with a second factor."""
    return bool(Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists())


def remove(user: User) -> bool:
    """Take the second factor of ``user`` away, who has lost it; False where there is none."""
    return bool(Authenticator.objects.filter(user=user).delete()[0])
