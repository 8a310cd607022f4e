"""Addresses of sites as browsers write them: in ASCII, IPv6 in brackets, no usual port.

``https://портал.рф`` is ``https://xn--80awhdgm.xn--p1ai`` in the headers ``Host`` and ``Origin``.
What is not the address of a site is left as it is: a system check names the mistake.
"""

import ipaddress
from urllib.parse import urlsplit

import idna

_USUAL_PORTS = {"http": 80, "https": 443}


def normalise_url(url: str) -> str:
    """Return the address of a site, or an origin with ``*.``, as browsers write it."""
    try:
        parts = urlsplit(url.strip())
        port, host = parts.port, ascii_host(parts.hostname or "")
    except ValueError:
        return url
    if not parts.scheme or not host or "@" in parts.netloc:
        return url
    netloc = host if port in (None, _USUAL_PORTS.get(parts.scheme)) else f"{host}:{port}"
    return parts._replace(netloc=netloc).geturl().rstrip("/")


def host_of(url: str) -> str:
    """Return the host of an address as ``ALLOWED_HOSTS`` has it, "localhost" without one."""
    try:
        return ascii_host(urlsplit(url).hostname or "") or "localhost"
    except ValueError:
        return "localhost"


def ascii_host(host: str) -> str:
    """Return a host in ASCII and lower case, an IPv6 address in brackets, without a last dot.

    A leading ``.`` or ``*.`` stays, and so does a host that is none.
    """
    name = host.strip().rstrip(".")
    try:
        return f"[{ipaddress.IPv6Address(name.strip('[]')).compressed}]"
    except ValueError:
        pass
    if name.isascii():
        return name.lower()
    prefix = next((each for each in ("*.", ".") if name.startswith(each)), "")
    try:
        return prefix + idna.encode(name.removeprefix(prefix), uts46=True).decode()
    except idna.IDNAError:
        return name


def is_loopback(host: str) -> bool:
    """Return whether only this machine reaches a host."""
    name = host.strip("[]")
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return name.lower() == "localhost"


def mail_domain(host: str) -> str:
    """Return what stands behind the ``@`` of an address at ``host`` (RFC 5321, section 4.1.3)."""
    name = host.strip("[]")
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        return host
    return f"[{address}]" if address.version == 4 else f"[IPv6:{address}]"
