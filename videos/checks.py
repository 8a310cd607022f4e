"""What Django's system checks say of a misconfigured installation."""

import os
import re
from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Info, Warning

from videos.outbound.addresses import is_listed, site_is_public

VENDOR_URLS = {
    "https://api.apikley.ru",
    "https://api.kie.ai",
    "https://api.sunoapi.org",
    "https://api.crun.ai",
}
_HOST_AND_PORT = re.compile(r"(\[[0-9a-f:.]+\]|[\w.-]+):[0-9]{1,5}\Z", re.IGNORECASE)
NO_MAIL_LEAVES = {"console", "dummy", "locmem", "filebased"}


def check_site_url(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: object
) -> list[CheckMessage]:
    """E001, W002: the site's own address makes every absolute link."""
    try:
        site = urlsplit(settings.SITE_URL)
    except ValueError:
        site = urlsplit("")
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


def check_vendors(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: object
) -> list[CheckMessage]:
    """E003, W003, W004, I001: half a configuration of a vendor; no message shows a key."""
    found: list[CheckMessage] = []
    for name, given in settings.VENDORS.items():
        found += _check_vendor(name.upper(), given)
    if settings.VENDORS["kie"].get("webhook_key") and not settings.VENDORS["kie"]["api_key"]:
        found.append(
            Warning(
                "KIE_WEBHOOK_KEY is set, but KIE_API_KEY is not: kie.ai is not offered.",
                hint="Set both, or neither.",
                id="videos.W003",
            )
        )
    if any(given["api_key"] for given in settings.VENDORS.values()) and not site_is_public():
        found.append(
            Info(
                "Vendors cannot call back, because SITE_URL has no public address. Films are made "
                "all the same: the workers ask.",
                hint="Where the site is public, set SITE_URL to the address that people use.",
                id="videos.I001",
            )
        )
    return found


def check_private_hosts(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: object
) -> list[CheckMessage]:
    """E004: hosts of our own network that addresses of others may lead to."""
    wrong = [each for each in settings.ALLOWED_PRIVATE_HOSTS if not _HOST_AND_PORT.match(each)]
    if not wrong:
        return []
    return [
        Error(
            f"ALLOWED_PRIVATE_HOSTS has {wrong[0]!r}, which is not a host with its port.",
            hint="Write each as host:port, such as 127.0.0.1:9000",
            id="videos.E004",
        )
    ]


def _check_vendor(name: str, given: Mapping[str, str]) -> list[CheckMessage]:
    try:
        url = urlsplit(given["base_url"])
        port = url.port or 80
    except ValueError:
        url, port = urlsplit(""), 0
    if url.scheme not in {"http", "https"} or not url.hostname:
        return [
            Error(
                f"{name}_BASE_URL is not the address of a server.",
                hint="Write the scheme and the host, such as https://api.example.com",
                id="videos.E003",
            )
        ]
    if given["api_key"] and url.scheme == "http" and not is_listed(url.hostname, port):
        return [
            Warning(
                f"{name}_BASE_URL begins with http: the key travels where anybody can read it.",
                hint="Use https, or list the host in ALLOWED_PRIVATE_HOSTS.",
                id="videos.W004",
            )
        ]
    if not given["api_key"] and given["base_url"] not in VENDOR_URLS:
        return [
            Warning(
                f"{name}_BASE_URL is set, but {name}_API_KEY is not: the vendor is not offered.",
                hint="Set both, or neither.",
                id="videos.W003",
            )
        ]
    return []
