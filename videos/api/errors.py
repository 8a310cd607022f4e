"""Why a request is refused, and how each reason is answered."""

import logging
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pydantic
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from videos.api import envelope
from videos.pipeline import QuotaReached

logger = logging.getLogger(__name__)

BAD_JSON, UNAUTHORIZED, NO_CREDITS, NOT_FOUND, EXISTS, INVALID, TOO_OFTEN, UNAVAILABLE, BROKEN = (
    400, 401, 402, 404, 409, 422, 429, 455, 500,
)  # fmt: skip


SENTENCES = {
    "missing": "it is missing.",
    "string_type": "it is not a text.",
    "string_too_short": "it is empty.",
    "string_unicode": "it holds half of a surrogate pair.",
    "string_pattern_mismatch": "it is not an absolute http or https address.",
    "model_type": "it is not an object.",
    "model_attributes_type": "it is not an object.",
}


class Refused(Exception):
    """A request that is not done, with the ``code`` that says why."""

    def __init__(self, code: int, text: str, data: object = None, wait: int = 0) -> None:
        super().__init__(text)
        self.code, self.text, self.data, self.wait = code, text, data, wait


def invalid(field: str, what: str) -> Refused:
    """Return the refusal of a request whose ``field`` is wrong."""
    return Refused(INVALID, f"{field}: {what}")


def bad_json(why: str = "The body is not valid JSON.") -> Refused:
    """Return the refusal of a request that cannot be read."""
    return Refused(BAD_JSON, why)


def register(api: NinjaAPI) -> None:
    """Let ``api`` answer every exception in an envelope."""
    handlers: dict[type[Exception], Callable[..., HttpResponse]] = {
        Refused: refused,
        ValidationError: _not_valid,
        AuthenticationError: _unauthorized,
        HttpError: _http_error,
        QuotaReached: _quota,
        SuspiciousOperation: _unreadable,
        MultiPartParserError: _unreadable,
        UnreadablePostError: _unreadable,
        Exception: broken,
    }
    for kind, handler in handlers.items():
        api.add_exception_handler(kind, handler)


def refused(request: HttpRequest, error: Refused) -> HttpResponse:
    """Answer with what the refusal says."""
    return envelope.refusal(request, error.code, error.text, error.data, error.wait)


def _not_valid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    first = error.errors[0]
    where = first["loc"]
    if where[0] != "body" or len(where) > 2:
        return refused(request, _naming(where[2:] or where[-1:], first))
    empty = first["type"] == "missing"
    return refused(request, bad_json("The body is empty.") if empty else _no_object())


def first_of(error: pydantic.ValidationError) -> Refused:
    """Return the refusal of a body for the first field that is wrong in it."""
    first = error.errors(include_url=False)[0]
    return _naming(first["loc"], first)


def _naming(where: Sequence[object], problem: Mapping[str, Any]) -> Refused:
    """Name the field that is wrong, and say what is wrong with it."""
    return invalid(".".join(map(str, where)), _sentence(str(problem["type"]), problem))


def _sentence(kind: str, problem: Mapping[str, Any]) -> str:
    """Return what pydantic found, in words for whoever wrote the program."""
    bounds = problem.get("ctx", {})
    if kind in {"string_too_long", "too_long"}:
        return f"it has more than {bounds['max_length']} characters."
    if kind == "value_error":
        return str(problem["msg"]).removeprefix("Value error, ")
    return SENTENCES.get(kind, f"{problem['msg']}.")


def _no_object() -> Refused:
    return Refused(INVALID, "body: it is JSON, but not an object.")


def _unauthorized(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    sentence = "You do not have access permissions: the API key is missing or wrong."
    return envelope.refusal(request, UNAUTHORIZED, sentence)


def _http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    """Answer what ninja could not read: our parser says why."""
    cause = error.__cause__
    if isinstance(cause, Refused):
        return refused(request, cause)
    return refused(request, bad_json())


def _quota(request: HttpRequest, error: QuotaReached) -> HttpResponse:
    return envelope.refusal(request, NO_CREDITS, str(error))


def _unreadable(request: HttpRequest, error: Exception) -> HttpResponse:
    """Answer a body that Django does not read: cut short, too large, or of too many parts."""
    return refused(request, bad_json("The body cannot be read."))


def broken(request: HttpRequest, error: Exception) -> HttpResponse:
    """Answer a fault of ours, and write it down for operators."""
    logger.error("%s %s broke", request.method, request.path_info, exc_info=error)
    sentence = "An unexpected error occurred while processing the request."
    return envelope.refusal(request, BROKEN, sentence, status=BROKEN)
