"""Uploads in pieces that go on after a lost connection: tus 1.0.0, its core and three extensions.

https://tus.io/protocols/resumable-upload, with creation, expiration and termination. An answer to
an error has a sentence where a person can do something about it.
"""

import base64
import binascii
import logging
from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

from django.http import HttpResponse, HttpResponseBase, UnreadablePostError
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import http_date
from django.views.decorators.cache import never_cache

from videos import pipeline
from videos.forms.files import NO_ROOM
from videos.media import partial_files
from videos.models import Upload
from videos.pipeline import uploads
from videos.pipeline.rations import RationSpent, sending
from videos.render.text import single_line
from videos.views.requests import UserRequest

logger = logging.getLogger(__name__)

VERSION = "1.0.0"
PIECE_TYPE = "application/offset+octet-stream"
BLOCK_BYTES = 16 * 1024  # of a piece that breaks off, less than this is lost


class Refused(Exception):
    """A request that is answered by ``status`` and perhaps a sentence."""

    def __init__(self, status: int, sentence: str = "", **headers: object) -> None:
        super().__init__(sentence)
        self.status, self.headers = status, headers


def tus(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponseBase]:
    """Let ``view`` speak tus: it gets the method first, and what it refuses becomes the answer."""

    @never_cache
    @wraps(view)
    def wrapper(request: UserRequest, **kwargs: object) -> HttpResponseBase:
        method = request.method or ""
        if method == "POST":  # only there, because CSRF tokens are asked for there
            method = request.headers.get("X-HTTP-Method-Override", method)
        try:
            response = view(request, method, **kwargs)
        except Refused as error:
            response = _response(error.status, str(error), **error.headers)
        except RationSpent as error:
            response = _response(429, str(error), Retry_After=error.retry_after)
        response["Tus-Resumable"] = VERSION
        return response

    return wrapper


@tus
def begin_upload(request: UserRequest, method: str) -> HttpResponse:
    """Begin an upload (POST), or tell what is spoken here (OPTIONS)."""
    _check_method(request, method, ("POST",))
    if method == "OPTIONS":
        return _capabilities()
    size, name = _number(request, "Upload-Length"), _file_name(request)
    try:
        upload = uploads.begin(request.user, name, size)
    except (uploads.UploadRefused, pipeline.QuotaReached) as error:
        raise Refused(413, str(error)) from error
    except OSError as error:
        logger.exception("An upload could not be begun")
        raise Refused(507, str(NO_ROOM)) from error
    address = reverse("videos:upload", args=[upload.pk])
    return _response(201, Location=address, Upload_Expires=_expiry(upload))


@tus
def continue_upload(request: UserRequest, method: str, pk: str) -> HttpResponse:
    """Tell how much of an upload is here (HEAD), take a piece (PATCH), or discard it (DELETE)."""
    upload = get_object_or_404(Upload.objects.for_user(request.user).active(), pk=pk)
    _check_method(request, method, ("HEAD", "PATCH", "DELETE"))
    if method == "OPTIONS":
        return _capabilities()
    if method == "DELETE":
        uploads.discard(upload)
        return _response(204)
    offset = partial_files.offset_of(upload)
    if offset is None:  # a song was made of it, or another machine has it
        raise Refused(410)
    if method == "PATCH":
        with sending(request.user):
            offset = _take_piece(request, upload)
        return _response(204, Upload_Offset=offset, Upload_Expires=_expiry(upload))
    return _response(
        200, Upload_Offset=offset, Upload_Length=upload.size, Upload_Expires=_expiry(upload)
    )


def _take_piece(request: UserRequest, upload: Upload) -> int:
    """Append the body of a request to ``upload``; return the new offset."""
    if request.headers.get("Content-Type") != PIECE_TYPE:
        raise Refused(415)
    offset = _number(request, "Upload-Offset")
    try:
        return uploads.receive(upload, offset, _blocks(request))
    except partial_files.OffsetConflict as error:
        raise Refused(409, Upload_Offset=error.offset) from error
    except uploads.TooMuchData as error:
        raise Refused(413) from error
    except UnreadablePostError as error:  # nobody reads this: the connection is lost
        raise Refused(400) from error
    except OSError as error:
        logger.exception("A piece of an upload could not be written")
        raise Refused(507, str(NO_ROOM)) from error


def _blocks(request: UserRequest) -> Iterator[bytes]:
    while block := request.read(BLOCK_BYTES):
        yield block


def _check_method(request: UserRequest, method: str, methods: tuple[str, ...]) -> None:
    """Refuse other methods, and another version of tus."""
    if method not in (*methods, "OPTIONS"):
        raise Refused(405, Allow=", ".join((*methods, "OPTIONS")))
    if method != "OPTIONS" and request.headers.get("Tus-Resumable") != VERSION:
        raise Refused(412, Tus_Version=VERSION)


def _capabilities() -> HttpResponse:
    return _response(
        204,
        Tus_Version=VERSION,
        Tus_Extension="creation,expiration,termination",
        Tus_Max_Size=uploads.max_file_bytes(),
    )


def _number(request: UserRequest, header: str) -> int:
    """Return the number in a header of a request."""
    text = request.headers.get(header, "")
    if not (text.isascii() and text.isdecimal() and len(text) < 16):
        raise Refused(400, f"{header} has to be a number of bytes.")
    return int(text)


def _file_name(request: UserRequest) -> str:
    """Return the file's name in ``Upload-Metadata``, "" where it has none."""
    for pair in request.headers.get("Upload-Metadata", "").split(","):
        key, _, value = pair.strip().partition(" ")
        if key == "filename":
            try:
                return single_line(base64.b64decode(value, validate=True).decode())
            except (binascii.Error, UnicodeDecodeError) as error:
                raise Refused(400, "Upload-Metadata has to be in Base64.") from error
    return ""


def _expiry(upload: Upload) -> str:
    return http_date(upload.expires_at.timestamp())


def _response(status: int, sentence: str = "", **headers: Any) -> HttpResponse:  # noqa: ANN401
    """Return an answer of plain text; the names of headers have ``_`` for ``-``."""
    fields = {name.replace("_", "-"): str(value) for name, value in headers.items()}
    return HttpResponse(sentence, "text/plain; charset=utf-8", status, headers=fields)
