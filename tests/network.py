"""Closes the network to tests: only loopback and sockets of this machine stay open."""

import ipaddress
import socket
from collections.abc import Callable

_connect, _connect_ex, _getaddrinfo = (
    socket.socket.connect,
    socket.socket.connect_ex,
    socket.getaddrinfo,
)


def _is_here(host: object) -> bool:
    if host in (None, "", "localhost", b"localhost"):
        return True
    try:
        return ipaddress.ip_address(str(host)).is_loopback
    except ValueError:
        return False


def _is_literal(host: object) -> bool:
    """Say whether ``host`` is an address already: looking that up asks nobody."""
    try:
        return bool(ipaddress.ip_address(str(host)))
    except ValueError:
        return _is_short(str(host))


def _is_short(host: str) -> bool:
    """Say whether ``host`` is an address as the C library takes it: 127.1, 0x7f000001 or 0."""
    try:
        return bool(socket.inet_aton(host))
    except OSError:
        return False


def _refuse(host: object) -> None:
    if not _is_here(host):
        raise AssertionError(f"A test wants to reach {host!r}; only loopback is open.")


def _guard(real: Callable[..., object]) -> Callable[..., object]:
    def guarded(self: socket.socket, address: object) -> object:
        if self.family in (socket.AF_INET, socket.AF_INET6):
            _refuse(address[0])
        return real(self, address)

    return guarded


def _resolve(host: object, *args: object, **kwargs: object) -> object:
    if not _is_literal(host):
        _refuse(host)
    return _getaddrinfo(host, *args, **kwargs)


def close() -> None:
    """Let connections and look-ups through to loopback only."""
    socket.socket.connect = _guard(_connect)
    socket.socket.connect_ex = _guard(_connect_ex)
    socket.getaddrinfo = _resolve


def free_port() -> int:
    """Return a port of loopback that nobody listens at."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
