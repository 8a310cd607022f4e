"""The address of a film for programs: absolute, unguessable, without a key, and ending in .mp4."""

import uuid

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

from videos.models import Video


def url(video: Video) -> str:
    """Return where the film of ``video`` can be had for as long as there is one."""
    token = _signer().sign(video.pk.hex)
    return f"{settings.SITE_URL}{reverse('videos:wire_film', args=[token])}"


def video_id(token: str) -> uuid.UUID | None:
    """Return the id of the video that ``token`` names, None where we did not make the token."""
    try:
        return uuid.UUID(hex=_signer().unsign(token))
    except (BadSignature, ValueError):
        return None


def _signer() -> Signer:
    return Signer(salt="videos.payloads.film_urls")
