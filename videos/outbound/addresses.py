"""Protection against SSRF: addresses from others lead to the public internet only.

A name is resolved once, each of its addresses is checked, and a checked address is connected to.
So a name whose address changes between two look-ups (DNS rebinding) gains nothing.
"""

import ipaddress
import socket
import threading
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import ConnectTimeoutError, NameResolutionError, NewConnectionError

PRIVATE_SUFFIXES = (".local", ".localhost", ".internal", ".lan", ".home", ".test", ".invalid")
DEFAULT_PORTS = {"http": 80, "https": 443}
MAX_ADDRESSES_TRIED = 4  # of one name; each may take a whole time-out
LOOKUP_TIMEOUT = 10.0  # seconds for the name server; the system's own limit is minutes

_IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class RefusedAddress(Exception):
    """The address must not be followed; the text says why, and does not contain the address."""


class UnknownHost(RefusedAddress):
    """The name of the address cannot be resolved now."""


def check_address(url: str) -> None:
    """Raise ``RefusedAddress`` unless ``url`` may be followed, ``UnknownHost`` if unresolved."""
    parts = parse_address(url)
    port = parts.port or DEFAULT_PORTS[parts.scheme]
    try:
        resolve(str(parts.hostname), port)
    except OSError as error:
        raise UnknownHost(_("The address names a computer that nobody knows.")) from error


def site_is_public() -> bool:
    """Return whether others can reach this site: ``SITE_URL`` is on the public internet."""
    host = urlsplit(settings.SITE_URL).hostname or ""
    try:
        return ipaddress.ip_address(host).is_global
    except ValueError:
        return "." in host and not host.endswith(PRIVATE_SUFFIXES)


def parse_address(url: str, *, allow_http: bool = False) -> SplitResult:
    """Return the parts of a web address; raises ``RefusedAddress`` where it must not be followed.

    Plain http is allowed to hosts on the allowlist, with ``allow_http`` to all.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise RefusedAddress(_("The address is not one of the web.")) from error
    if parts.scheme not in DEFAULT_PORTS or not parts.hostname or port == 0:
        raise RefusedAddress(_("The address is not one of the web."))
    try:
        parts.hostname.encode("idna")
    except UnicodeError as error:  # resolving the name would raise it
        raise RefusedAddress(_("The address is not one of the web.")) from error
    if parts.username is not None or parts.password is not None:
        raise RefusedAddress(_("The address holds a log-in, and is not followed."))
    may_use_http = allow_http or is_allowlisted(parts.hostname, port or DEFAULT_PORTS["http"])
    if parts.scheme == "http" and not may_use_http:
        raise RefusedAddress(_("The address is not one of https, and is not followed."))
    return parts


def is_refused_for_http(url: str) -> bool:
    """Return whether an address is refused because it is plain http."""
    try:
        parts = urlsplit(url)
        port = parts.port or DEFAULT_PORTS["http"]
    except ValueError:
        return False
    return parts.scheme == "http" and not is_allowlisted(parts.hostname or "", port)


def resolve(
    host: str, port: int, timeout: float = LOOKUP_TIMEOUT
) -> list[tuple[socket.AddressFamily, tuple[str, int]]]:
    """Return the socket addresses of ``host``, all of which may be connected to.

    Raises ``RefusedAddress`` if one of them is not public, ``OSError`` if there is none or the
    name server took longer than ``timeout`` seconds.
    """
    addresses = _look_up(host, port, timeout)
    if not is_allowlisted(host, port):
        for _family, address in addresses:
            if not is_public(str(address[0])):
                raise RefusedAddress(_("The address leads into a private network."))
    return addresses


def _look_up(
    host: str, port: int, timeout: float
) -> list[tuple[socket.AddressFamily, tuple[str, int]]]:
    """Call ``getaddrinfo`` in a thread, because it has no time-out of its own."""
    addresses: list[tuple[socket.AddressFamily, tuple[str, int]]] = []
    errors: list[Exception] = []

    def run() -> None:
        try:
            for family, _t, _p, _n, address in socket.getaddrinfo(
                host, port, type=socket.SOCK_STREAM
            ):
                addresses.append((family, address))  # type: ignore[arg-type]  # pairs and longer
        except Exception as error:  # the caller raises it
            errors.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(timeout)
    if errors:
        raise errors[0]
    if thread.is_alive():
        raise TimeoutError("No name server answered in time.")
    return addresses


def is_public(address: str) -> bool:
    """Return whether an IP address is on the public internet, also where IPv6 wraps an IPv4."""
    try:
        inner = _unwrap(ipaddress.ip_address(address.partition("%")[0]))
    except ValueError:
        return False
    return inner.is_global and not (inner.is_multicast or inner.is_reserved)


def _unwrap(address: _IPAddress) -> _IPAddress:
    """Return the IPv4 address inside an IPv6 one, otherwise ``address`` itself."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if address.teredo:
        return address.teredo[1]
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or address


def is_allowlisted(host: str, port: int) -> bool:
    """Return whether ``ALLOWED_PRIVATE_HOSTS`` has this host with this port."""
    name = f"[{host}]" if ":" in host else host
    return f"{name}:{port}".lower() in {each.lower() for each in settings.ALLOWED_PRIVATE_HOSTS}


class _GuardedMixin:
    """Connects only to addresses that were checked a moment ago."""

    def _new_conn(self: HTTPConnection) -> socket.socket:  # type: ignore[misc]  # a mixin of it
        host = self._dns_host.strip("[]")
        timeout = self.timeout if isinstance(self.timeout, int | float) else None
        try:
            addresses = resolve(host, self.port, LOOKUP_TIMEOUT if timeout is None else timeout)
        except socket.gaierror as error:
            raise NameResolutionError(self.host, self, error) from error
        except TimeoutError as error:
            raise ConnectTimeoutError(self, "The look-up timed out.") from error
        last_error: OSError = OSError("no address")
        for family, address in addresses[:MAX_ADDRESSES_TRIED]:
            connection = socket.socket(family, socket.SOCK_STREAM)
            try:
                connection.settimeout(timeout)
                connection.connect(address)
            except OSError as error:
                connection.close()
                last_error = error
            else:
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                return connection
        if isinstance(last_error, TimeoutError):
            raise ConnectTimeoutError(self, "The connection timed out.") from last_error
        raise NewConnectionError(self, "No connection.") from last_error


class GuardedConnection(_GuardedMixin, HTTPConnection):
    """A connection for plain HTTP, to hosts on the allowlist."""


class GuardedTLSConnection(_GuardedMixin, HTTPSConnection):
    """A connection for https."""
