"""Which views take files: every other address reads a small form, and no file at all."""

from collections.abc import Callable
from typing import Any, NoReturn

from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from videos.views import errors

MAX_FORM_BYTES = 1024 * 1024  # of a body at an address that takes no files

View = Callable[..., HttpResponseBase]


def takes_files(view: View) -> View:
    """Mark a view whose forms have files; ``BodyMiddleware`` lets them through."""
    view.takes_files = True  # type: ignore[attr-defined]
    return view


def refuse_body(request: HttpRequest, view: View) -> HttpResponse | None:
    """Return the answer to a body that ``view`` does not take, None where it may be read.

    It goes by the length that the request tells: nothing of the body has been read.
    """
    if getattr(view, "takes_files", False):
        return None
    if is_longer(request, MAX_FORM_BYTES):
        return errors.too_large(request)
    request.upload_handlers = [NoFilesHandler(request)]
    return None


def is_longer(request: HttpRequest, max_bytes: int) -> bool:
    """Return whether the body has more than ``max_bytes`` by the length that the request tells."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    return length.isdecimal() and int(length[:20]) > max_bytes


class NoFilesHandler(FileUploadHandler):
    """Stores no file of a form; its other fields are read as ever."""

    def new_file(self, *args: Any, **kwargs: Any) -> NoReturn:  # noqa: ANN401 - as Django's own
        """Leave the file out."""
        raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Do nothing: no file is begun."""

    def file_complete(self, file_size: int) -> None:
        """Do nothing: no file is begun."""
