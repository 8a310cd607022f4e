"""JSON as strangers send it: bounded, and without what two readers would read in two ways."""

import json

from django.http import HttpRequest
from ninja.parser import Parser
from ninja.types import DictStrAny

from videos.api.errors import Refused, bad_json, invalid

UPLOAD = "multipart/form-data"
MOST_BYTES = 1024 * 1024
DEEPEST = 32  # levels of objects and lists


class StrictParser(Parser):
    """Reads the body of a request; the ``Content-Type`` does not matter."""

    def parse_body(self, request: HttpRequest) -> DictStrAny:
        """Return the object in the body; raises ``Refused``."""
        return parsed(request.body)


def check_length(request: HttpRequest) -> None:
    """Raise ``Refused`` where the body has more than a megabyte; uploads have limits of their own.

    This looks at what is promised, before anything is read.
    """
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not (length.isascii() and length.isdecimal()):
        raise bad_json("The body cannot be read.")
    if int(length[:20]) > MOST_BYTES and request.content_type != UPLOAD:
        raise bad_json("The body has more than 1 MB.")


def parsed(body: bytes) -> DictStrAny:
    """Return the JSON object in ``body``; raises ``Refused``."""
    try:
        found = json.loads(body, object_pairs_hook=_once_each, parse_constant=_no_number)
    except Refused:
        raise
    except (ValueError, RecursionError) as error:
        raise bad_json() from error
    if not isinstance(found, dict):
        raise Refused(422, "body: it is JSON, but not an object.")
    if _depth(found) > DEEPEST:
        raise bad_json("The body is nested too deeply.")
    return found


def _once_each(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _value in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise invalid(_shown(twice), "it is given more than once.")
    return found


def _no_number(word: str) -> object:
    raise ValueError(f"{word} is no JSON")


def _depth(value: object) -> int:
    """Return how many levels of objects and lists there are, without recursion."""
    level, here = 0, [value]
    while here and level <= DEEPEST:
        level += 1
        inner = [each for each in here if isinstance(each, dict | list)]
        here = [
            each
            for one in inner
            for each in (one.values() if isinstance(one, dict) else one)
            if isinstance(each, dict | list)
        ]
    return level


def _shown(name: str) -> str:
    return name[:50].encode("ascii", "backslashreplace").decode()
