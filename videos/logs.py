"""Masks secrets in logs: whatever in an address opens something to whoever has the address."""

import logging
import re

_END = r"[^/\s\"'?&#]+"
_CALLBACK = re.compile(rf"(/callbacks/[^/\s]+/){_END}")
# Files of programs, share pages, invitations, and what is mailed: new passwords and confirmed
# addresses. Inside a query (``?next=…``) the slashes may be escaped.
_ADDRESS = re.compile(
    r"((?:/|%2F)(?:files|v|invitations|accounts(?:/|%2F)(?:password(?:/|%2F)reset(?:/|%2F)key|confirm-email))"
    rf"(?:/|%2F)){_END}",
    re.IGNORECASE,
)


def mask_tokens(text: str) -> str:
    """Return ``text`` with "…" for the secret parts of addresses."""
    return _ADDRESS.sub(r"\1…", mask_callback_tokens(text))


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
