"""Fetching files from addresses that others give us: guarded, bounded, resumed and checked."""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin

import requests
import urllib3
from django.utils.translation import gettext as _

from videos.outbound.addresses import (
    GuardedConnection,
    GuardedTLSConnection,
    RefusedAddress,
    UnknownHost,
    check_address,
    split,
)
from videos.outbound.deadline import EVERY, BareSession, CutOffAdapter
from videos.providers.http import user_agent

__all__ = [
    "DownloadError",
    "DownloadStopped",
    "Gone",
    "NotThatKind",
    "Refused",
    "RefusedAddress",
    "TooLarge",
    "UnknownHost",
    "check_address",
    "download",
    "is_mp4",
]

TIMEOUTS = (3.0, 15.0)  # seconds to connect, and for one read
MOST_REDIRECTS = 5
MOST_BREAKS = 5  # in a row, without a byte between them
PAUSE = 0.5  # seconds after the first of them, then twice as long each time
SLOWEST = 10 * 1024  # bytes a second: a worker waits for no less
WINDOW = 30.0  # seconds over which that is measured
BLOCK = 64 * 1024
HEAD = 16  # bytes by which a kind of file is told
MEBIBYTE = 1024 * 1024

_RANGE = re.compile(r"bytes (\d+)-(\d+)/(\d+)")


class DownloadError(Exception):
    """The file could not be fetched; the text is a sentence that says why."""


class DownloadStopped(DownloadError):
    """The caller asked for an end."""


class Refused(DownloadError):
    """The address is not followed."""


class TooLarge(DownloadError):
    """The file has more bytes than are wanted."""


class Gone(DownloadError):
    """There is no such file, or not any more."""


class NotThatKind(DownloadError):
    """There is a file, but of another kind."""


class _Broken(Exception):
    """The connection broke; what is missing can be asked for."""


def is_mp4(head: bytes) -> bool:
    """Say whether a file that begins with ``head`` is an MP4: its first box is ``ftyp``."""
    return head[4:8] == b"ftyp"


def anything(head: bytes) -> bool:
    """Say that every kind of file is right."""
    return True


def silent(done: int, total: int | None) -> None:
    """Tell nobody how far it is."""


def download(
    url: str,
    target: Path,
    *,
    most: int,
    patience: float,
    on_progress: Callable[[int, int | None], None] = silent,
    should_stop: Callable[[], bool] = lambda: False,
    looks_right: Callable[[bytes], bool] = anything,
) -> int:
    """Fetch ``url`` into ``target`` and return its bytes, at most ``most`` in ``patience`` seconds.

    ``should_stop`` is asked several times a second, from another thread; ``on_progress`` is told
    the bytes that are there and the bytes that there will be, where that is known. No key or
    cookie is sent. The file gets its name once it is whole. Raises ``DownloadError``.
    """
    deadline = time.monotonic() + patience
    file = _Download(url, target.with_name(f"{target.name}.part"), most, on_progress, looks_right)

    def over() -> bool:
        return should_stop() or time.monotonic() > deadline

    try:
        with (
            CutOffAdapter(over, plain=GuardedConnection, secure=GuardedTLSConnection) as adapter,
            BareSession(adapter) as session,
        ):
            file.fetch(session, over)
    except RefusedAddress as error:
        raise Refused(str(error)) from error
    except _Broken as error:
        if should_stop():
            raise DownloadStopped(_("The download was stopped.")) from error
        raise DownloadError(str(error)) from error
    file.path.replace(target)
    return file.done


@dataclass
class _Download:
    """A file on its way: what is there of it, and what must hold for the rest."""

    url: str
    path: Path
    most: int
    on_progress: Callable[[int, int | None], None]
    looks_right: Callable[[bytes], bool]
    done: int = 0
    total: int | None = None
    validator: str = ""
    head: bytes = b""

    def fetch(self, session: requests.Session, over: Callable[[], bool]) -> None:
        """Fetch the whole file, resuming as long as it gets further."""
        breaks, before = 0, 0
        while True:
            try:
                self._fetch_rest(session)
                if self.total is not None or not over():  # else its end may be one that we made
                    return
                raise _Broken(_("The file server took too long."))
            except (_Broken, requests.RequestException, urllib3.exceptions.HTTPError) as error:
                breaks = 0 if self.done > before else breaks + 1
                before = self.done
                if over() or breaks >= MOST_BREAKS:
                    said = str(error) if isinstance(error, _Broken) else ""
                    sentence = said or _("The file server does not answer as it should.")
                    raise _Broken(sentence) from None  # the address may hold a signature
                _rest(PAUSE * 2**breaks, over)

    def _fetch_rest(self, session: requests.Session) -> None:
        with self._opened(session) as response:
            self._judge(response)
            pace = _Pace(self.done)
            with self.path.open("ab" if self.done else "wb") as part:
                while block := response.raw.read1(BLOCK):
                    self._check(block)
                    part.write(block)
                    self.done += len(block)
                    pace.check(self.done)
                    self.on_progress(self.done, self.total)
        if self.total is not None and self.done < self.total:
            raise _Broken(_("The connection to the file server broke."))
        if self.done == 0:
            raise NotThatKind(_("The vendor's file is empty."))
        self._check_kind()

    def _opened(self, session: requests.Session) -> requests.Response:
        """Ask for what is missing, following redirects by hand: each address is checked."""
        url = self.url
        for _hop in range(MOST_REDIRECTS + 1):
            split(url)
            response = session.get(
                url, headers=self._headers(), timeout=TIMEOUTS, allow_redirects=False, stream=True
            )
            if not response.is_redirect:
                return response
            response.close()
            url = _next(url, response.headers["Location"])
        raise DownloadError(_("The file server sends us from address to address."))

    def _headers(self) -> dict[str, str]:
        headers = {"User-Agent": user_agent(), "Accept-Encoding": "identity", "Accept": "*/*"}
        if self.done:
            headers["Range"] = f"bytes={self.done}-"
            if self.validator:
                headers["If-Range"] = self.validator
        return headers

    def _judge(self, response: requests.Response) -> None:
        """Learn from the head of an answer what will come; raises where it is of no use."""
        status = response.status_code
        if status in {404, 410}:
            raise Gone(_("The file server does not have the file."))
        if status >= 500 or status in {408, 416, 425, 429}:
            self.done = 0 if status == 416 else self.done
            raise _Broken(_("The file server answers %(n)d.") % {"n": status})
        if status not in {200, 206}:
            sentence = _("The file server answers %(n)d.")
            raise DownloadError(sentence % {"n": status})
        if status == 206:
            self._continue(response)
        else:
            self.done = 0  # also where a part was asked for: the file is another now
            length = response.headers.get("Content-Length", "")
            self.total = int(length) if length.isdecimal() else None
            self.validator = _validator(response)
        self._check_size(self.total or 0)

    def _continue(self, response: requests.Response) -> None:
        found = _RANGE.fullmatch(response.headers.get("Content-Range", ""))
        total = int(found[3]) if found else -1
        is_next = found and int(found[1]) == self.done and self.total in (None, total)
        if not is_next or _is_other(self.validator, _validator(response)):
            self.done = 0
            raise _Broken(_("The file server sends another part than was asked for."))
        self.total = total

    def _check(self, block: bytes) -> None:
        if self.done < HEAD:  # the first block may be a single byte
            self.head = (self.head[: self.done] + block)[:HEAD]
            if len(self.head) == HEAD:
                self._check_kind()
        self._check_size(self.done + len(block))

    def _check_kind(self) -> None:
        if not self.looks_right(self.head):
            raise NotThatKind(_("The vendor's file is not what it should be."))

    def _check_size(self, size: int) -> None:
        if size > self.most:
            sentence = _("The vendor's file has more than %(most)d MB.")
            raise TooLarge(sentence % {"most": self.most // MEBIBYTE})


class _Pace:
    """Measures how fast a file comes."""

    def __init__(self, done: int) -> None:
        self._done, self._since = done, time.monotonic()

    def check(self, done: int) -> None:
        """Raise ``DownloadError`` where too little came for too long."""
        seconds = time.monotonic() - self._since
        if seconds < WINDOW:
            return
        if done - self._done < SLOWEST * seconds:
            raise DownloadError(_("The file server is too slow."))
        self._done, self._since = done, time.monotonic()


def _rest(seconds: float, over: Callable[[], bool]) -> None:
    """Wait for ``seconds``, or until it is over."""
    until = time.monotonic() + seconds
    while not over() and (left := until - time.monotonic()) > 0:
        time.sleep(min(EVERY, left))


def _next(url: str, location: str) -> str:
    """Return where a redirect leads."""
    try:
        return urljoin(url, location)
    except ValueError as error:
        raise RefusedAddress(_("The address is not one of the web.")) from error


def _validator(response: requests.Response) -> str:
    """Return what tells one state of a file from another: its strong ETag, else its date."""
    etag = response.headers.get("ETag", "")
    strong = etag if etag and not etag.startswith("W/") else ""
    return strong or response.headers.get("Last-Modified", "")


def _is_other(before: str, now: str) -> bool:
    """Say whether two validators, where both are of the same kind, are of different files."""
    return bool(now) and before.startswith('"') == now.startswith('"') and before != now
