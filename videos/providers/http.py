"""The HTTP client for the vendors' APIs: time-outs, response envelopes and error classes."""

import json
import logging
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import ClassVar, TypeVar

from videos.outbound.addresses import RefusedAddress
from videos.outbound.client import CONNECT_TIMEOUT, READ_TIMEOUT, Client, NoConnection, NoResponse
from videos.outbound.gzip_files import GZIP_MAGIC, GzipError, unpack_bytes
from videos.providers import error_messages, spellings
from videos.providers.errors import (
    AlreadyExists,
    AuthenticationError,
    CreditsError,
    GenerationFailed,
    Invalid,
    Maintenance,
    NotYet,
    Throttled,
    Transient,
    VendorError,
)
from videos.providers.json_fields import first, mapping, mask_secret, number, single_line, text
from videos.vendors import VendorFacts

logger = logging.getLogger(__name__)

TOTAL_TIMEOUT = 40.0  # seconds for a GET with its retries
MAX_RESPONSE_BYTES = 2 * 1024 * 1024
RETRY_BACKOFF = (0.0, 0.6)  # seconds before each retry of a GET
RETRIED_STATUSES = {502, 503, 504}
MIN_RETRY_AFTER, MAX_RETRY_AFTER = 10.0, 300.0  # seconds after a rate limit
OK, FORBIDDEN = 200, 403
# The meaning of a code that is not in the vendor's own table, or of a status without a JSON body
DEFAULT_CODES: Mapping[int, type[VendorError]] = {
    401: AuthenticationError,
    402: CreditsError,
    403: AuthenticationError,
    408: Transient,
    429: Throttled,
    455: Maintenance,
    531: GenerationFailed,
}

Codes = Mapping[int, type[VendorError]]
T = TypeVar("T")


@dataclass(frozen=True)
class RawResponse:
    """A response before it is parsed."""

    status: int
    body: bytes
    retry_after: str = ""  # the header's value


@dataclass(frozen=True)
class HttpProvider:
    """A vendor's JSON API over HTTP, with the vendor's own meaning of each code."""

    facts: VendorFacts
    base_url: str
    api_key: str = field(repr=False)
    callback_key: str = field(default="", repr=False)

    code_tables: ClassVar[Mapping[str, Codes]]  # by the name that ``facts.error_code_table`` gives

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
        parse: Callable[[object], T | None],
        timeout: float | None = None,
    ) -> T:
        """Send a GET; return what ``parse`` makes of the response's ``data``, None is an error."""
        response = self._send("GET", path, query, None, timeout)
        return self.parse_response(response, parse, no_data_error=NotYet)

    def post(self, path: str, body: Mapping[str, object], parse: Callable[[object], T | None]) -> T:
        """Send a POST, once; return what ``parse`` makes of the response's ``data``."""
        return self.parse_response(self._send("POST", path, {}, body, None), parse)

    def _send(
        self,
        method: str,
        path: str,
        query: Mapping[str, str],
        body: Mapping[str, object] | None,
        timeout: float | None,
    ) -> RawResponse:
        total = timeout or (TOTAL_TIMEOUT if method == "GET" else READ_TIMEOUT + CONNECT_TIMEOUT)
        with Client(total, is_trusted=True) as client:
            for backoff in () if timeout or method != "GET" else RETRY_BACKOFF:
                with suppress(NoResponse, RefusedAddress):
                    response = self._send_once(client, method, path, query, body)
                    if response.status not in RETRIED_STATUSES:
                        return response
                if client.is_over():
                    break
                time.sleep(backoff)
            try:
                return self._send_once(client, method, path, query, body)
            except (NoResponse, RefusedAddress) as error:
                raise self._no_response_error(error) from error

    def _send_once(
        self,
        client: Client,
        method: str,
        path: str,
        query: Mapping[str, str],
        body: Mapping[str, object] | None,
    ) -> RawResponse:
        url = f"{self.base_url.rstrip('/')}{path}"
        headers = self.authorization()
        with client.send(method, url, params=query, json=body, headers=headers) as response:
            content = response.read_all(MAX_RESPONSE_BYTES)
            return RawResponse(response.status, content, response.headers.get("Retry-After", ""))

    def _no_response_error(self, cause: NoResponse | RefusedAddress) -> Transient:
        error = Transient(error_messages.sentence_for(Transient, self.label), vendor=self.label)
        error.may_have_arrived = not isinstance(cause, NoConnection | RefusedAddress)
        logger.info("%s: %s", self.key, type(cause).__name__)
        return error

    def parse_response(
        self,
        response: RawResponse,
        parse: Callable[[object], T | None],
        no_data_error: type[VendorError] = Transient,
    ) -> T:
        """Return what ``parse`` makes of ``data``; a success without data is ``no_data_error``."""
        envelope = _parse_envelope(response.body, self.api_key)
        if envelope is None:
            raise self._no_envelope_error(response)
        code = _parse_code(envelope)
        if code in (OK, 0, None):  # 0 is in generated examples of the documents, 200 is meant
            result = parse(envelope.get("data"))
            if result is not None:
                return result
        if code == OK and envelope.get("data") is None:
            raise self._make_error(no_data_error, response, envelope)
        raise self._make_error(self._error_class(code, envelope, response), response, envelope)

    def _no_envelope_error(self, response: RawResponse) -> VendorError:
        """Return the error of a response that is no JSON object of the vendor's: a gateway's page.

        A gateway that forbids us (403) passes nothing on. It is a wall against programs, which
        says nothing of our key.
        """
        kind = DEFAULT_CODES.get(response.status, Transient)
        if response.status != FORBIDDEN:
            return self._make_error(kind, response, {})
        error = self._make_error(Transient, response, {})
        if isinstance(error, Transient):
            error.may_have_arrived = False
        return error

    def _error_class(
        self, code: int | None, envelope: Mapping[str, object], response: RawResponse
    ) -> type[VendorError]:
        number = response.status if code is None else code
        if code not in (OK, 0) and (cause := spellings.cause_of(_vendor_message(envelope), number)):
            return cause
        default = DEFAULT_CODES.get(number, Invalid if 400 <= number < 500 else Transient)
        return self.code_tables[self.facts.error_code_table].get(number, default)

    def _make_error(
        self, kind: type[VendorError], response: RawResponse, envelope: Mapping[str, object]
    ) -> VendorError:
        message = single_line(_vendor_message(envelope))
        code = _parse_code(envelope)
        error = kind(
            error_messages.sentence_for(kind, self.label, message),
            vendor=self.label,
            code=response.status if code is None else code,
            vendor_message=message,
        )
        if isinstance(error, AlreadyExists):
            data = mapping(envelope.get("data"))
            error.task_id = text(first(data, "taskId", "task_id"), 100)
        elif isinstance(error, Throttled):
            seconds = _parse_retry_after(response.retry_after)
            error.retry_after = min(MAX_RETRY_AFTER, max(MIN_RETRY_AFTER, seconds))
        return error


def _parse_retry_after(header: str) -> float:
    """Return the seconds of a ``Retry-After`` header (number or date), 0 where it is neither."""
    seconds = number(header)
    if seconds is not None:
        return seconds
    try:
        at = parsedate_to_datetime(header)
    except (ValueError, OverflowError):
        return 0
    return (at.replace(tzinfo=at.tzinfo or UTC) - datetime.now(UTC)).total_seconds()


def _parse_envelope(body: bytes, api_key: str) -> dict[str, object] | None:
    """Return the JSON object in ``body`` with ``api_key`` masked; None where there is none."""
    try:
        if body.startswith(GZIP_MAGIC):  # packed, though no header says so
            body = unpack_bytes(body, MAX_RESPONSE_BYTES)
        envelope = mask_secret(json.loads(body), api_key)
    except (ValueError, RecursionError, GzipError):
        return None
    return envelope if isinstance(envelope, dict) else None


def _parse_code(envelope: Mapping[str, object]) -> int | None:
    code = number(envelope.get("code"))
    return int(code) if code is not None and code == int(code) else None


def _vendor_message(envelope: Mapping[str, object]) -> str:
    """Return the vendor's message: ``msg`` in Suno's family, ``message`` in Crun's."""
    return text(first(envelope, "msg", "message"))
