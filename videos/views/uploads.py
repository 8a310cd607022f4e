"""Which views take files: every other address reads a small form, and no file at all."""

from collections.abc import Callable
from typing import Any, NoReturn

from django.contrib.auth.decorators import login_not_required
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from videos.api.security import AUTHENTICATORS
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
    length = request.META.get("CONTENT_LENGTH") or "0"
    if length.isdecimal() and int(length[:20]) > MAX_FORM_BYTES:
        return errors.too_large(request)
    request.upload_handlers = [NoFilesHandler(request)]
    return None


class NoFilesHandler(FileUploadHandler):
    """Stores no file of a form; its other fields are read as ever."""

    def new_file(self, *args: Any, **kwargs: Any) -> NoReturn:  # noqa: ANN401 - as Django's own
        """Leave the file out."""
        raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Do nothing: no file is begun."""

    def file_complete(self, file_size: int) -> None:
        """Do nothing: no file is begun."""


@csrf_exempt  # it changes nothing, and nginx may pass the method of the upload on
@login_not_required
@never_cache
def upload_permission(request: HttpRequest) -> HttpResponse:
    """Answer nginx, before it reads the body of an upload: 204 to people and programs, else 401."""
    may_send = request.user.is_authenticated or any(each(request) for each in AUTHENTICATORS)
    return HttpResponse(status=204 if may_send else 401)
