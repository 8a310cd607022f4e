"""Protection against SSRF: addresses from others lead to the public internet only.

A name is resolved once, each of its addresses is checked, and a checked address is connected to
(``videos.outbound.client``). So a name whose address changes between two look-ups (DNS rebinding)
gains nothing. An address inside and a name that nobody knows have the same sentence, so that nobody
learns the names inside from us.

::

    RefusedAddress
    ├── PrivateAddress  the address leads elsewhere than to the public internet
    └── UnknownHost     its name cannot be resolved now
"""

import ipaddress
import socket
import threading
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from videos.outbound import refused

PRIVATE_SUFFIXES = (".local", ".localhost", ".internal", ".lan", ".home", ".test", ".invalid")
DEFAULT_PORTS = {"http": 80, "https": 443}
LOOKUP_TIMEOUT = 10.0  # seconds for the name server; the system's own limit is minutes
NOT_PUBLIC = gettext_lazy("The address leads to no server that the public internet knows.")

# Only this part of IPv6 is assigned as public addresses (IANA, IPv6 Address Space)
_GLOBAL_UNICAST = ipaddress.IPv6Network("2000::/3")
# Where a provider without IPv4 has a translator, names of IPv4 hosts lead here (RFC 6052)
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")

SocketAddress = tuple[socket.AddressFamily, tuple[str, int]]


class RefusedAddress(Exception):
    """The address must not be followed; the text says why, and does not contain the address."""


class PrivateAddress(RefusedAddress):
    """The address leads elsewhere than to the public internet."""


class UnknownHost(RefusedAddress):
    """The name of the address cannot be resolved now."""


def check_address(url: str) -> None:
    """Raise ``RefusedAddress`` unless ``url`` may be followed."""
    parts = parse_address(url)
    resolve(str(parts.hostname), parts.port or DEFAULT_PORTS[parts.scheme])


def site_is_public() -> bool:
    """Return whether others can reach this site: ``SITE_URL`` is on the public internet."""
    host = urlsplit(settings.SITE_URL).hostname or ""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return "." in host and not host.endswith(PRIVATE_SUFFIXES)
    return is_public(host)


def parse_address(url: str, *, allow_http: bool = False) -> SplitResult:
    """Return the parts of a web address; raises ``RefusedAddress`` where it must not be followed.

    Plain http is allowed to hosts on the allowlist, with ``allow_http`` to all.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
        if parts.scheme not in DEFAULT_PORTS or not parts.hostname:
            raise ValueError("no address of the web")
        parts.hostname.encode("idna")  # resolving the name would raise the same
    except ValueError as error:  # UnicodeError is one, too
        raise RefusedAddress(_("The address is not one of the web.")) from error
    if parts.username is not None or parts.password is not None:
        raise RefusedAddress(_("The address holds a log-in, and is not followed."))
    if is_refused_for_http(url) and not allow_http:
        raise RefusedAddress(_("The address is not one of https, and is not followed."))
    check_port(parts.hostname, DEFAULT_PORTS[parts.scheme] if port is None else port)
    return parts


def is_refused_for_http(url: str) -> bool:
    """Return whether an address is refused because it is plain http."""
    try:
        parts = urlsplit(url)
        port = parts.port or DEFAULT_PORTS["http"]
    except ValueError:
        return False
    return parts.scheme == "http" and not is_allowlisted(parts.hostname or "", port)


def check_port(host: str, port: int) -> None:
    """Raise ``RefusedAddress`` where ``port`` belongs to another service than the web."""
    if port in refused.PORTS and not is_allowlisted(host, port):
        raise RefusedAddress(_("The port of the address is not one of web servers."))


def resolve(host: str, port: int, timeout: float = LOOKUP_TIMEOUT) -> list[SocketAddress]:
    """Return the socket addresses of ``host``, all of which may be connected to.

    Raises ``RefusedAddress`` if one of them is not public, or there is none within ``timeout``
    seconds.
    """
    check_port(host, port)
    addresses = look_up(host, port, timeout)
    if not is_allowlisted(host, port):
        for _family, address in addresses:
            if not is_public(str(address[0])):
                raise PrivateAddress(NOT_PUBLIC)
    return addresses


def look_up(host: str, port: int, timeout: float = LOOKUP_TIMEOUT) -> list[SocketAddress]:
    """Return the socket addresses of ``host``, unchecked; raises ``UnknownHost``.

    ``getaddrinfo`` runs in a thread, because it has no time-out of its own.
    """
    addresses: list[SocketAddress] = []
    errors: list[Exception] = [TimeoutError("No name server answered in time.")]

    def run() -> None:
        try:
            for family, _t, _p, _n, address in socket.getaddrinfo(
                host, port, type=socket.SOCK_STREAM
            ):
                addresses.append((family, address))  # type: ignore[arg-type]  # pairs and longer
            errors.clear()
        except Exception as error:  # the caller raises it
            errors[:] = [error]

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(timeout)
    if errors or not addresses:
        raise UnknownHost(NOT_PUBLIC) from (errors[0] if errors else None)
    return addresses


def is_public(address: str) -> bool:
    """Return whether an IP address is on the public internet, by ``videos.outbound.refused``."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        if ip in _NAT64:
            return is_public(str(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)))
        if ip not in _GLOBAL_UNICAST:
            return False
    return not any(ip in each.network for each in refused.NETWORKS)


def is_allowlisted(host: str, port: int) -> bool:
    """Return whether ``ALLOWED_PRIVATE_HOSTS`` has this host with this port."""
    name = f"[{host}]" if ":" in host else host
    return f"{name}:{port}".lower() in {each.lower() for each in settings.ALLOWED_PRIVATE_HOSTS}
