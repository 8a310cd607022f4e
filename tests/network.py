"""Blocks the network for tests: only loopback and Unix sockets stay open."""

import ipaddress
import socket
from collections.abc import Callable

_connect, _connect_ex, _getaddrinfo = (
    socket.socket.connect,
    socket.socket.connect_ex,
    socket.getaddrinfo,
)


def _is_loopback(host: object) -> bool:
    if host in (None, "", "localhost", b"localhost"):
        return True
    try:
        address = ipaddress.ip_address(str(host))
    except ValueError:
        return False
    # A connection to the unspecified address, 0.0.0.0 or ::, leads to this machine
    inner = getattr(address, "ipv4_mapped", None) or address
    return inner.is_loopback or inner.is_unspecified


def _is_address(host: object) -> bool:
    """Return whether ``host`` is an IP address, for which no DNS query is sent."""
    try:
        return bool(ipaddress.ip_address(str(host)))
    except ValueError:
        return _is_short_address(str(host))


def _is_short_address(host: str) -> bool:
    """Return whether ``host`` is an address that only the C library accepts, such as 127.1 or 0."""
    try:
        return bool(socket.inet_aton(host))
    except OSError:
        return False


def _refuse(host: object) -> None:
    if not _is_loopback(host):
        raise AssertionError(f"A test wants to reach {host!r}; only loopback is open.")


def _guard(method: Callable[..., object]) -> Callable[..., object]:
    def connect(self: socket.socket, address: object) -> object:
        if self.family in (socket.AF_INET, socket.AF_INET6):
            _refuse(address[0])
        return method(self, address)

    return connect


def _guarded_getaddrinfo(host: object, *args: object, **kwargs: object) -> object:
    if not _is_address(host):
        _refuse(host)
    return _getaddrinfo(host, *args, **kwargs)


def block_network() -> None:
    """Allow connections and DNS look-ups for loopback only."""
    socket.socket.connect = _guard(_connect)
    socket.socket.connect_ex = _guard(_connect_ex)
    socket.getaddrinfo = _guarded_getaddrinfo


def free_port() -> int:
    """Return a port of loopback on which no server listens."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        return int(server.getsockname()[1])
