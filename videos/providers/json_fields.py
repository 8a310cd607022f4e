"""Parsing single values of a vendor's JSON: any input gives a valid value, none raises."""

import json
import math
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from itertools import islice
from urllib.parse import urlsplit

from videos.logs import mask_callback_tokens
from videos.render.text import plain

MAX_URL_LENGTH = 2000  # characters
MAX_MESSAGE_LENGTH = 300
MAX_TEXT_LENGTH = 20_000
MAX_ITEMS = 200  # of a list or an object that is stored
MAX_DEPTH = 8  # levels of such a list or object
MIN_SECRET_LENGTH = 8  # characters; a shorter key may be part of ordinary words

_WHITESPACE = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029]+")
_CALLBACK_FIELDS = {"callbackurl", "callback_url"}  # they hold our token, which is a secret


def first(data: Mapping[str, object], *names: str) -> object:
    """Return the first value that is not null under any of ``names``; None where there is none."""
    return next((data[name] for name in names if data.get(name) is not None), None)


def mapping(value: object) -> dict[str, object]:
    """Return ``value`` if it is a JSON object, else an empty one."""
    return value if isinstance(value, dict) else {}


def mappings(value: object) -> list[dict[str, object]]:
    """Return the JSON objects in the list ``value``."""
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def parse_json(value: object) -> object:
    """Return what a string of JSON says, and ``value`` itself where it is no such string."""
    if not isinstance(value, str) or not value.lstrip().startswith(("{", "[")):
        return value
    try:
        parsed: object = json.loads(value)
    except (ValueError, RecursionError):
        return value
    return parsed


def text(value: object, max_length: int = MAX_TEXT_LENGTH) -> str:
    """Return a string or number as text of at most ``max_length`` characters, "" for the rest."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return _storable_text(str(value)).strip()[:max_length]


def single_line(value: object, max_length: int = MAX_MESSAGE_LENGTH) -> str:
    """Return ``value`` as one line of text without control characters, cut between letters."""
    return plain.single_line(_WHITESPACE.sub(" ", text(value)), max_length)


def url(value: object) -> str:
    """Return ``value`` if it is an http or https address, else ""."""
    address = text(value)
    try:
        parts = urlsplit(address)
        is_web = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:
        return ""
    is_valid = is_web and len(address) <= MAX_URL_LENGTH and not _WHITESPACE.search(address)
    return address if is_valid else ""


def number(value: object) -> float | None:
    """Return ``value`` as a finite number, also from a string; None where it is not a number."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    try:
        result = float(value)
    except (ValueError, OverflowError):
        return None
    return result if math.isfinite(result) else None


def parse_time(value: object) -> datetime | None:
    """Return a time: from epoch seconds or milliseconds, ISO 8601 or ``YYYY-MM-DD HH:MM:SS``.

    A time without a zone is UTC. None where it is no time between the years 2000 and 2100.
    """
    seconds = number(value)
    try:
        if seconds is None:
            result = datetime.fromisoformat(text(value))
        else:
            result = datetime.fromtimestamp(seconds / 1000 if seconds > 1e11 else seconds, UTC)
        result = result.replace(tzinfo=UTC) if result.tzinfo is None else result.astimezone(UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return result if 2000 <= result.year < 2100 else None


def parse_duration(value: object) -> float | None:
    """Return a song's duration in seconds; None where it is not between zero and a day."""
    seconds = number(value)
    return seconds if seconds is not None and 0 < seconds < 24 * 3600 else None


def storable(value: object, depth: int = 0) -> object:
    """Return a vendor's JSON for a database column: limited in size, without our callback URL."""
    if isinstance(value, str):
        return mask_callback_tokens(_storable_text(value)[:MAX_TEXT_LENGTH])
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, dict) and depth < MAX_DEPTH:
        return {
            _storable_text(name)[:100]: storable(each, depth + 1)
            for name, each in islice(value.items(), MAX_ITEMS)
            if name.lower() not in _CALLBACK_FIELDS
        }
    if isinstance(value, list) and depth < MAX_DEPTH:
        return [storable(each, depth + 1) for each in value[:MAX_ITEMS]]
    return value if isinstance(value, int | float | bool) else None


def mask_secret(value: object, secret: str) -> object:
    """Return JSON in which "…" replaces ``secret`` in every text, if it is long enough."""
    if len(secret) < MIN_SECRET_LENGTH:
        return value
    if isinstance(value, str):
        return value.replace(secret, "…")
    if isinstance(value, dict):
        return {name: mask_secret(each, secret) for name, each in value.items()}
    return [mask_secret(each, secret) for each in value] if isinstance(value, list) else value


def _storable_text(value: str) -> str:
    """Return text without what databases refuse: NUL and halves of surrogate pairs."""
    return value.replace("\0", "").encode("utf-8", "replace").decode("utf-8")
