"""The context of all templates."""

from django.conf import settings
from django.http import HttpRequest

from videos.accounts import sign_up
from videos.languages import choice


def site_context(request: HttpRequest) -> dict[str, object]:
    """Return the site's name and address, the languages, and what all pages mention."""
    code = choice.of_address(request)
    return {
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "languages": choice.offered(),
        "language_query": f"?{choice.PARAMETER}={code}" if code else "",
        "allow_signup": sign_up.is_public(),
        "terms_url": settings.TERMS_URL,
        "privacy_url": settings.PRIVACY_URL,
        "copyright_url": settings.COPYRIGHT_URL,
        "max_song_minutes": settings.MAX_AUDIO_SECONDS // 60,
    }
