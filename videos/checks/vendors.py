"""Vendors, and the hosts of our own network that addresses may lead to."""

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Info, Warning

from videos.outbound.addresses import is_allowlisted, site_is_public
from videos.vendors import VENDORS, VendorFacts

_HOST_AND_PORT = re.compile(r"(\[[0-9a-f:.]+\]|[\w.-]+):[0-9]{1,5}\Z", re.IGNORECASE)


def check_vendors(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: object
) -> list[CheckMessage]:
    """E003, W003, W004, I001: an incomplete configuration of a vendor; no message shows a key."""
    messages: list[CheckMessage] = []
    for facts in VENDORS.values():
        messages += _check_base_url(facts)
        messages += _check_callback_key(facts)
    has_vendor = any(config["api_key"] for config in settings.VENDORS.values())
    if has_vendor and not site_is_public():
        messages.append(
            Info(
                "Vendors cannot call back, because SITE_URL has no public address. Films are made "
                "all the same: the workers ask.",
                hint="Where the site is public, set SITE_URL to the address that people use.",
                id="videos.I001",
            )
        )
    return messages


def check_private_hosts(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: object
) -> list[CheckMessage]:
    """E004: ``ALLOWED_PRIVATE_HOSTS`` needs a port with each host."""
    invalid = [each for each in settings.ALLOWED_PRIVATE_HOSTS if not _HOST_AND_PORT.match(each)]
    if not invalid:
        return []
    return [
        Error(
            f"ALLOWED_PRIVATE_HOSTS has {invalid[0]!r}, which is not a host with its port.",
            hint="Write each as host:port, such as 127.0.0.1:9000",
            id="videos.E004",
        )
    ]


def _check_base_url(facts: VendorFacts) -> list[CheckMessage]:
    config, variables = settings.VENDORS[facts.key], facts.variables
    try:
        url = urlsplit(config["base_url"])
        port = url.port or 80
    except ValueError:
        url, port = urlsplit(""), 0
    if url.scheme not in {"http", "https"} or not url.hostname:
        return [
            Error(
                f"{variables['base_url']} is not the address of a server.",
                hint="Write the scheme and the host, such as https://api.example.com",
                id="videos.E003",
            )
        ]
    if config["api_key"] and url.scheme == "http" and not is_allowlisted(url.hostname, port):
        return [
            Warning(
                f"{variables['base_url']} begins with http: the key travels where anybody can "
                "read it.",
                hint="Use https, or list the host in ALLOWED_PRIVATE_HOSTS.",
                id="videos.W004",
            )
        ]
    if config["base_url"] != facts.base_url:
        return _check_api_key(facts, variables["base_url"])
    return []


def _check_callback_key(facts: VendorFacts) -> list[CheckMessage]:
    if not facts.signs_callbacks or not settings.VENDORS[facts.key].get("callback_key"):
        return []
    return _check_api_key(facts, facts.variables["callback_key"])


def _check_api_key(facts: VendorFacts, variable: str) -> list[CheckMessage]:
    """Warn where ``variable`` of a vendor is set, but its API key is not."""
    if settings.VENDORS[facts.key]["api_key"]:
        return []
    return [
        Warning(
            f"{variable} is set, but {facts.variables['api_key']} is not: {facts.label} is not "
            "offered.",
            hint="Set both, or neither.",
            id="videos.W003",
        )
    ]
