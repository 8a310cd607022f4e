"""The one HTTP client for all addresses that users, vendors or operators set.

It has one total deadline, our user agent and a size limit. It follows no redirect by itself, and
uses no proxy, cookie or log-in of the environment: a request goes past the sessions of requests,
which would. Of requests and urllib3 it uses public interfaces only: the pools' connections are
subclasses whose ``connect()`` opens a socket to an address that was checked a moment ago.

Besides ``RefusedAddress`` it raises ``NoResponse`` and, where nothing was sent, ``NoConnection``.
Their texts are sentences for people; none holds an address or a header, which may have secrets.
"""

import os
import socket
import ssl
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, Self

import requests
import urllib3
from django.conf import settings
from django.utils.translation import gettext as _
from requests.adapters import HTTPAdapter
from requests.utils import DEFAULT_CA_BUNDLE_PATH
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection

from videos.outbound.addresses import RefusedAddress, look_up, parse_address, resolve
from videos.outbound.deadline import SocketWatcher

CONNECT_TIMEOUT, READ_TIMEOUT = 3.0, 15.0  # seconds to look a name up or connect, and for a read
MAX_ADDRESSES = 4  # of one name; each may take a whole time-out
BLOCK_SIZE = 64 * 1024  # bytes

OpenSocket = Callable[[str, str, int], socket.socket]


class NoResponse(Exception):
    """No response came, or not all of it; the text is a sentence that says why."""


class NoConnection(NoResponse):
    """Nothing of the request was sent."""


def user_agent() -> str:
    """Return our name and address; kie.ai's hosts refuse the default names of HTTP libraries."""
    return f"SunoPortal/1.0 (+{settings.SITE_URL})"


@cache
def tls_context() -> ssl.SSLContext:
    """Return the context of all connections: certificates of the authorities in certifi.

    So are those of the operator's own authority, where ``SSL_CERT_FILE`` names its file.
    """
    context = ssl.create_default_context(cafile=DEFAULT_CA_BUNDLE_PATH)
    own = os.environ.get("SSL_CERT_FILE", "")
    if Path(own).is_file():
        context.load_verify_locations(cafile=own)
    return context


class Response:
    """The head of a response, and its body piece by piece."""

    def __init__(self, response: requests.Response, client: "Client") -> None:
        self.status = response.status_code
        self.headers: Mapping[str, str] = response.headers
        self.is_redirect = response.is_redirect
        self._raw, self._client = response.raw, client

    def read(self, size: int = BLOCK_SIZE, *, unpack: bool = False) -> bytes:
        """Return at most ``size`` bytes of the body as soon as there are some, b"" at its end.

        With ``unpack`` the packing that the headers tell of is undone. Raises ``NoResponse``.
        """
        try:
            block: bytes = self._raw.read1(size, decode_content=unpack)
        except (urllib3.exceptions.HTTPError, OSError, ValueError) as error:
            raise self._client.no_response(error) from None
        if not block and self._raw.length_remaining is None and self._client.is_over():
            raise self._client.no_response()  # an end that our own deadline may have made
        return block

    def read_all(self, max_bytes: int) -> bytes:
        """Return the whole body, unpacked; raises ``NoResponse``."""
        body = bytearray()
        while block := self.read(unpack=True):
            body += block
            if len(body) > max_bytes:
                raise NoResponse(_("The answer of the server is too large."))
        return bytes(body)


class Client:
    """Sends requests within ``total_timeout`` seconds for all; use it in a ``with`` statement.

    ``should_stop`` is called several times a second, from another thread; it ends the exchange,
    too. With ``is_trusted`` the addresses come from the operator and lead anywhere; all others are
    checked, and are https unless ``allow_http``.
    """

    def __init__(
        self,
        total_timeout: float,
        should_stop: Callable[[], bool] = lambda: False,
        *,
        read_timeout: float = READ_TIMEOUT,
        is_trusted: bool = False,
        allow_http: bool = False,
    ) -> None:
        self._total_timeout, self._deadline = total_timeout, time.monotonic() + total_timeout
        self._should_stop, self._read_timeout = should_stop, read_timeout
        self._is_trusted, self._allow_http = is_trusted, allow_http
        self._watcher = SocketWatcher(self.is_over)
        self._adapter = _Adapter(self._open_socket)

    def __enter__(self) -> Self:
        self._watcher.__enter__()
        return self

    def __exit__(self, *error: object) -> None:
        self._adapter.close()
        self._watcher.__exit__(*error)

    def is_over(self) -> bool:
        """Return whether the exchange is to end: the time is over, or the caller stops it."""
        return self._seconds_left() <= 0 or self._should_stop()

    def no_response(self, error: Exception | None = None) -> NoResponse:
        """Return the error that tells what ``error`` of requests or urllib3 means."""
        timeouts = (requests.Timeout, urllib3.exceptions.TimeoutError, TimeoutError)
        if self._seconds_left() <= 0 or isinstance(error, timeouts):
            seconds = min(self._total_timeout, self._read_timeout)
            return NoResponse(_("The server did not answer within %(n)g seconds.") % {"n": seconds})
        return NoResponse(_("The connection to the server broke."))

    @contextmanager
    def send(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str],
        **content: Any,  # noqa: ANN401 - as requests has them
    ) -> Iterator[Response]:
        """Send a request, with ``params``, ``data`` and ``json`` as requests takes them.

        Yields the response before its body is read. Raises ``RefusedAddress`` or ``NoResponse``.
        """
        self._check(url)
        all_headers = {"User-Agent": user_agent(), "Accept": "*/*", "Accept-Encoding": "identity"}
        try:
            request = requests.Request(
                method, url, headers=all_headers | dict(headers), **content
            ).prepare()
        except ValueError as error:  # a malformed address or header
            raise RefusedAddress(_("The address is not one of the web.")) from error
        self._check(str(request.url))  # requests may read it otherwise
        timeout = max(0.001, min(self._read_timeout, self._seconds_left()))
        try:
            response = self._adapter.send(request, stream=True, timeout=timeout)
        except (urllib3.exceptions.HTTPError, OSError, ValueError) as error:
            raise self.no_response(error) from None
        with response:
            if self.is_over():  # headers that were cut off look like short ones
                raise self.no_response()
            yield Response(response, self)

    def _check(self, url: str) -> None:
        if not self._is_trusted:
            parse_address(url, allow_http=self._allow_http)

    def _seconds_left(self) -> float:
        return self._deadline - time.monotonic()

    def _no_connection(self, error: Exception) -> NoConnection:
        if isinstance(error, TimeoutError) or self._seconds_left() <= 0:
            seconds = min(self._total_timeout, CONNECT_TIMEOUT)
            sentence = _("The server could not be reached within %(n)g seconds.")
            return NoConnection(sentence % {"n": seconds})
        if isinstance(error, ssl.SSLError):
            return NoConnection(_("The server has no valid certificate."))
        return NoConnection(_("The server takes no connections."))

    def _open_socket(self, scheme: str, host: str, port: int) -> socket.socket:
        """Return a connection to ``host``; raises ``RefusedAddress`` or ``NoConnection``."""
        timeout = max(0.001, min(CONNECT_TIMEOUT, self._seconds_left()))
        find_addresses = look_up if self._is_trusted else resolve
        error = NoConnection()
        for family, address in find_addresses(host.strip("[]"), port, timeout)[:MAX_ADDRESSES]:
            connection = socket.socket(family, socket.SOCK_STREAM)
            self._watcher.add(connection)
            try:
                connection.settimeout(timeout)
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                connection.connect(address)
                if scheme == "http":
                    return connection
                return tls_context().wrap_socket(connection, server_hostname=host)
            except (OSError, ValueError) as reason:  # ValueError: a name that no certificate has
                connection.close()
                error = self._no_connection(reason)
            if self.is_over():
                break
        raise error


class _Adapter(HTTPAdapter):
    """Sends each request once, over connections that ``open_socket`` opens."""

    def __init__(self, open_socket: OpenSocket) -> None:
        self._open_socket = open_socket
        super().__init__(max_retries=0)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - as requests
        """Use pools of our connections."""
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = _make_pools(self._open_socket)


def _make_pools(open_socket: OpenSocket) -> dict[str, type[HTTPConnectionPool]]:
    """Return the pool class of each scheme, whose connections use ``open_socket``."""

    class Connection(HTTPConnection):
        def connect(self) -> None:
            self.sock = open_socket("http", self.host, self.port)

    class TLSConnection(HTTPSConnection):
        def connect(self) -> None:
            self.sock = open_socket("https", self.host, self.port)
            self.is_verified = True

    class Pool(HTTPConnectionPool):
        ConnectionCls = Connection

    class TLSPool(HTTPSConnectionPool):
        ConnectionCls = TLSConnection

    return {"http": Pool, "https": TLSPool}
