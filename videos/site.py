"""The context of all templates."""

from django.conf import settings
from django.http import HttpRequest

from videos.accounts import sign_up


def site_context(request: HttpRequest) -> dict[str, object]:
    """Return the site's name, its address for absolute links, and limits that pages mention."""
    return {
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "allow_signup": sign_up.is_public(),
        "max_song_minutes": settings.MAX_AUDIO_SECONDS // 60,
    }
