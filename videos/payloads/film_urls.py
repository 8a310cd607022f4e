"""The signed address of a film for programs: absolute, public, and ending in .mp4."""

import uuid

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

from videos.models import Video
from videos.models.signing_key import address_signer


def url(video: Video) -> str:
    """Return the address of the film of ``video``, which works as long as there is a film."""
    token = _signer().sign(video.pk.hex)
    return f"{settings.SITE_URL}{reverse('videos:api_film', args=[token])}"


def video_id(token: str) -> uuid.UUID | None:
    """Return the id of the video that ``token`` names, None where its signature is invalid."""
    try:
        return uuid.UUID(hex=_signer().unsign(token))
    except (BadSignature, ValueError):
        return None


def _signer() -> Signer:
    return address_signer("videos.wire.film")  # never to be changed: it would break all addresses
