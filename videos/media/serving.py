"""Serving of files over HTTP: ranges, conditional requests, streaming in blocks."""

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
from django.utils.http import http_date, parse_http_date_safe

from videos.media.byte_ranges import Span, UnsatisfiableRange, parse_range
from videos.media.file_names import attachment_header


class FilePart:
    """The bytes of ``span`` as a file object; a server may pass its descriptor to ``sendfile``."""

    def __init__(self, path: Path, span: Span) -> None:
        self._file = FileIO(path)  # unbuffered, so that the descriptor has our position
        self._file.seek(span.start)
        self._left = span.length

    def read(self, size: int = -1) -> bytes:
        """Return up to ``size`` bytes, none at the end of the span."""
        block = self._file.read(self._left if size < 0 else min(size, self._left))
        self._left -= len(block)
        return block

    def seek(self, position: int) -> None:
        """Go to a byte of the whole file; a server whose ``sendfile`` gave up needs this."""
        self._left -= position - self._file.tell()
        self._file.seek(position)

    def fileno(self) -> int:
        """Return the file descriptor, which is at the next byte to read."""
        return self._file.fileno()

    def close(self) -> None:
        """Close the file."""
        self._file.close()


class PartResponse(FileResponse):
    """Streams in blocks of 64 KiB, with exactly the headers that are passed to it."""

    block_size = 64 * 1024

    def set_headers(self, filelike: object) -> None:
        """Set no header from the file, because all of them are passed."""


def serve(
    request: HttpRequest, stored: FieldFile, *, content_type: str, cache: str, save_as: str = ""
) -> HttpResponseBase:
    """Return a response with the file ``stored``, or with the range that is requested.

    ``cache`` is the value of ``Cache-Control``; with ``save_as`` a browser saves the file under
    that name. With ``MEDIA_ACCEL_PREFIX`` the reverse proxy sends the file (X-Accel-Redirect); a
    file on S3 is a redirect. Raises ``Http404`` where there is no file.
    """
    headers = {"Content-Type": content_type, "Cache-Control": cache}
    if save_as:
        headers["Content-Disposition"] = attachment_header(save_as)
    try:
        path = Path(stored.path)
        status = path.stat()
    except (ValueError, FileNotFoundError) as error:  # no name, or no file with that name
        raise Http404 from error
    except NotImplementedError:
        return _redirect_to_storage(request, stored, headers)
    if settings.MEDIA_ACCEL_PREFIX:
        internal = f"{settings.MEDIA_ACCEL_PREFIX.rstrip('/')}/{quote(str(stored.name))}"
        return HttpResponse(headers=headers | {"X-Accel-Redirect": internal})
    return _send_file(request, path, status, headers)


def serve_local(
    request: HttpRequest, path: Path, *, content_type: str, cache: str
) -> HttpResponseBase:
    """Return a response with the file at ``path`` on this machine, or with a range of it.

    Raises ``Http404`` where there is no such file.
    """
    try:
        status = path.stat()
    except FileNotFoundError as error:
        raise Http404 from error
    headers = {"Content-Type": content_type, "Cache-Control": cache}
    return _send_file(request, path, status, headers)


def _redirect_to_storage(
    request: HttpRequest, stored: FieldFile, headers: dict[str, str]
) -> HttpResponseRedirect:
    """Return a redirect to a presigned address of the file on S3, which expires."""
    parameters = {f"Response{name.replace('-', '')}": value for name, value in headers.items()}
    url = stored.storage.url(stored.name, parameters=parameters, http_method=request.method)  # type: ignore[call-arg]  # django-storages takes more
    return HttpResponseRedirect(url, headers={"Cache-Control": "private, no-store"})


def _send_file(
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
    response = get_conditional_response(request, etag, modified, head) or head
    if response is not head or request.method == "HEAD":
        return response
    try:
        span = _requested_span(request, etag, modified, size)
    except UnsatisfiableRange:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    if span is None:
        return PartResponse(FilePart(path, Span(0, size)), headers=headers)
    headers |= {"Content-Length": str(span.length), "Content-Range": span.content_range(size)}
    return PartResponse(FilePart(path, span), status=206, headers=headers)


def _etag(path: Path, status: os.stat_result) -> str:
    """Return a strong validator, which changes with the path, the size and the time of writing."""
    version = f"{path}|{status.st_size}|{status.st_mtime_ns}"
    return f'"{hashlib.sha256(version.encode()).hexdigest()[:32]}"'


def _requested_span(request: HttpRequest, etag: str, modified: int, size: int) -> Span | None:
    """Return the span to send, or None for the whole file."""
    condition = request.headers.get("If-Range", "")
    if condition and condition != etag and parse_http_date_safe(condition) != modified:
        return None
    return parse_range(request.headers.get("Range", ""), size)
