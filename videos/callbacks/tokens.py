"""The callback address of a video, and the signed token in it that names the video.

Tokens are signed, so none is stored and nobody can guess one.
"""

import uuid

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

from videos.models import Video
from videos.models.signing_key import address_signer


def callback_url(video: Video) -> str:
    """Return the absolute address at which the vendor of ``video`` is to call back."""
    path = reverse("videos:callback", args=[video.provider, make_token(video)])
    return f"{settings.SITE_URL}{path}"


def make_token(video: Video) -> str:
    """Return the token that names ``video`` in callbacks of its present provider."""
    return _signer(video.provider).sign(video.pk.hex)


def read_token(provider: str, token: str) -> uuid.UUID | None:
    """Return the id of the video that ``token`` names, None where we did not make the token.

    Signatures are compared in constant time.
    """
    try:
        return uuid.UUID(hex=_signer(provider).unsign(token))
    except (BadSignature, ValueError):
        return None


def _signer(provider: str) -> Signer:
    return address_signer(f"videos.callback.{provider}")
