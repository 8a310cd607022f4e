"""Django system checks that find a misconfigured installation."""

import os
import re
import sys
from collections.abc import Sequence
from urllib.parse import urlsplit

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Info, Warning
from django.core.mail.message import sanitize_address
from django.http.request import split_domain_port, validate_host

from videos.media.file_systems import file_system_of
from videos.media.permissions import is_media_reachable
from videos.outbound.addresses import is_allowlisted, site_is_public
from videos.render.sandbox.confinement import has_filter, has_landlock, system_paths
from videos.render.text.faces import can_shape
from videos.vendors import VENDORS, VendorFacts

_HOST_AND_PORT = re.compile(r"(\[[0-9a-f:.]+\]|[\w.-]+):[0-9]{1,5}\Z", re.IGNORECASE)
_HOST = re.compile(r"([a-z0-9-]+(\.[a-z0-9-]+)*|\[[0-9a-f:.]+\])\Z")
WINDOWS_FILE_SYSTEMS = {"9p", "drvfs"}  # as WSL 2 and WSL 1 mount them
LOCAL_MAIL_BACKENDS = {"console", "dummy", "locmem", "filebased"}


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
    if settings.SESSION_COOKIE_SECURE and is_http and not _is_this_machine(settings.SITE_URL):
        return [
            Warning(
                "SITE_URL begins with http, but cookies are sent over https only: nobody can "
                "log in.",
                hint="Serve the site over https, or set SECURE=false on a network you trust.",
                id="videos.W002",
            )
        ]
    return []


def check_server(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: object
) -> list[CheckMessage]:
    """E008, W010, W013: what a server needs and a command does without (``check --deploy``)."""
    messages: list[CheckMessage] = []
    if not settings.DEBUG and not settings.SECRET_KEY_IS_SET:
        messages.append(
            Error(
                "SECRET_KEY is not set: commands use the key of `make run`, but servers do not "
                "start.",
                hint="Set SECRET_KEY to 50 random characters or more.",
                id="videos.E008",
            )
        )
    if _is_this_machine(settings.SITE_URL):
        messages.append(
            Warning(
                f"SITE_URL is {settings.SITE_URL}: links in mails and on share pages lead nowhere "
                "but to this machine.",
                hint="Set SITE_URL to the address that people use.",
                id="videos.W010",
            )
        )
    if settings.EMAIL_BACKEND.split(".")[-2] in LOCAL_MAIL_BACKENDS:
        messages.append(
            Warning(
                "No mail leaves this machine: nobody can confirm an address or get a new password.",
                hint="Set EMAIL_URL, such as smtp+tls://user:password@mail.example.com:587",
                id="videos.W013",
            )
        )
    return messages


def check_names_of_variables(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: object
) -> list[CheckMessage]:
    """W009: a variable of ``.env`` that nothing reads is probably a slip of the pen."""
    return [
        Warning(
            f".env sets {name}, which is no setting.",
            hint=f"Perhaps {nearest} is meant." if nearest else "docs/settings.md lists them.",
            id="videos.W009",
        )
        for name, nearest in settings.UNDECLARED_VARIABLES.items()
    ]


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


def check_data_dir(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: object
) -> list[CheckMessage]:
    """E002: ``DATA_DIR`` holds the database, the media and the queue."""
    if settings.DATA_DIR.is_dir() and os.access(settings.DATA_DIR, os.W_OK | os.X_OK):
        return []
    return [
        Error(
            f"DATA_DIR, {settings.DATA_DIR}, is not a folder that this process can write to.",
            hint="Make it, give it to the account that runs the portal, or name another.",
            id="videos.E002",
        )
    ]


def check_platform(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: object
) -> list[CheckMessage]:
    """I003, W011, W012: what only Linux has, what Windows' drives lack, and what draws text."""
    messages: list[CheckMessage] = []
    if not can_shape():
        messages.append(
            Warning(
                "The library libfribidi is missing: the built-in renderer can draw no text, so it "
                "makes no films.",
                hint="On Debian and Ubuntu, apt install libfribidi0; on macOS, brew install "
                "fribidi.",
                id="videos.W012",
            )
        )
    if not sys.platform.startswith("linux"):
        messages.append(
            Info(
                "This machine does not run Linux: each film is painted by one process, and uploads "
                "are opened by processes that are not isolated and whose memory is not limited.",
                hint="Serve other people from Linux.",
                id="videos.I003",
            )
        )
    if file_system_of(settings.DATA_DIR) in WINDOWS_FILE_SYSTEMS:
        messages.append(
            Warning(
                f"DATA_DIR, {settings.DATA_DIR}, lies on a drive of Windows, where the database "
                "and the queue lose what they lock.",
                hint="Keep the portal and DATA_DIR in the file system of WSL, such as in ~.",
                id="videos.W011",
            )
        )
    return messages


def check_sandbox(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: object
) -> list[CheckMessage]:
    """W020, W021, W022: what keeps a decoder with a fault from the files and the network."""
    if not sys.platform.startswith("linux"):
        return []
    messages: list[CheckMessage] = []
    if not has_landlock():
        messages.append(
            Warning(
                "This kernel has no Landlock: a hostile upload that takes over its decoder could "
                "read the database and the key.",
                hint="Use Linux 5.13 or newer, with landlock in /sys/kernel/security/lsm.",
                id="videos.W020",
            )
        )
    if not has_filter():
        messages.append(
            Warning(
                "System calls cannot be filtered here: a hostile upload that takes over its "
                "decoder could open connections.",
                hint="Use a kernel with seccomp, on x86-64 or ARM64.",
                id="videos.W021",
            )
        )
    readable = [path for path in system_paths() if settings.DATA_DIR.is_relative_to(path)]
    if readable:
        messages.append(
            Warning(
                f"DATA_DIR, {settings.DATA_DIR}, lies in {readable[0]}, which the processes that "
                "open uploads may read.",
                hint="Keep the data apart from Python and its libraries.",
                id="videos.W022",
            )
        )
    return messages


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


def check_media_is_reachable(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: object
) -> list[CheckMessage]:
    """W008: nginx, which is to send the files, can enter the folders that lead to them."""
    if not settings.MEDIA_ACCEL_PREFIX or is_media_reachable():
        return []
    return [
        Warning(
            f"MEDIA_ACCEL_PREFIX is set, but the group cannot enter {settings.MEDIA_ROOT}: nginx "
            "answers 403 for every film.",
            hint="Run python manage.py prepare, and add nginx's account to the portal's group.",
            id="videos.W008",
        )
    ]


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


def _is_mail_address(text: str) -> bool:
    try:
        return "@" in sanitize_address(text, "utf-8")
    except ValueError:
        return False


def _is_this_machine(url: str) -> bool:
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
