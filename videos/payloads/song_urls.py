"""The signed addresses of a song's audio and cover for programs: absolute and public.

A file that is not in our storage yet has the vendor's address.
"""

from pathlib import PurePosixPath

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

from videos.models import Track
from videos.models.signing_key import address_signer


def audio_url(track: Track) -> str:
    """Return the address of the audio of ``track``, "" where there is none."""
    if not track.audio:
        return track.audio_url
    suffix = PurePosixPath(str(track.audio.name)).suffix.removeprefix(".")
    return _signed_url("api_audio", track, suffix)


def cover_url(track: Track) -> str:
    """Return the address of the cover of ``track``, "" where there is none."""
    return _signed_url("api_cover", track) if track.cover else track.image_url


def track_id(token: str) -> int | None:
    """Return the primary key of the track in ``token``, None where its signature is invalid."""
    try:
        return int(_signer().unsign(token))
    except (BadSignature, ValueError):
        return None


def _signed_url(name: str, track: Track, *args: str) -> str:
    token = _signer().sign(str(track.pk))
    return f"{settings.SITE_URL}{reverse(f'videos:{name}', args=[token, *args])}"


def _signer() -> Signer:
    return address_signer("videos.wire.song")  # never to be changed: it would break all addresses
