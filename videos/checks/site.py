"""The site's own address: ``SITE_URL``, the hosts that are answered, the proxies before it."""

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Info, Warning
from django.http.request import split_domain_port, validate_host

_HOST = re.compile(r"([a-z0-9-]+(\.[a-z0-9-]+)*|\[[0-9a-f:.]+\])\Z")


def check_site_url(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: object
) -> list[CheckMessage]:
    """E001, W002: ``SITE_URL`` is the base of every absolute link."""
    fault = _fault_of_site_url(settings.SITE_URL)
    if fault:
        return [
            Error(
                f"SITE_URL is not the address of a site: {fault}.",
                hint="Write the scheme and the host, such as https://portal.example.com",
                id="videos.E001",
            )
        ]
    is_http = settings.SITE_URL.startswith("http:")
    if settings.SESSION_COOKIE_SECURE and is_http and not is_this_machine(settings.SITE_URL):
        return [
            Warning(
                "SITE_URL begins with http, but cookies are sent over https only: nobody can "
                "log in.",
                hint="Serve the site over https, or set SECURE=false on a network you trust.",
                id="videos.W002",
            )
        ]
    return []


def check_hosts(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: object
) -> list[CheckMessage]:
    """W005, W006: ``ALLOWED_HOSTS`` are the hosts whose requests are answered."""
    messages: list[CheckMessage] = [
        Warning(
            f"ALLOWED_HOSTS has {host!r}, which no request has as its host.",
            hint="Write hosts without scheme, port and path, such as portal.example.com",
            id="videos.W006",
        )
        for host in settings.ALLOWED_HOSTS
        if host != "*" and not _HOST.match(host.removeprefix("."))
    ]
    if _fault_of_site_url(settings.SITE_URL):
        return messages
    site = urlsplit(settings.SITE_URL).netloc
    if not validate_host(split_domain_port(site)[0], settings.ALLOWED_HOSTS):
        messages.append(
            Warning(
                f"ALLOWED_HOSTS does not have the host of SITE_URL, {site}: the portal refuses "
                "every request there.",
                hint="Add it to ALLOWED_HOSTS, or leave ALLOWED_HOSTS out.",
                id="videos.W005",
            )
        )
    return messages


def check_proxies(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: object
) -> list[CheckMessage]:
    """E005, W007, I002: ``PROXY_COUNT`` finds the visitor's address in ``X-Forwarded-For``."""
    count = settings.PROXY_COUNT
    if count < 1:
        return [
            Error(
                f"PROXY_COUNT is {count}, but a proxy that counts is at least one.",
                hint="Count your proxies, or set BEHIND_PROXY=false where there is none.",
                id="videos.E005",
            )
        ]
    if count > 1 and not settings.BEHIND_PROXY:
        return [
            Warning(
                "PROXY_COUNT is set, but BEHIND_PROXY is not: the proxies are not believed.",
                hint="Set BEHIND_PROXY=true where your proxies set X-Forwarded-For.",
                id="videos.W007",
            )
        ]
    if count > 1:
        return [
            Info(
                f"PROXY_COUNT is {count}: each of your proxies must add to X-Forwarded-For what it "
                "is connected to. A proxy that replaces the header makes all visitors look "
                "alike, and they share one limit of failed log-ins.",
                hint="In nginx: proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;",
                id="videos.I002",
            )
        ]
    return []


def is_this_machine(url: str) -> bool:
    """Return whether an address leads to this machine itself."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:  # what is wrong with it is another check's
        return False
    return host in {"localhost", "::1"} or host.startswith("127.")


def _fault_of_site_url(url: str) -> str:
    """Return what is wrong with the address of the site, "" where nothing is."""
    try:
        site = urlsplit(url)
        port = site.port
    except ValueError:
        return "its host or its port is none"
    if site.scheme not in {"http", "https"}:
        return "it does not begin with https:// or http://"
    if "@" in site.netloc:
        return "it has a name or a password before the host"
    host = f"[{site.hostname}]" if ":" in (site.hostname or "") else site.hostname or ""
    if not _HOST.match(host):
        return f"its host, {host!r}, is not one that browsers can ask for"
    if port == 0:
        return "its port is none"
    if site.path or site.query or site.fragment:
        return "the portal stands at the root of its host, but the address goes on after the host"
    return ""
