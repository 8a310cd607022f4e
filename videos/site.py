"""What this site is to Django and allauth: who may sign up, how people are called, its name."""

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest

from videos.models import User


class AccountAdapter(DefaultAccountAdapter):
    """Lets the operator close the door to new accounts."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Say whether anybody may make an account (``ALLOW_SIGNUP``)."""
        return bool(settings.ALLOW_SIGNUP)


def display_name(user: User) -> str:
    """Return what a person is called on pages and in mails."""
    return user.get_full_name() or user.email


def site_context(request: HttpRequest) -> dict[str, object]:
    """Return the site's name, its own address for absolute links, and what people may do here."""
    return {
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "allow_signup": settings.ALLOW_SIGNUP,
        "longest_song": settings.MAX_AUDIO_SECONDS // 60,
    }
