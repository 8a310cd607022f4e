"""What Django's system checks say of a misconfigured installation."""

import os
from collections.abc import Sequence
from urllib.parse import urlsplit

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning

NO_MAIL_LEAVES = {"console", "dummy", "locmem", "filebased"}


def check_site_url(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: object
) -> list[CheckMessage]:
    """E001, W002: the site's own address makes every absolute link."""
    site = urlsplit(settings.SITE_URL)
    if site.scheme not in {"http", "https"} or not site.hostname or site.path or site.query:
        return [
            Error(
                f"SITE_URL is {settings.SITE_URL!r}, which is not the address of a site.",
                hint="Write the scheme and the host, such as https://portal.example.com",
                id="videos.E001",
            )
        ]
    if settings.SESSION_COOKIE_SECURE and site.scheme == "http":
        return [
            Warning(
                "SITE_URL begins with http, but cookies are sent over https only: nobody can "
                "log in.",
                hint="Serve the site over https, or set SECURE=false on a network you trust.",
                id="videos.W002",
            )
        ]
    return []


def check_data_dir(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: object
) -> list[CheckMessage]:
    """E002: database, media and queue are kept in DATA_DIR."""
    if settings.DATA_DIR.is_dir() and os.access(settings.DATA_DIR, os.W_OK | os.X_OK):
        return []
    return [
        Error(
            f"DATA_DIR, {settings.DATA_DIR}, is not a folder that this process can write to.",
            hint="Make it, give it to the account that runs the portal, or name another.",
            id="videos.E002",
        )
    ]


def check_mail(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: object
) -> list[CheckMessage]:
    """W001: an address can only be confirmed where mail leaves the machine."""
    backend = settings.EMAIL_BACKEND.split(".")[-2]
    if settings.ACCOUNT_EMAIL_VERIFICATION != "mandatory" or backend not in NO_MAIL_LEAVES:
        return []
    return [
        Warning(
            "EMAIL_VERIFICATION is mandatory, but mail does not leave this machine: nobody who "
            "signs up can log in.",
            hint="Set EMAIL_URL, such as smtp+tls://user:password@mail.example.com:587",
            id="videos.W001",
        )
    ]
