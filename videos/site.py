"""Hooks of Django and allauth: who may sign up, display names, and context of all templates."""

import ipaddress
import logging
from functools import cache
from types import SimpleNamespace
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest

from videos.models import User

logger = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):
    """Lets the operator disable new accounts, and makes mails and addresses of visitors safe."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return whether people may create an account (``ALLOW_SIGNUP``)."""
        return bool(settings.ALLOW_SIGNUP)

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return the address of the visitor, whatever the proxies wrote.

        allauth answers every log-in with an error where ``X-Forwarded-For`` has fewer addresses
        than ``PROXY_COUNT``, or something that is no address.
        """
        try:
            return str(super().get_client_ip(request))
        except ImproperlyConfigured:
            forwarded = request.headers.get("X-Forwarded-For", "").split(",")
            warn_of_missing_addresses(len(forwarded))
            # The nearest proxy wrote the first one: a request that passed them all has more
            return _first_address(forwarded[0], request.META.get("REMOTE_ADDR", ""))
        except PermissionDenied:
            return _first_address(request.META.get("REMOTE_ADDR", ""))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, object]) -> None:
        """Send a mail whose links lead to ``SITE_URL``, whatever host the request named."""
        origin = self.request.build_absolute_uri("/") if self.request else None
        links = {
            name: f"{settings.SITE_URL}/{value.removeprefix(origin)}"
            for name, value in context.items()
            if origin and isinstance(value, str) and value.startswith(origin)
        }
        site = SimpleNamespace(name=settings.SITE_NAME, domain=urlsplit(settings.SITE_URL).netloc)
        super().send_mail(template_prefix, email, context | links | {"current_site": site})


def _first_address(*texts: str) -> str:
    """Return the first text that is an IP address; raises ``PermissionDenied`` where none is."""
    for text in texts:
        try:
            return str(ipaddress.ip_address(text.strip()))
        except ValueError:
            continue
    raise PermissionDenied("The visitor's address is not known.")


@cache  # once in each process is enough
def warn_of_missing_addresses(count: int) -> None:
    logger.warning(
        "PROXY_COUNT is %d, but X-Forwarded-For has %d: let each proxy add to the header "
        "(nginx: $proxy_add_x_forwarded_for), or count fewer.",
        settings.PROXY_COUNT,
        count,
    )


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
