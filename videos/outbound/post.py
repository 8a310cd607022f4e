"""One POST to an address that a client gave: guarded, bounded in time and size, and judged."""

import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import requests
import urllib3
from django.utils.translation import gettext as _
from urllib3.exceptions import ConnectTimeoutError, NameResolutionError, NewConnectionError

from videos.outbound.addresses import (
    GuardedConnection,
    GuardedTLSConnection,
    RefusedAddress,
    is_listed,
    split,
)
from videos.outbound.deadline import BareSession, CutOffAdapter
from videos.providers.http import user_agent

CONNECT = 3.0  # seconds for looking the name up, and for each of its addresses
LARGEST = 64 * 1024  # bytes of an answer that are read
SHOWN = 200  # characters of an answer in vain that are kept
PORTS = {"http": 80, "https": 443}

_ODD = re.compile(r"[^\x20-\x7e\xa0-\U0010ffff]+")


@dataclass(frozen=True)
class Answer:
    """What came of a call: an HTTP status, or a sentence that says why there is none."""

    status: int | None
    error: str = ""
    said: str = ""
    is_refused: bool = False

    @property
    def is_taken(self) -> bool:
        """Whether the receiver has the news."""
        return self.status is not None and 200 <= self.status < 300


def post(
    url: str,
    body: bytes,
    headers: Mapping[str, str],
    *,
    patience: float,
    should_stop: Callable[[], bool],
) -> Answer:
    """Send ``body`` to ``url`` and return what came of it within ``patience`` seconds.

    Nothing but public addresses and listed hosts is connected to, no redirect is followed, and
    neither proxy nor cookie nor log-in is used. ``should_stop`` is asked several times a second.
    """
    deadline = time.monotonic() + patience

    def over() -> bool:
        return should_stop() or time.monotonic() > deadline

    try:
        listed = _is_listed(url)
        with (
            CutOffAdapter(over, plain=GuardedConnection, secure=GuardedTLSConnection) as adapter,
            BareSession(adapter) as session,
            session.post(
                url,
                data=body,
                headers={"User-Agent": user_agent(), "Accept": "*/*", **headers},
                timeout=(min(CONNECT, patience), patience),
                allow_redirects=False,
                stream=True,
            ) as response,
        ):
            if over():  # a head that was cut off is taken for a short one
                raise requests.Timeout
            return _judged(response, _read(response), listed)
    except RefusedAddress as error:
        return Answer(None, str(error), is_refused=True)
    except ValueError:  # first: what requests says of odd addresses is an OSError, too
        return Answer(None, _("The address is not one of the web."), is_refused=True)
    except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
        late = time.monotonic() > deadline
        return Answer(None, _too_slow(patience) if late else _sentence(error, patience))


def _is_listed(url: str) -> bool:
    """Say whether an operator listed the host; raises ``RefusedAddress`` where there is none."""
    parts = split(url, plain=True)
    return is_listed(str(parts.hostname), parts.port or PORTS[parts.scheme])


def _read(response: requests.Response) -> bytes:
    """Return the beginning of the answer, as far as it comes: its status is known already."""
    body = b""
    try:
        while len(body) < LARGEST and (block := response.raw.read1(LARGEST - len(body))):
            body += block
    except (urllib3.exceptions.HTTPError, OSError, ValueError):
        pass
    return body


def _judged(response: requests.Response, body: bytes, listed: bool) -> Answer:
    status = response.status_code
    if 200 <= status < 300:
        return Answer(status)
    # What a host of our own network says is not for the person who made us call it
    said = "" if listed else _ODD.sub(" ", body[: 4 * SHOWN].decode("utf-8", "replace")).strip()
    if response.is_redirect or 300 <= status < 400:
        sentence = _("The receiver answered %(status)d; redirects are not followed.")
    else:
        sentence = _("The receiver answered %(status)d.")
    return Answer(status, sentence % {"status": status}, said[:SHOWN])


def _sentence(error: Exception, patience: float) -> str:
    """Say what went wrong; the error's own text may hold the address with its secrets."""
    reason = getattr(error.args[0], "reason", error) if error.args else error
    if isinstance(reason, NameResolutionError):
        return _("Nobody knows the receiver's name.")
    if isinstance(error, requests.exceptions.SSLError):
        return _("The receiver has no valid certificate.")
    if isinstance(reason, NewConnectionError):
        return _("The receiver takes no connections.")
    if isinstance(reason, ConnectTimeoutError):
        return _("The receiver could not be reached within %(n)g seconds.") % {
            "n": min(CONNECT, patience)
        }
    if isinstance(error, requests.Timeout):
        return _too_slow(patience)
    return _("The connection to the receiver broke before it answered.")


def _too_slow(patience: float) -> str:
    return _("The receiver did not answer within %(n)g seconds.") % {"n": patience}
