"""Masks secrets in logs: the tokens in the addresses of callbacks and of films."""

import logging
import re

_CALLBACK = re.compile(r"(/callbacks/[^/\s]+/)[^/\s\"'?]+")
_FILE = re.compile(r"(/files/)[^/\s\"'?]+")


def mask_tokens(text: str) -> str:
    """Return ``text`` with "…" for the tokens in addresses of callbacks and films."""
    return _FILE.sub(r"\1…", mask_callback_tokens(text))


def mask_callback_tokens(text: str) -> str:
    """Return ``text`` with "…" for the tokens in addresses of callbacks."""
    return _CALLBACK.sub(r"\1…", text)


class MaskedTokens(logging.Filter):
    """A log filter that masks tokens in messages."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record through, with its message masked."""
        message = record.getMessage()
        masked = mask_tokens(message)
        if masked != message:
            record.msg, record.args = masked, ()
        return True
