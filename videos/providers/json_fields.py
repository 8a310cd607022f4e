"""Reading single values of a vendor's JSON: whatever is there, something sound comes out."""

import math
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from itertools import islice
from urllib.parse import urlsplit

from videos.logs import without_callback

LONGEST_URL = 2000  # characters
LONGEST_MESSAGE = 300
LONGEST_TEXT = 20_000
MOST_ITEMS = 200  # of a list or an object that is kept as it came
DEEPEST = 8  # levels of it
SHORTEST_SECRET = 8  # characters; a shorter key would be found in innocent words

_BREAKS = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029]+")
_UNSEEN = re.compile(r"[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]+")
_OURS = {"callbackurl", "callback_url"}  # our token is in it, and nobody else is to know that


def first(data: Mapping[str, object], *names: str) -> object:
    """Return the first value that is not null under any of ``names``; None where there is none."""
    return next((data[name] for name in names if data.get(name) is not None), None)


def mapping(value: object) -> dict[str, object]:
    """Return ``value`` if it is a JSON object, else an empty one."""
    return value if isinstance(value, dict) else {}


def mappings(value: object) -> list[dict[str, object]]:
    """Return the JSON objects in the list ``value``."""
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def text(value: object, most: int = LONGEST_TEXT) -> str:
    """Return ``value`` as text of at most ``most`` characters: "" unless a string or a number."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return _storable(str(value)).strip()[:most]


def line(value: object, most: int = LONGEST_MESSAGE) -> str:
    """Return ``value`` as one line of text that shows what it says."""
    return _UNSEEN.sub("", _BREAKS.sub(" ", text(value))).strip()[:most]


def url(value: object) -> str:
    """Return ``value`` if it is the address of a file on the web, else ""."""
    address = text(value)
    try:
        parts = urlsplit(address)
        sound = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:
        return ""
    return address if sound and len(address) <= LONGEST_URL and not _BREAKS.search(address) else ""


def number(value: object) -> float | None:
    """Return ``value`` as a finite number, also from a string; None where it is none."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    try:
        found = float(value)
    except (ValueError, OverflowError):
        return None
    return found if math.isfinite(found) else None


def moment(value: object) -> datetime | None:
    """Return a time: from epoch seconds or milliseconds, ISO 8601 or ``YYYY-MM-DD HH:MM:SS``.

    A time without a zone is taken for UTC. None for what is no time between 2000 and 2100.
    """
    seconds = number(value)
    try:
        if seconds is None:
            found = datetime.fromisoformat(text(value))
        else:
            found = datetime.fromtimestamp(seconds / 1000 if seconds > 1e11 else seconds, UTC)
        found = found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return found if 2000 <= found.year < 2100 else None


def kept(value: object, depth: int = 0) -> object:
    """Return a vendor's JSON as a database can keep it: bounded, and without our address in it."""
    if isinstance(value, str):
        return without_callback(_storable(value)[:LONGEST_TEXT])
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, dict) and depth < DEEPEST:
        return {
            _storable(name)[:100]: kept(each, depth + 1)
            for name, each in islice(value.items(), MOST_ITEMS)
            if name.lower() not in _OURS
        }
    if isinstance(value, list) and depth < DEEPEST:
        return [kept(each, depth + 1) for each in value[:MOST_ITEMS]]
    return value if isinstance(value, int | float | bool) else None


def without(value: object, secret: str) -> object:
    """Return JSON with ``secret`` blotted out of every text in it, if it is long enough for one."""
    if len(secret) < SHORTEST_SECRET:
        return value
    if isinstance(value, str):
        return value.replace(secret, "…")
    if isinstance(value, dict):
        return {name: without(each, secret) for name, each in value.items()}
    return [without(each, secret) for each in value] if isinstance(value, list) else value


def _storable(value: str) -> str:
    """Return text without what no database takes: NUL and halves of surrogate pairs."""
    return value.replace("\0", "").encode("utf-8", "replace").decode("utf-8")
