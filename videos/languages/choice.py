"""The language of a person: by the address, the account, or the browser.

A page without an account's choice is in the language of the cookie that the switch in the footer
sets, and without that in the browser's. ``?lang=ru`` in an address wins over all, so that search
engines and links reach each language; it is stored nowhere.
"""

from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation

from videos.models import User

PARAMETER = "lang"
CODES = frozenset(code for code, _name in settings.LANGUAGES)


class Language(NamedTuple):
    """A language that pages offer: its code, its own name for itself, and whether it is active."""

    code: str
    name: str
    is_active: bool


def offered() -> list[Language]:
    """Return the languages of the portal."""
    active = translation.get_language()
    return [Language(code, name, code == active) for code, name in settings.LANGUAGES]


def of_address(request: HttpRequest) -> str:
    """Return the language that the address of ``request`` names, "" where it names none of ours."""
    code = request.GET.get(PARAMETER, "").lower() if request.method in {"GET", "HEAD"} else ""
    return code if code in CODES else ""


def of_browser(request: HttpRequest) -> str:
    """Return the language of the browser's cookie or, without one, of its own settings."""
    return translation.get_language_from_request(request)


def of_request(request: HttpRequest) -> str:
    """Return the language in which ``request`` is answered."""
    return of_address(request) or _of_account(request) or of_browser(request)


def of_recipient(person: User | None, request: HttpRequest | None) -> str:
    """Return the language of a mail to ``person``, which ``request`` caused, None for a worker.

    Whoever has no account gets the language of the person who has the mail sent.
    """
    active = translation.get_language() or settings.LANGUAGE_CODE
    if person is None:
        return active
    is_own_request = request is not None and getattr(request, "user", None) == person
    usual = active if is_own_request else person.browser_language or settings.LANGUAGE_CODE
    return person.language or usual


def _of_account(request: HttpRequest) -> str:
    # Without the cookie of a session there is nothing to look up
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return ""
    user = request.user
    return user.language if isinstance(user, User) and user.language in CODES else ""
