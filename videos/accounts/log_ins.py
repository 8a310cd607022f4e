"""Failed log-ins: counted exactly, for the address of the visitor and for the account.

An attempt is counted before the password is looked at, so that attempts at the same time are no
way around it, and is given back when the password is right. At one account, the browsers that its
owner has logged in with are counted apart: strangers who guess cannot lock those out.
"""

import hashlib
import ipaddress
from collections.abc import Callable

from allauth.account.adapter import get_adapter
from django.http import HttpRequest

from videos.accounts import devices
from videos.models import User
from videos.pipeline.rations import CODES, LOGINS, count_attempt

IPV6_PREFIX = 64  # bits: who has one address has all of them


def count_log_in(request: HttpRequest, email: str) -> Callable[[], None]:
    """Count an attempt at the account of ``email``, whether there is one or not.

    Returns the function that gives the attempt back; raises ``RationSpent``.
    """
    account = email.strip().casefold()
    own = "own-browser:" if _is_own_browser(request, account) else ""
    digest = hashlib.sha256(account.encode("utf-8", "replace")).hexdigest()[:32]
    per_address, per_account, seconds = LOGINS.limits
    slots = {f"logins:{network_of(request)}": per_address, f"logins:{own}{digest}": per_account}
    return count_attempt(slots, seconds)


def count_code(user: User) -> Callable[[], None]:
    """Count a code that is tried for the second factor of ``user``; otherwise the same."""
    per_person, site, seconds = CODES.limits
    return count_attempt({f"codes:{user.pk}": per_person, "codes": site}, seconds)


def network_of(request: HttpRequest) -> str:
    """Return the IPv4 address of the visitor, or the IPv6 network in which they have all."""
    address = ipaddress.ip_address(get_adapter().get_client_ip(request))
    prefix = IPV6_PREFIX if address.version == 6 else address.max_prefixlen
    return str(ipaddress.ip_network((address, prefix), strict=False).network_address)


def _is_own_browser(request: HttpRequest, email: str) -> bool:
    if devices.COOKIE not in request.COOKIES:
        return False
    user = User.objects.filter(email=email).first()
    return user is not None and devices.is_recognised(request, user)
