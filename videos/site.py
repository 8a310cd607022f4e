"""Hooks of Django and allauth: who may sign up, display names, and context of all templates."""

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest

from videos.models import User


class AccountAdapter(DefaultAccountAdapter):
    """Lets the operator disable new accounts."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return whether people may create an account (``ALLOW_SIGNUP``)."""
        return bool(settings.ALLOW_SIGNUP)


def display_name(user: User) -> str:
    """Return the name of a person on pages and in mails."""
    return user.get_full_name() or user.email


def site_context(request: HttpRequest) -> dict[str, object]:
    """Return the site's name, its address for absolute links, and limits that pages mention."""
    return {
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "allow_signup": settings.ALLOW_SIGNUP,
        "max_song_minutes": settings.MAX_AUDIO_SECONDS // 60,
    }
