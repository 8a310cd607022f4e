"""One POST to an address of a client: checked address, one deadline, a limited response."""

import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import requests
import urllib3
from django.utils.translation import gettext as _
from urllib3.exceptions import ConnectTimeoutError, NameResolutionError, NewConnectionError

from videos.outbound.addresses import (
    DEFAULT_PORTS,
    GuardedConnection,
    GuardedTLSConnection,
    RefusedAddress,
    is_allowlisted,
    parse_address,
)
from videos.outbound.deadline import BareSession, DeadlineAdapter
from videos.outbound.user_agent import user_agent

CONNECT_TIMEOUT = 3.0  # seconds for resolving the name, and for each of its addresses
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
    deadline = time.monotonic() + total_timeout

    def is_over() -> bool:
        return should_stop() or time.monotonic() > deadline

    try:
        is_private = _is_allowlisted(url)
        with (
            DeadlineAdapter(
                is_over, http_class=GuardedConnection, https_class=GuardedTLSConnection
            ) as adapter,
            BareSession(adapter) as session,
            session.post(
                url,
                data=body,
                headers={"User-Agent": user_agent(), "Accept": "*/*", **headers},
                timeout=(min(CONNECT_TIMEOUT, total_timeout), total_timeout),
                allow_redirects=False,
                stream=True,
            ) as response,
        ):
            if is_over():  # headers that were cut off look like short ones
                raise requests.Timeout
            return _make_result(response, _read_beginning(response), is_private)
    except RefusedAddress as error:
        return PostResult(None, str(error), is_address_refused=True)
    except ValueError:  # first: the errors of requests for malformed addresses are OSErrors, too
        sentence = _("The address is not one of the web.")
        return PostResult(None, sentence, is_address_refused=True)
    except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
        if time.monotonic() > deadline:
            return PostResult(None, _timeout_sentence(total_timeout))
        return PostResult(None, _sentence_for(error, total_timeout))


def _is_allowlisted(url: str) -> bool:
    """Return whether an operator allows the host; raises ``RefusedAddress`` where there is none."""
    parts = parse_address(url, allow_http=True)
    return is_allowlisted(str(parts.hostname), parts.port or DEFAULT_PORTS[parts.scheme])


def _read_beginning(response: requests.Response) -> bytes:
    """Return the beginning of the body; an error while it is read does not matter any more."""
    body = b""
    try:
        while len(body) < MAX_RESPONSE_BYTES and (
            block := response.raw.read1(MAX_RESPONSE_BYTES - len(body))
        ):
            body += block
    except (urllib3.exceptions.HTTPError, OSError, ValueError):
        pass
    return body


def _make_result(response: requests.Response, body: bytes, is_private: bool) -> PostResult:
    status = response.status_code
    if 200 <= status < 300:
        return PostResult(status)
    # The person who entered the address must not read responses of hosts in our own network
    text = "" if is_private else body[: 4 * MAX_EXCERPT_LENGTH].decode("utf-8", "replace")
    excerpt = _UNPRINTABLE.sub(" ", text).strip()[:MAX_EXCERPT_LENGTH]
    if response.is_redirect or 300 <= status < 400:
        sentence = _("The receiver answered %(status)d; redirects are not followed.")
    else:
        sentence = _("The receiver answered %(status)d.")
    return PostResult(status, sentence % {"status": status}, excerpt)


def _sentence_for(error: Exception, total_timeout: float) -> str:
    """Return what went wrong; the error's own text may hold the address with its secrets."""
    reason = getattr(error.args[0], "reason", error) if error.args else error
    if isinstance(reason, NameResolutionError):
        return _("Nobody knows the receiver's name.")
    if isinstance(error, requests.exceptions.SSLError):
        return _("The receiver has no valid certificate.")
    if isinstance(reason, NewConnectionError):
        return _("The receiver takes no connections.")
    if isinstance(reason, ConnectTimeoutError):
        return _("The receiver could not be reached within %(n)g seconds.") % {
            "n": min(CONNECT_TIMEOUT, total_timeout)
        }
    if isinstance(error, requests.Timeout):
        return _timeout_sentence(total_timeout)
    return _("The connection to the receiver broke before it answered.")


def _timeout_sentence(seconds: float) -> str:
    return _("The receiver did not answer within %(n)g seconds.") % {"n": seconds}
