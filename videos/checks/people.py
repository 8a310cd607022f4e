"""Accounts and mail."""

from collections.abc import Sequence

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Info, Warning
from django.core.mail.message import sanitize_address

LOCAL_MAIL_BACKENDS = {"console", "dummy", "locmem", "filebased"}


def check_mail(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: object
) -> list[CheckMessage]:
    """W001, E006, E007: mails need a server, a sender, and time to be tried again."""
    messages: list[CheckMessage] = []
    backend = settings.EMAIL_BACKEND.split(".")[-2]
    if settings.ACCOUNT_EMAIL_VERIFICATION == "mandatory" and backend in LOCAL_MAIL_BACKENDS:
        messages.append(
            Warning(
                "EMAIL_VERIFICATION is mandatory, but mail does not leave this machine: nobody who "
                "signs up can log in.",
                hint="Set EMAIL_URL, such as smtp+tls://user:password@mail.example.com:587",
                id="videos.W001",
            )
        )
    if backend not in LOCAL_MAIL_BACKENDS and not settings.EMAIL_HOST:
        messages.append(
            Error(
                "EMAIL_URL names no mail server: no mail can be sent.",
                hint="Write its host, such as smtp+tls://user:password@mail.example.com:587",
                id="videos.E007",
            )
        )
    if not _is_mail_address(settings.DEFAULT_FROM_EMAIL):
        messages.append(
            Error(
                "DEFAULT_FROM_EMAIL is not an e-mail address: no mail can be sent.",
                hint='Write a name and an address, such as "Portal" <noreply@portal.example.com>',
                id="videos.E006",
            )
        )
    return messages


def check_accounts(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: object
) -> list[CheckMessage]:
    """W014, I004: what lets others into accounts, and could be shut (``check --deploy``)."""
    messages: list[CheckMessage] = []
    if settings.CAN_SEND_MAIL and settings.ACCOUNT_EMAIL_VERIFICATION != "mandatory":
        messages.append(
            Warning(
                "EMAIL_VERIFICATION lets people in before they confirm their address: whoever "
                "registers the address of somebody else first uses the account meanwhile, and the "
                "sign-up tells who has an account.",
                hint="Leave EMAIL_VERIFICATION out.",
                id="videos.W014",
            )
        )
    if not settings.STAFF_SECOND_FACTOR:
        messages.append(
            Info(
                "Operators open the admin with a password alone.",
                hint="Set STAFF_SECOND_FACTOR=true once each has switched a second factor on.",
                id="videos.I004",
            )
        )
    return messages


def _is_mail_address(text: str) -> bool:
    try:
        return "@" in sanitize_address(text, "utf-8")
    except ValueError:
        return False
