"""The errors of API requests, and the response to each."""

import logging
from collections.abc import Callable, Mapping, Sequence
from http import HTTPStatus
from typing import Any

import pydantic
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from videos.api import envelope
from videos.models import connection
from videos.pipeline import QuotaReached

logger = logging.getLogger(__name__)

BAD_JSON, UNAUTHORIZED, NO_CREDITS, NOT_FOUND, EXISTS, INVALID, TOO_OFTEN, UNAVAILABLE, BROKEN = (
    400, 401, 402, 404, 409, 422, 429, 455, 500,
)  # fmt: skip

# What is wrong with a field, by pydantic's type of the error
FIELD_PROBLEMS = {
    "missing": "it is missing.",
    "string_type": "it is not a text.",
    "string_too_short": "it is empty.",
    "string_unicode": "it holds half of a surrogate pair.",
    "string_pattern_mismatch": "it is not an absolute http or https address.",
    "model_type": "it is not an object.",
    "model_attributes_type": "it is not an object.",
}
TOO_LARGE = "The body has more than 1 MB."


class ApiError(Exception):
    """A request that is not carried out, with the ``code`` and ``message`` of its response.

    ``retry_after`` is the number of seconds after which a repeat may succeed, 0 for none.
    """

    def __init__(self, code: int, message: str, data: object = None, retry_after: int = 0) -> None:
        super().__init__(message)
        self.code, self.message = code, message
        self.data, self.retry_after = data, retry_after


def invalid_field(field: str, problem: str) -> ApiError:
    """Return the error of a request whose ``field`` is wrong."""
    return ApiError(INVALID, f"{field}: {problem}")


def malformed_body(message: str = "The body is not valid JSON.") -> ApiError:
    """Return the error of a request whose body cannot be parsed."""
    return ApiError(BAD_JSON, message)


def not_an_object() -> ApiError:
    """Return the error of a request whose body is JSON, but not an object."""
    return ApiError(INVALID, "body: it is JSON, but not an object.")


def register_handlers(api: NinjaAPI) -> None:
    """Let ``api`` answer every exception in an envelope."""
    handlers: dict[type[Exception], Callable[..., HttpResponse]] = {
        ApiError: answer_api_error,
        ValidationError: _answer_validation_error,
        AuthenticationError: _answer_unauthorized,
        HttpError: _answer_http_error,
        QuotaReached: _answer_quota_reached,
        SuspiciousOperation: _answer_unreadable_body,
        MultiPartParserError: _answer_unreadable_body,
        UnreadablePostError: _answer_unreadable_body,
        Exception: answer_server_error,
    }
    for kind, handler in handlers.items():
        api.add_exception_handler(kind, handler)


def answer_api_error(request: HttpRequest, error: ApiError) -> HttpResponse:
    """Return the response that ``error`` describes."""
    return envelope.error(request, error.code, error.message, error.data, error.retry_after)


def answer_server_error(request: HttpRequest, error: Exception) -> HttpResponse:
    """Log an exception that nobody expected, and return a response without its details."""
    if connection.is_database_away(error):
        logger.error("%s %s: the database is away", request.method, request.path_info)
        sentence = "The service is busy; try again in a moment."
        status, seconds = HTTPStatus.SERVICE_UNAVAILABLE, connection.RETRY_AFTER
        return envelope.error(request, UNAVAILABLE, sentence, None, seconds, status)
    logger.error("%s %s broke", request.method, request.path_info, exc_info=error)
    sentence = "An unexpected error occurred while processing the request."
    return envelope.error(request, BROKEN, sentence, status=BROKEN)


def field_error(error: pydantic.ValidationError) -> ApiError:
    """Return the error for the first field that is wrong in a body."""
    first = error.errors(include_url=False)[0]
    return _field_error(first["loc"], first)


def _answer_validation_error(request: HttpRequest, error: ValidationError) -> HttpResponse:
    first = error.errors[0]
    location = first["loc"]
    if location[0] != "body" or len(location) > 2:
        return answer_api_error(request, _field_error(location[2:] or location[-1:], first))
    is_empty = first["type"] == "missing"
    return answer_api_error(
        request, malformed_body("The body is empty.") if is_empty else not_an_object()
    )


def _field_error(location: Sequence[object], problem: Mapping[str, Any]) -> ApiError:
    return invalid_field(".".join(map(str, location)), _problem_text(problem))


def _problem_text(problem: Mapping[str, Any]) -> str:
    """Return what pydantic says of a field, as a sentence for the author of the program."""
    kind, bounds = str(problem["type"]), problem.get("ctx", {})
    if kind in {"string_too_long", "too_long"}:
        return f"it has more than {bounds['max_length']} characters."
    if kind == "value_error":
        return str(problem["msg"]).removeprefix("Value error, ")
    return FIELD_PROBLEMS.get(kind, f"{problem['msg']}.")


def _answer_unauthorized(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    sentence = "You do not have access permissions: the API key is missing or wrong."
    return envelope.error(request, UNAUTHORIZED, sentence)


def _answer_http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    """Answer a body that ninja could not parse, with the reason that our parser gave."""
    cause = error.__cause__
    if isinstance(cause, ApiError):
        return answer_api_error(request, cause)
    return answer_api_error(request, malformed_body())


def _answer_quota_reached(request: HttpRequest, error: QuotaReached) -> HttpResponse:
    return envelope.error(request, NO_CREDITS, str(error))


def _answer_unreadable_body(request: HttpRequest, error: Exception) -> HttpResponse:
    """Answer a body that Django does not read: not whole, too large, or of too many parts."""
    if isinstance(error, RequestDataTooBig):
        return answer_api_error(request, malformed_body(TOO_LARGE))
    reason = f": {error}" if isinstance(error, UnreadablePostError) and str(error) else ""
    return answer_api_error(request, malformed_body(f"The body cannot be read{reason}."))
