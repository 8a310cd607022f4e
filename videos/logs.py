"""The lines of the logs, as JSON where the settings say so, with the secrets in them masked.

Masked is whatever in an address opens something to whoever has the address.
"""

import json
import logging
import re
from contextvars import ContextVar
from datetime import UTC, datetime

request_id: ContextVar[str] = ContextVar("request_id", default="")  # of the request at work

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


class NotRefused(logging.Filter):
    """A log filter that leaves out 429: a program that goes on and on would fill the disk.

    ``/metrics`` counts them.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Return whether the record tells of anything else."""
        return getattr(record, "status_code", 0) != 429


class JsonLines(logging.Formatter):
    """Writes each record as one line of JSON; what happened to a video has fields of its own."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line: time, level, logger, message, and what else there is to tell."""
        fields: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": mask_tokens(record.getMessage()),
            **getattr(record, "facts", {}),
        }
        if current := request_id.get():
            fields["request_id"] = current
        if record.exc_info:
            fields["exception"] = mask_tokens(self.formatException(record.exc_info))
        return json.dumps(fields, ensure_ascii=False, default=str)
