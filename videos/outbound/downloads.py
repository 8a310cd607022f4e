"""Downloading files from addresses of others: checked addresses, limits, resume, checked kind."""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin

from django.utils.translation import gettext as _

from videos.outbound.addresses import RefusedAddress
from videos.outbound.client import Client, NoResponse, Response
from videos.outbound.deadline import CHECK_INTERVAL
from videos.outbound.gzip_files import GZIP_MAGIC, Gunzip, GzipError

MAX_REDIRECTS = 5
MAX_FAILURES = 5  # in a row, without a byte between them
BACKOFF = 0.5  # seconds after the first of them, then twice as long each time
MIN_SPEED = 10 * 1024  # bytes a second; a slower download is given up
SPEED_WINDOW = 30.0  # seconds over which the speed is measured
GUNZIP_BLOCK_SIZE = 64 * 1024
HEAD_SIZE = 16  # bytes at the beginning of a file that tell its kind
MEBIBYTE = 1024 * 1024

_RANGE = re.compile(r"bytes (\d+)-(\d+)/(\d+)")


class DownloadError(Exception):
    """The file could not be fetched; the text is a sentence that says why."""


class DownloadStopped(DownloadError):
    """The caller stopped the download."""


class Refused(DownloadError):
    """The address must not be followed."""


class TooLarge(DownloadError):
    """The file has more bytes than the caller allows."""


class Gone(DownloadError):
    """The server does not have the file, or not any more."""


class WrongFileType(DownloadError):
    """There is a file, but of another kind."""


def is_mp4(head: bytes) -> bool:
    """Return whether a file that begins with ``head`` is an MP4: its first box is ``ftyp``."""
    return head[4:8] == b"ftyp"


def download(
    url: str,
    target: Path,
    *,
    max_bytes: int,
    total_timeout: float,
    on_progress: Callable[[int, int | None], None] = lambda done, total: None,
    should_stop: Callable[[], bool] = lambda: False,
    is_expected_kind: Callable[[bytes], bool] = lambda head: True,
) -> int:
    """Download ``url`` to the file ``target`` within ``total_timeout`` seconds; return its bytes.

    ``should_stop`` is called several times a second, from another thread. ``on_progress`` gets the
    bytes that are there and the bytes of the whole file, None where that is unknown.
    ``is_expected_kind`` gets the first 16 bytes. No key or cookie is sent. ``target`` exists only
    once the file is complete. Raises ``DownloadError``.
    """
    part = target.with_name(f"{target.name}.part")
    file = _Download(url, part, max_bytes, on_progress, is_expected_kind)
    try:
        with Client(total_timeout, should_stop) as client:
            file.fetch(client)
    except RefusedAddress as error:
        raise Refused(str(error)) from error
    except NoResponse as error:
        if should_stop():
            raise DownloadStopped(_("The download was stopped.")) from error
        raise DownloadError(str(error)) from error
    file.path.replace(target)
    return file.done


@dataclass
class _Download:
    """The state of one download: what is there, and what must hold for the rest."""

    url: str
    path: Path
    max_bytes: int
    on_progress: Callable[[int, int | None], None]
    is_expected_kind: Callable[[bytes], bool]
    done: int = 0  # bytes
    total: int | None = None  # bytes of the whole file
    validator: str = ""  # strong ETag or date of the file that is being downloaded
    head: bytes = b""

    def fetch(self, client: Client) -> None:
        """Download the whole file; retry as long as it makes progress."""
        failures, done_before = 0, 0
        while True:
            try:
                return self._fetch_rest(client)
            except NoResponse:
                failures = 0 if self.done > done_before else failures + 1
                done_before = self.done
                if client.is_over() or failures >= MAX_FAILURES:
                    raise
                _sleep(BACKOFF * 2**failures, client.is_over)

    def _fetch_rest(self, client: Client) -> None:
        with self._open(client) as response:
            self._check_response(response)
            speed = _SpeedCheck(self.done)
            with self.path.open("ab" if self.done else "wb") as part:
                for block in self._blocks(response):
                    self._check_block(block)
                    part.write(block)
                    self.done += len(block)
                    speed.check(self.done)
                    self.on_progress(self.done, self.total)
        if self.total is not None and self.done < self.total:
            raise NoResponse(_("The connection to the file server broke."))
        if self.done == 0:
            raise WrongFileType(_("The vendor's file is empty."))
        self._check_kind()

    def _blocks(self, response: Response) -> Iterator[bytes]:
        """Yield the blocks of the file; what begins as a gzip file is unpacked.

        No part of a packed file can be requested: after an interruption it begins again.
        """
        head = b""
        while self.done == 0 and len(head) < len(GZIP_MAGIC):
            if not (block := response.read()):
                break
            head += block
        if not head.startswith(GZIP_MAGIC):
            yield from (block for block in (head,) if block)
            while block := response.read():
                yield block
            return
        self.total = None
        gunzip, is_whole = Gunzip(GUNZIP_BLOCK_SIZE), False
        try:
            yield from gunzip.unpack(head)
            while block := response.read():
                yield from gunzip.unpack(block)
            gunzip.finish()
            is_whole = True
        except GzipError:
            raise NoResponse(_("The connection to the file server broke.")) from None
        finally:
            self.done = self.done if is_whole else 0

    @contextmanager
    def _open(self, client: Client) -> Iterator[Response]:
        """Request what is missing; redirects are followed by hand, and their bodies not read."""
        url = self.url
        for _redirect in range(MAX_REDIRECTS + 1):
            with client.send("GET", url, headers=self._headers()) as response:
                if not response.is_redirect:
                    yield response
                    return
                url = _redirect_target(url, response.headers["Location"])
        raise DownloadError(_("The file server sends us from address to address."))

    def _headers(self) -> dict[str, str]:
        if not self.done:
            return {}
        condition = {"If-Range": self.validator} if self.validator else {}
        return {"Range": f"bytes={self.done}-"} | condition

    def _check_response(self, response: Response) -> None:
        """Read status and headers of ``response``; raises where its body cannot be used."""
        status = response.status
        if status in {404, 410}:
            raise Gone(_("The file server does not have the file."))
        if status >= 500 or status in {408, 416, 425, 429}:
            self.done = 0 if status == 416 else self.done
            raise NoResponse(_("The file server answers %(n)d.") % {"n": status})
        if status not in {200, 206}:
            sentence = _("The file server answers %(n)d.")
            raise DownloadError(sentence % {"n": status})
        if status == 206:
            self._check_partial_response(response)
        else:
            self.done = 0  # the whole file, though a part was requested: it has changed
            length = response.headers.get("Content-Length", "")
            self.total = int(length) if length.isdecimal() else None
            self.validator = _validator(response)
        self._check_size(self.total or 0)

    def _check_partial_response(self, response: Response) -> None:
        match = _RANGE.fullmatch(response.headers.get("Content-Range", ""))
        total = int(match[3]) if match else -1
        is_next = match and int(match[1]) == self.done and self.total in (None, total)
        if not is_next or _has_changed(self.validator, _validator(response)):
            self.done = 0
            raise NoResponse(_("The file server sends another part than was asked for."))
        self.total = total

    def _check_block(self, block: bytes) -> None:
        if self.done < HEAD_SIZE:  # the first block may be a single byte
            self.head = (self.head[: self.done] + block)[:HEAD_SIZE]
            if len(self.head) == HEAD_SIZE:
                self._check_kind()
        self._check_size(self.done + len(block))

    def _check_kind(self) -> None:
        if not self.is_expected_kind(self.head):
            raise WrongFileType(_("The vendor's file is not what it should be."))

    def _check_size(self, size: int) -> None:
        if size > self.max_bytes:
            sentence = _("The vendor's file has more than %(most)d MB.")
            raise TooLarge(sentence % {"most": self.max_bytes // MEBIBYTE})


class _SpeedCheck:
    """Ends a download that is too slow."""

    def __init__(self, done: int) -> None:
        self._done, self._since = done, time.monotonic()

    def check(self, done: int) -> None:
        """Raise ``DownloadError`` where the last window was slower than ``MIN_SPEED``."""
        seconds = time.monotonic() - self._since
        if seconds < SPEED_WINDOW:
            return
        if done - self._done < MIN_SPEED * seconds:
            raise DownloadError(_("The file server is too slow."))
        self._done, self._since = done, time.monotonic()


def _sleep(seconds: float, is_over: Callable[[], bool]) -> None:
    """Wait for ``seconds``, or until ``is_over()``."""
    until = time.monotonic() + seconds
    while not is_over() and (left := until - time.monotonic()) > 0:
        time.sleep(min(CHECK_INTERVAL, left))


def _redirect_target(url: str, location: str) -> str:
    """Return the address to which ``url`` redirects."""
    try:
        return urljoin(url, location)
    except ValueError as error:
        raise RefusedAddress(_("The address is not one of the web.")) from error


def _validator(response: Response) -> str:
    """Return the validator of a file's version: its strong ETag, else its date (RFC 9110, 8.8)."""
    etag = response.headers.get("ETag", "")
    strong = etag if etag and not etag.startswith("W/") else ""
    return strong or response.headers.get("Last-Modified", "")


def _has_changed(before: str, now: str) -> bool:
    """Return whether two validators of the same kind are of different versions of a file."""
    return bool(now) and before.startswith('"') == now.startswith('"') and before != now
