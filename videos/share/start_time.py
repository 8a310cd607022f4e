"""The moment at which a shared film starts, as links write it: ``?t=30`` or ``?t=1m30s``."""

import re

MAX_START = 24 * 3600  # seconds: no film is longer
_UNITS = re.compile(r"(?:(\d{1,3})h)?(?:(\d{1,5})m)?(?:(\d{1,6}(?:\.\d{1,3})?)s?)?", re.ASCII)
_CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,4}):(\d{1,2}(?:\.\d{1,3})?)", re.ASCII)


def parse_start(text: str) -> float:
    """Return the seconds that ``30``, ``12.5s``, ``1m30s`` or ``1:30`` mean, 0 for all else."""
    text = text.strip().lower()
    match = _CLOCK.fullmatch(text) or _UNITS.fullmatch(text)
    if match is None:
        return 0.0
    hours, minutes, seconds = (float(part or 0) for part in match.groups())
    start = hours * 3600 + minutes * 60 + seconds
    return start if start <= MAX_START else 0.0


def format_start(start: float) -> str:
    """Return seconds as links and media fragments write them: ``30`` or ``12.5``."""
    return f"{start:.3f}".rstrip("0").rstrip(".")
