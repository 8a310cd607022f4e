"""Parsing of JSON from strangers: with limits, and without what two parsers read differently."""

import json

from django.http import HttpRequest
from ninja.parser import Parser
from ninja.types import DictStrAny

from videos.api.errors import TOO_LARGE, ApiError, invalid_field, malformed_body, not_an_object

UPLOAD = "multipart/form-data"
FORMS = {UPLOAD, "application/x-www-form-urlencoded"}
MAX_BODY_BYTES = 1024 * 1024
MAX_DEPTH = 32  # levels of objects and lists
FORM_SENTENCE = (
    "The body is not valid JSON but a form: send the fields as a JSON object, "
    "with Content-Type: application/json."
)


class StrictParser(Parser):
    """Parses the body of a request; the ``Content-Type`` does not matter."""

    def parse_body(self, request: HttpRequest) -> DictStrAny:
        """Return the object in the body; raises ``ApiError``."""
        return parse_json_object(request)


def check_length(request: HttpRequest) -> None:
    """Raise ``ApiError`` where the body has more than a megabyte; uploads have other limits.

    This checks the ``Content-Length``, before anything is read.
    """
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not (length.isascii() and length.isdecimal()):
        raise malformed_body("The body cannot be read.")
    if int(length[:20]) > MAX_BODY_BYTES and request.content_type != UPLOAD:
        raise malformed_body(TOO_LARGE)


def parse_json_object(request: HttpRequest) -> DictStrAny:
    """Return the JSON object in the body of ``request``; raises ``ApiError``.

    Its ``Content-Type`` may be that of a form, because curl sends JSON so; a form itself is
    refused, as the vendors do.
    """
    try:
        value = json.loads(
            request.body, object_pairs_hook=_unique_pairs, parse_constant=_reject_constant
        )
    except ApiError:
        raise
    except (ValueError, RecursionError) as error:
        is_form = request.content_type in FORMS
        raise (malformed_body(FORM_SENTENCE) if is_form else malformed_body()) from error
    if not isinstance(value, dict):
        raise not_an_object()
    if _depth(value) > MAX_DEPTH:
        raise malformed_body("The body is nested too deeply.")
    return value


def _unique_pairs(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Return the members of an object; raises ``ApiError`` for a name that occurs twice."""
    members = dict(pairs)
    if len(members) < len(pairs):
        names = [name for name, _value in pairs]
        duplicate = next(name for name in names if names.count(name) > 1)
        raise invalid_field(_printable(duplicate), "it is given more than once.")
    return members


def _reject_constant(constant: str) -> object:
    """Raise ``ValueError`` for ``NaN`` and the infinities, which Python's parser would take."""
    raise ValueError(f"{constant} is no JSON")


def _depth(value: object) -> int:
    """Return how many levels of objects and lists there are, without recursion."""
    level, here = 0, [value]
    while here and level <= MAX_DEPTH:
        level += 1
        inner = [each for each in here if isinstance(each, dict | list)]
        here = [
            each
            for one in inner
            for each in (one.values() if isinstance(one, dict) else one)
            if isinstance(each, dict | list)
        ]
    return level


def _printable(name: str) -> str:
    return name[:50].encode("ascii", "backslashreplace").decode()
