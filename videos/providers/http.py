"""The one door through which we talk to vendors: time-outs, envelopes and classes of errors."""

import json
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import ClassVar, TypeVar

import requests
import urllib3
from django.conf import settings
from urllib3.util.retry import Retry

from videos.outbound.deadline import BareSession, CutOffAdapter
from videos.providers import error_messages
from videos.providers.errors import (
    AlreadyExists,
    AuthenticationError,
    CreditsError,
    Invalid,
    Maintenance,
    NotYet,
    Throttled,
    Transient,
    VendorError,
)
from videos.providers.json_fields import first, line, mapping, number, text, without
from videos.vendors import VendorFacts

logger = logging.getLogger(__name__)

CONNECT_TIMEOUT, READ_TIMEOUT = 3.0, 15.0  # seconds
TOTAL_TIMEOUT = 40.0  # seconds for one request with its retries
MAX_RESPONSE_BYTES = 2 * 1024 * 1024
BLOCK = 64 * 1024
RETRIES = Retry(
    total=2,
    backoff_factor=0.3,
    status_forcelist=(502, 503, 504),
    allowed_methods={"GET"},
    raise_on_status=False,
    respect_retry_after_header=False,  # or a 429 would be repeated here, too
)
MIN_RETRY_AFTER, MAX_RETRY_AFTER = 10.0, 300.0  # seconds after a rate limit
OK = 200
USUAL: Mapping[int, type[VendorError]] = {
    401: AuthenticationError,
    402: CreditsError,
    403: AuthenticationError,
    408: Transient,
    429: Throttled,
    455: Maintenance,
}
"""What a number says of which a vendor's own table has nothing, or which no body goes with."""

Codes = Mapping[int, type[VendorError]]
T = TypeVar("T")


@dataclass(frozen=True)
class Answer:
    """What came back, whatever it is."""

    status: int
    body: bytes
    retry_after: str = ""


@dataclass(frozen=True)
class HttpProvider:
    """A vendor's JSON API over HTTP, and the vendor's own meaning of each code."""

    facts: VendorFacts
    base_url: str
    api_key: str = field(repr=False)
    callback_key: str = field(default="", repr=False)

    code_tables: ClassVar[Mapping[str, Codes]]  # the families' own

    @property
    def key(self) -> str:
        """Its name in settings and rows."""
        return self.facts.key

    @property
    def label(self) -> str:
        """Its name on pages."""
        return self.facts.label

    def authorization(self) -> dict[str, str]:
        """Return the header that carries our key."""
        return {"Authorization": f"Bearer {self.api_key}"}

    def get(
        self,
        path: str,
        query: Mapping[str, str],
        wanted: Callable[[object], T | None],
        timeout: float | None = None,
    ) -> T:
        """Ask for ``path`` and return what ``wanted`` finds in the ``data`` of the answer."""
        answer = self._exchange("GET", path, query, None, timeout)
        return self._read(answer, wanted, nothing=NotYet)

    def post(
        self, path: str, body: Mapping[str, object], wanted: Callable[[object], T | None]
    ) -> T:
        """Send ``body`` to ``path``, once, and return what ``wanted`` finds in the answer."""
        return self._read(self._exchange("POST", path, {}, body, None), wanted)

    def _exchange(
        self,
        method: str,
        path: str,
        query: Mapping[str, str],
        body: Mapping[str, object] | None,
        timeout: float | None,
    ) -> Answer:
        limit = timeout or (TOTAL_TIMEOUT if method == "GET" else READ_TIMEOUT + CONNECT_TIMEOUT)
        deadline = time.monotonic() + limit
        retries = 0 if timeout or method != "GET" else RETRIES
        adapter = CutOffAdapter(lambda: time.monotonic() > deadline, retries=retries)
        with adapter, BareSession(adapter) as session:
            try:
                with session.request(
                    method,
                    f"{self.base_url.rstrip('/')}{path}",
                    params=query,
                    json=body,
                    headers={"User-Agent": user_agent(), **self.authorization()},
                    timeout=(min(CONNECT_TIMEOUT, limit), min(READ_TIMEOUT, limit)),
                    allow_redirects=False,
                    stream=True,
                ) as response:
                    return _answer(response)
            except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
                raise self._unanswered(error) from None  # its text may hold what we sent
            except ValueError as error:  # headers or addresses that are none
                raise self._unanswered(error) from None

    def _unanswered(self, error: Exception) -> Transient:
        problem = Transient(error_messages.of(Transient, self.label), vendor=self.label)
        problem.sent = not _never_left(error)
        logger.info("%s: %s", self.key, type(error).__name__)
        return problem

    def _read(
        self,
        answer: Answer,
        wanted: Callable[[object], T | None],
        nothing: type[VendorError] = Transient,
    ) -> T:
        """Return what is wanted of an answer; ``nothing`` is what a success without data means."""
        envelope = _envelope(answer.body, self.api_key)
        if envelope is None:
            raise self._problem(USUAL.get(answer.status, Transient), answer, {})
        code = _code(envelope)
        if code in (OK, 0, None):  # 0 is what a generated example leaves, 200 is what is meant
            found = wanted(envelope.get("data"))
            if found is not None:
                return found
        if code == OK and envelope.get("data") is None:
            raise self._problem(nothing, answer, envelope)
        raise self._problem(self._kind(code, envelope, answer), answer, envelope)

    def _kind(
        self, code: int | None, envelope: Mapping[str, object], answer: Answer
    ) -> type[VendorError]:
        said = _said(envelope).lower()
        number = answer.status if code is None else code
        if "recordinfo is null" in said:
            return NotYet
        if "already exist" in said and 400 <= number < 500:
            return AlreadyExists
        unknown = Invalid if 400 <= number < 500 else Transient
        return self.code_tables[self.facts.codes].get(number) or USUAL.get(number, unknown)

    def _problem(
        self, kind: type[VendorError], answer: Answer, envelope: Mapping[str, object]
    ) -> VendorError:
        said = line(_said(envelope))
        code = _code(envelope)
        problem = kind(
            error_messages.of(kind, self.label, said),
            vendor=self.label,
            code=answer.status if code is None else code,
            said=said,
        )
        if isinstance(problem, AlreadyExists):
            data = mapping(envelope.get("data"))
            problem.task_id = text(first(data, "taskId", "task_id"), 100)
        elif isinstance(problem, Throttled):
            problem.wait = min(MAX_RETRY_AFTER, max(MIN_RETRY_AFTER, _seconds(answer.retry_after)))
        return problem


def user_agent() -> str:
    """Return how we introduce ourselves: kie.ai's hosts refuse the names of libraries."""
    return f"SunoPortal/1.0 (+{settings.SITE_URL})"


def _answer(response: requests.Response) -> Answer:
    """Read an answer to its end; raises ``urllib3.exceptions.HTTPError`` where there is none."""
    body = bytearray()
    while block := response.raw.read1(BLOCK, decode_content=True):
        body += block
        if len(body) > MAX_RESPONSE_BYTES:
            raise urllib3.exceptions.HTTPError("The answer is too large.")
    promised = response.headers.get("Content-Length", "")
    encoded = "Content-Encoding" in response.headers
    if promised.isdecimal() and not encoded and len(body) < int(promised):
        raise urllib3.exceptions.HTTPError("The answer was cut short.")
    return Answer(response.status_code, bytes(body), response.headers.get("Retry-After", ""))


def _never_left(error: BaseException) -> bool:
    """Say whether the request can not have reached the vendor."""
    if isinstance(error, requests.ConnectTimeout | requests.exceptions.SSLError):
        return True
    reason = getattr(error.args[0], "reason", None) if error.args else None
    return isinstance(reason, urllib3.exceptions.NewConnectionError)


def _seconds(retry_after: str) -> float:
    """Return how long to wait by a ``Retry-After`` of either form, 0 where it is of none."""
    seconds = number(retry_after)
    if seconds is not None:
        return seconds
    try:
        then = parsedate_to_datetime(retry_after)
    except (ValueError, OverflowError):
        return 0
    return (then.replace(tzinfo=then.tzinfo or UTC) - datetime.now(UTC)).total_seconds()


def _envelope(body: bytes, key: str) -> dict[str, object] | None:
    """Return the JSON object in ``body``, without our ``key`` in it; None where there is none."""
    try:
        found = without(json.loads(body), key)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _code(envelope: Mapping[str, object]) -> int | None:
    code = number(envelope.get("code"))
    return int(code) if code is not None and code == int(code) else None


def _said(envelope: Mapping[str, object]) -> str:
    """Return the vendor's message: Suno's family says ``msg``, Crun says ``message``."""
    return text(first(envelope, "msg", "message"))
