"""Mails about errors to the operators of ``ADMINS``; one for each place in the code an hour."""

import logging
import time

from django.core.mail import mail_admins

from videos.logs import mask_tokens, request_id

MIN_INTERVAL = 3600.0  # seconds between two mails about the same line of the code


class ErrorMails(logging.Handler):
    """Mails each error, with its stack and without the values of variables."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self._mailed: dict[tuple[str, int, str], float] = {}

    def emit(self, record: logging.LogRecord) -> None:
        """Mail the error, unless the same one was mailed lately; what breaks here is only noted."""
        kind = record.exc_info[0] if record.exc_info else None
        place = (record.pathname, record.lineno, kind.__name__ if kind else "")
        now = time.monotonic()
        if now - self._mailed.get(place, -MIN_INTERVAL) < MIN_INTERVAL:
            return
        self._mailed[place] = now
        try:
            mail_admins(_subject(record), _body(record))
        except Exception:  # a handler that raises would break what only wanted to write a line
            self.handleError(record)


def _subject(record: logging.LogRecord) -> str:
    lines = record.getMessage().splitlines() or [""]
    return f"{record.levelname}: {lines[0][:150]}"


def _body(record: logging.LogRecord) -> str:
    parts = [record.getMessage(), f"{record.name}, {record.pathname}:{record.lineno}"]
    if current := request_id.get():
        parts.append(f"Request {current}")
    if record.exc_info:
        parts.append(logging.Formatter().formatException(record.exc_info))
    parts.append("The same place is not mailed again for an hour; the log has every error.")
    return mask_tokens("\n\n".join(parts))
