"""What every template knows of the site."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, object]:
    """Return the site's name, its own address for absolute links, and what people may do here."""
    return {
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "allow_signup": settings.ALLOW_SIGNUP,
        "longest_song": settings.MAX_AUDIO_SECONDS // 60,
    }
