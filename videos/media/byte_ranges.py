"""Parsing of the ``Range`` header (RFC 9110, section 14)."""

import re
from dataclasses import dataclass

_RANGES = re.compile(r"bytes=(?P<set>.*)", re.IGNORECASE)
_SPEC = re.compile(r"(?P<first>[0-9]*)-(?P<last>[0-9]*)")
_HUGE = 10**18  # more bytes than any file has; Python does not parse thousands of digits


class UnsatisfiableRange(ValueError):
    """No requested byte exists: the response is 416."""


@dataclass(frozen=True)
class Span:
    """Bytes from ``start`` up to, not including, ``stop``."""

    start: int
    stop: int

    @property
    def length(self) -> int:
        """The number of bytes."""
        return self.stop - self.start

    def content_range(self, size: int) -> str:
        """Return the value of ``Content-Range`` for a file of ``size`` bytes."""
        return f"bytes {self.start}-{self.stop - 1}/{size}"


def parse_range(header: str, size: int) -> Span | None:
    """Return the span that a ``Range`` header requests of a file of ``size`` bytes.

    None means the whole file: for other units, malformed headers, and several ranges at once, all
    of which the RFC lets a server ignore. Raises ``UnsatisfiableRange``.
    """
    ranges = _RANGES.fullmatch(header.strip())
    spec = _SPEC.fullmatch(ranges["set"].strip(" \t")) if ranges else None
    if spec is None or spec[0] == "-":
        return None
    if not spec["first"]:
        return _suffix_span(_parse_number(spec["last"]), size)
    first = _parse_number(spec["first"])
    last = _parse_number(spec["last"]) if spec["last"] else size - 1
    if spec["last"] and last < first:
        return None
    if first >= size:
        raise UnsatisfiableRange
    return Span(first, min(last + 1, size))


def _suffix_span(length: int, size: int) -> Span:
    if not length or not size:
        raise UnsatisfiableRange
    return Span(max(0, size - length), size)


def _parse_number(digits: str) -> int:
    digits = digits.lstrip("0")
    return int(digits or "0") if len(digits) <= 18 else _HUGE
