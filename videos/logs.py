"""What must not stand in a log: tokens in addresses at which vendors call back or films are."""

import logging
import re

_CALLBACK = re.compile(r"(/callbacks/[^/\s]+/)[^/\s\"'?]+")
_FILE = re.compile(r"(/files/)[^/\s\"'?]+")


def masked(text: str) -> str:
    """Return ``text`` without the tokens of such addresses."""
    return _FILE.sub(r"\1…", without_callback(text))


def without_callback(text: str) -> str:
    """Return ``text`` without the tokens of addresses at which vendors call back."""
    return _CALLBACK.sub(r"\1…", text)


class MaskedTokens(logging.Filter):
    """Masks what a record says before any handler writes it."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record through, masked."""
        said = record.getMessage()
        hidden = masked(said)
        if hidden != said:
            record.msg, record.args = hidden, ()
        return True
