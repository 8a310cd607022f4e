"""A file over HTTP: whole or in part, conditional, and never held in memory."""

import hashlib
import os
from io import FileIO
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.db.models.fields.files import FieldFile
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
)
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, http_date, parse_http_date_safe

from videos.media.byte_ranges import Span, UnsatisfiableRange, requested


class PartOfFile:
    """The bytes of ``span`` as a file: a server that has ``sendfile`` may take its descriptor."""

    def __init__(self, path: Path, span: Span) -> None:
        self._file = FileIO(path)  # unbuffered, so that the descriptor stands where we stand
        self._file.seek(span.start)
        self._left = span.length

    def read(self, size: int = -1) -> bytes:
        """Return up to ``size`` bytes, none at the end of the span."""
        wanted = self._left if size < 0 else min(size, self._left)
        block = self._file.read(wanted)
        self._left -= len(block)
        return block

    def seek(self, position: int) -> None:
        """Stand at a byte of the whole file: a server whose ``sendfile`` gave up asks for it."""
        self._left -= position - self._file.tell()
        self._file.seek(position)

    def fileno(self) -> int:
        """Return the descriptor; it stands at the next byte."""
        return self._file.fileno()

    def close(self) -> None:
        """Close the file."""
        self._file.close()


class PartResponse(FileResponse):
    """Streams in blocks that suit films, with the headers that it was given."""

    block_size = 64 * 1024

    def set_headers(self, filelike: object) -> None:
        """Guess nothing from the file: all is known before."""


def serve(
    request: HttpRequest, stored: FieldFile, *, content_type: str, cache: str, save_as: str = ""
) -> HttpResponseBase:
    """Answer with the file that ``stored`` names, or with the part that the request asks for.

    ``cache`` is the value of ``Cache-Control``; with ``save_as`` a browser saves the file under
    that name. Where ``MEDIA_ACCEL_PREFIX`` is set, the server before us sends the file; where the
    storage is elsewhere, it does. Raises ``Http404`` where there is none.
    """
    headers = {"Content-Type": content_type, "Cache-Control": cache}
    if save_as:
        headers["Content-Disposition"] = str(content_disposition_header(True, save_as))
    try:
        path = Path(stored.path)
        status = path.stat()
    except (ValueError, FileNotFoundError) as error:  # no name, or no file of that name
        raise Http404 from error
    except NotImplementedError:
        return _sent_elsewhere(request, stored, headers)
    if settings.MEDIA_ACCEL_PREFIX:
        internal = f"{settings.MEDIA_ACCEL_PREFIX.rstrip('/')}/{quote(str(stored.name))}"
        return HttpResponse(headers=headers | {"X-Accel-Redirect": internal})
    return _answer(request, path, status, headers)


def _sent_elsewhere(
    request: HttpRequest, stored: FieldFile, headers: dict[str, str]
) -> HttpResponseRedirect:
    """Lead to the file on S3, by an address that is good for a while and for this file only."""
    said = {f"Response{name.replace('-', '')}": value for name, value in headers.items()}
    url = stored.storage.url(stored.name, parameters=said, http_method=request.method)  # type: ignore[call-arg]  # django-storages takes more
    return HttpResponseRedirect(url, headers={"Cache-Control": "private, no-store"})


def _answer(
    request: HttpRequest, path: Path, status: os.stat_result, headers: dict[str, str]
) -> HttpResponseBase:
    size, modified, etag = status.st_size, int(status.st_mtime), _etag(path, status)
    headers |= {
        "Accept-Ranges": "bytes",
        "Content-Length": str(size),
        "ETag": etag,
        "Last-Modified": http_date(modified),
    }
    head = HttpResponse(headers=headers)
    answer = get_conditional_response(request, etag, modified, head) or head
    if answer is not head or request.method == "HEAD":
        return answer
    try:
        span = _wanted(request, etag, modified, size)
    except UnsatisfiableRange:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    if span is None:
        return PartResponse(PartOfFile(path, Span(0, size)), headers=headers)
    headers |= {"Content-Length": str(span.length), "Content-Range": span.content_range(size)}
    return PartResponse(PartOfFile(path, span), status=206, headers=headers)


def _etag(path: Path, status: os.stat_result) -> str:
    """Return a strong validator: another file, size or moment of writing gives another."""
    known = f"{path}|{status.st_size}|{status.st_mtime_ns}"
    return f'"{hashlib.sha256(known.encode()).hexdigest()[:32]}"'


def _wanted(request: HttpRequest, etag: str, modified: int, size: int) -> Span | None:
    """Return the span to send, or None for the whole file."""
    condition = request.headers.get("If-Range", "")
    if condition and condition != etag and parse_http_date_safe(condition) != modified:
        return None
    return requested(request.headers.get("Range", ""), size)
