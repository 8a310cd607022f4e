"""Addresses that others give us: followed to the public internet only, never into our network.

A name is looked up once, every address that it has is checked, and a checked one is connected to,
so that a name which changes its mind between two questions (DNS rebinding) gains nothing.
"""

import ipaddress
import socket
import threading
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import ConnectTimeoutError, NameResolutionError, NewConnectionError

NOT_PUBLIC = (".local", ".localhost", ".internal", ".lan", ".home", ".test", ".invalid")
PORTS = {"http": 80, "https": 443}
MOST_TRIED = 4  # of a name's addresses, each of which may take a time-out
LOOKUP_PATIENCE = 10.0
"""Seconds that a name server may take, which would otherwise hold us for as long as it likes."""

_IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class RefusedAddress(Exception):
    """The address leads where nobody else may send us; the text says so without showing it."""


class UnknownHost(RefusedAddress):
    """The address names a computer of which nobody can say, for now, where it is."""


def check_address(url: str) -> None:
    """Raise ``RefusedAddress`` unless ``url`` may be followed, ``UnknownHost`` if nobody knows."""
    parts = split(url)
    port = parts.port or PORTS[parts.scheme]
    try:
        allowed_sockets(str(parts.hostname), port)
    except OSError as error:
        raise UnknownHost(_("The address names a computer that nobody knows.")) from error


def site_is_public() -> bool:
    """Say whether others can reach this site: its own address is one of the public internet."""
    host = urlsplit(settings.SITE_URL).hostname or ""
    try:
        return ipaddress.ip_address(host).is_global
    except ValueError:
        return "." in host and not host.endswith(NOT_PUBLIC)


def split(url: str, *, plain: bool = False) -> SplitResult:
    """Return the parts of a web address; raises ``RefusedAddress`` for what we do not follow.

    Plain http is followed to listed hosts, with ``plain`` to all.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise RefusedAddress(_("The address is not one of the web.")) from error
    if parts.scheme not in PORTS or not parts.hostname or port == 0:
        raise RefusedAddress(_("The address is not one of the web."))
    try:
        parts.hostname.encode("idna")
    except UnicodeError as error:  # which looking the name up would raise
        raise RefusedAddress(_("The address is not one of the web.")) from error
    if parts.username is not None or parts.password is not None:
        raise RefusedAddress(_("The address holds a log-in, and is not followed."))
    listed = plain or is_listed(parts.hostname, port or PORTS["http"])
    if parts.scheme == "http" and not listed:
        raise RefusedAddress(_("The address is not one of https, and is not followed."))
    return parts


def is_refused_for_http(url: str) -> bool:
    """Say whether an address would be followed if only it were one of https."""
    try:
        parts = urlsplit(url)
        port = parts.port or PORTS["http"]
    except ValueError:
        return False
    return parts.scheme == "http" and not is_listed(parts.hostname or "", port)


def allowed_sockets(
    host: str, port: int, patience: float = LOOKUP_PATIENCE
) -> list[tuple[socket.AddressFamily, tuple[str, int]]]:
    """Look ``host`` up and return where to connect to.

    Raises ``RefusedAddress`` if any of its addresses is not public, ``OSError`` if it has none or
    nobody told them within ``patience`` seconds.
    """
    sockets = _looked_up(host, port, patience)
    if not is_listed(host, port):
        for _family, address in sockets:
            if not is_public(str(address[0])):
                raise RefusedAddress(_("The address leads into a private network."))
    return sockets


def _looked_up(
    host: str, port: int, patience: float
) -> list[tuple[socket.AddressFamily, tuple[str, int]]]:
    """Ask for the addresses of ``host`` in a thread: the system's own time-outs are minutes."""
    found: list[tuple[socket.AddressFamily, tuple[str, int]]] = []
    problems: list[Exception] = []

    def look_up() -> None:
        try:
            for family, _t, _p, _n, address in socket.getaddrinfo(
                host, port, type=socket.SOCK_STREAM
            ):
                found.append((family, address))  # type: ignore[arg-type]  # pairs and longer
        except Exception as error:  # it is for whoever asked
            problems.append(error)

    asking = threading.Thread(target=look_up, daemon=True)
    asking.start()
    asking.join(patience)
    if problems:
        raise problems[0]
    if asking.is_alive():
        raise TimeoutError("No name server answered in time.")
    return found


def is_public(address: str) -> bool:
    """Say whether an IP address is one of the public internet, whatever it is wrapped in."""
    try:
        inner = _unwrapped(ipaddress.ip_address(address.partition("%")[0]))
    except ValueError:
        return False
    return inner.is_global and not (inner.is_multicast or inner.is_reserved)


def _unwrapped(address: _IPAddress) -> _IPAddress:
    """Return the IPv4 address that an IPv6 one stands for, where it does."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if address.teredo:
        return address.teredo[1]
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or address


def is_listed(host: str, port: int) -> bool:
    """Say whether an operator allows this very host and port."""
    name = f"[{host}]" if ":" in host else host
    return f"{name}:{port}".lower() in {each.lower() for each in settings.ALLOWED_PRIVATE_HOSTS}


class _Guarded:
    """Connects to addresses that were checked a moment ago."""

    def _new_conn(self: HTTPConnection) -> socket.socket:  # type: ignore[misc]  # a mixin of it
        host = self._dns_host.strip("[]")
        patience = self.timeout if isinstance(self.timeout, int | float) else LOOKUP_PATIENCE
        try:
            sockets = allowed_sockets(host, self.port, patience)
        except socket.gaierror as error:
            raise NameResolutionError(self.host, self, error) from error
        except TimeoutError as error:
            raise ConnectTimeoutError(self, "The look-up timed out.") from error
        problem: OSError = OSError("no address")
        for family, address in sockets[:MOST_TRIED]:
            one = socket.socket(family, socket.SOCK_STREAM)
            try:
                one.settimeout(self.timeout if isinstance(self.timeout, int | float) else None)
                one.connect(address)
            except OSError as error:
                one.close()
                problem = error
            else:
                one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                return one
        if isinstance(problem, TimeoutError):
            raise ConnectTimeoutError(self, "The connection timed out.") from problem
        raise NewConnectionError(self, "No connection.") from problem


class GuardedConnection(_Guarded, HTTPConnection):
    """A connection for plain HTTP, to listed hosts."""


class GuardedTLSConnection(_Guarded, HTTPSConnection):
    """A connection for https."""
