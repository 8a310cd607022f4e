"""One POST to an address of a client: checked address, one deadline, a limited response."""

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from videos.outbound.addresses import (
    DEFAULT_PORTS,
    PrivateAddress,
    RefusedAddress,
    UnknownHost,
    is_allowlisted,
    parse_address,
)
from videos.outbound.client import Client, NoResponse, Response

MAX_RESPONSE_BYTES = 64 * 1024  # of a response's body; the rest is not read
MAX_EXCERPT_LENGTH = 200  # characters

_UNPRINTABLE = re.compile(r"[^\x20-\x7e\xa0-\U0010ffff]+")


@dataclass(frozen=True)
class PostResult:
    """The result of a POST: an HTTP status, or an error in a sentence where there is none."""

    status: int | None
    error: str = ""
    response_excerpt: str = ""  # beginning of the body of a response that is no success
    is_address_refused: bool = False

    @property
    def is_success(self) -> bool:
        """Whether the receiver has accepted the request."""
        return self.status is not None and 200 <= self.status < 300


def post(
    url: str,
    body: bytes,
    headers: Mapping[str, str],
    *,
    total_timeout: float,
    should_stop: Callable[[], bool],
) -> PostResult:
    """Send ``body`` to ``url`` and return the result within ``total_timeout`` seconds.

    Only public addresses and hosts on the allowlist are connected to, no redirect is followed, and
    no proxy, cookie or log-in is used. ``should_stop`` is called several times a second.
    """
    client = Client(
        total_timeout,
        should_stop,
        read_timeout=total_timeout,
        allow_http=settings.ALLOW_HTTP_WEBHOOKS,
    )
    try:
        with client, client.send("POST", url, data=body, headers=headers) as response:
            return _make_result(response, _is_private(url))
    except (PrivateAddress, UnknownHost, NoResponse) as error:  # retried alike: nobody learns more
        return PostResult(None, str(error))
    except RefusedAddress as error:
        return PostResult(None, str(error), is_address_refused=True)


def _is_private(url: str) -> bool:
    """Return whether an operator allows the host of ``url`` although it is none of the public."""
    parts = parse_address(url, allow_http=True)
    return is_allowlisted(str(parts.hostname), parts.port or DEFAULT_PORTS[parts.scheme])


def _read_beginning(response: Response) -> bytes:
    """Return the beginning of the body; an error while it is read does not matter any more."""
    body = b""
    with suppress(NoResponse):
        while len(body) < MAX_RESPONSE_BYTES and (
            block := response.read(MAX_RESPONSE_BYTES - len(body))
        ):
            body += block
    return body


def _make_result(response: Response, is_private: bool) -> PostResult:
    status, body = response.status, _read_beginning(response)
    if 200 <= status < 300:
        return PostResult(status)
    # The person who entered the address must not read responses of hosts in our own network
    text = "" if is_private else body[: 4 * MAX_EXCERPT_LENGTH].decode("utf-8", "replace")
    excerpt = _UNPRINTABLE.sub(" ", text).strip()[:MAX_EXCERPT_LENGTH]
    if 300 <= status < 400:
        sentence = _("The receiver answered %(status)d; redirects are not followed.")
    else:
        sentence = _("The receiver answered %(status)d.")
    return PostResult(status, sentence % {"status": status}, excerpt)
