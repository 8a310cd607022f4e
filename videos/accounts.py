"""How django-allauth serves this site."""

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
