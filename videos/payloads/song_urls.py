"""The addresses of a song's sound and cover for programs: unguessable, and without a key.

What is not in our storage yet is had from its vendor.
"""

from pathlib import PurePosixPath

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

from videos.models import Track


def audio_url(track: Track) -> str:
    """Return where the sound of ``track`` can be had, "" where nobody has it."""
    if not track.audio:
        return track.audio_url
    suffix = PurePosixPath(str(track.audio.name)).suffix.removeprefix(".")
    return _absolute("wire_audio", track, suffix)


def cover_url(track: Track) -> str:
    """Return where the cover of ``track`` can be had, "" where there is none."""
    return _absolute("wire_cover", track) if track.cover else track.image_url


def track_id(token: str) -> int | None:
    """Return the key of the track that ``token`` names, None where we did not make the token."""
    try:
        return int(_signer().unsign(token))
    except (BadSignature, ValueError):
        return None


def _absolute(name: str, track: Track, *words: str) -> str:
    token = _signer().sign(str(track.pk))
    return f"{settings.SITE_URL}{reverse(f'videos:{name}', args=[token, *words])}"


def _signer() -> Signer:
    return Signer(salt="videos.payloads.song_urls")
