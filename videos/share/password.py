"""The password of a shared video: who has entered it, and how often it may be tried.

A browser remembers it by a cookie, which is signed for this video and its password: a changed
password ends the cookie, and nobody can make one without it.
"""

import secrets
from string import ascii_lowercase, digits

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

from videos.accounts.log_ins import network_of
from videos.models import Video
from videos.pipeline.rations import PASSWORDS, count_attempt

COOKIE = "video_access"
MAX_AGE = 30 * 24 * 3600  # seconds that a browser remembers it
MIN_LENGTH = 6  # characters of a password that an owner chooses
MAX_LENGTH = 128
# Without letters and digits that look alike
_CHARACTERS = sorted({*ascii_lowercase, *digits} - set("ilo01"))
_GROUPS, _GROUP_LENGTH = 3, 4


def new_password() -> str:
    """Return a random password, which is easy to read out: 59 random bits."""
    groups = (
        "".join(secrets.choice(_CHARACTERS) for _ in range(_GROUP_LENGTH)) for _ in range(_GROUPS)
    )
    return "-".join(groups)


def is_unlocked(request: HttpRequest, video: Video) -> bool:
    """Return whether the visitor has entered the current password of ``video`` not long ago."""
    try:
        signed = _signer(video).unsign(request.COOKIES.get(COOKIE, ""), max_age=MAX_AGE)
    except BadSignature:
        return False
    return bool(video.password) and signed == video.pk.hex


def remember(response: HttpResponseBase, video: Video) -> None:
    """Have the browser remember that its visitor has entered the password of ``video``."""
    response.set_cookie(
        COOKIE,
        _signer(video).sign(video.pk.hex),
        max_age=MAX_AGE,
        path=reverse("videos:share", args=[video.slug]),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def is_right(request: HttpRequest, video: Video, password: str) -> bool:
    """Return whether ``password`` is that of ``video``; raises ``RationSpent``."""
    per_address, per_video, seconds = PASSWORDS.limits
    name = f"passwords:{video.pk.hex}"
    slots = {f"{name}:{network_of(request)}": per_address, name: per_video}
    give_back = count_attempt(slots, seconds)
    if not video.check_password(password):
        return False
    give_back()
    return True


def _signer(video: Video) -> TimestampSigner:
    return TimestampSigner(salt=f"videos.share.password:{video.password}")
