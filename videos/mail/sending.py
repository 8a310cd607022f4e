"""Sends due mails, one at a time, and records what the mail server said."""

import logging
import re
import time
from collections.abc import Callable
from datetime import timedelta
from threading import BoundedSemaphore

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from videos.models import Mail
from videos.outbound import smtp
from videos.pipeline.claim import renewing_lease
from videos.pipeline.rations import MAILS, RationSpent

logger = logging.getLogger(__name__)

TOTAL_TIMEOUT = 60.0  # seconds for one mail, from the connection to the server's last word
MIN_PATH_LENGTH = 8  # characters of a link's path that is worth hiding

_LINK = re.compile(r"https?://[^\s/]+/(\S+)")

# Threads of this process that may send mails at a time: a mail server that is silent must not hold
# up the other work
lanes = BoundedSemaphore(max(1, settings.WORK_CONCURRENCY // 4))


def send_next() -> bool:
    """Send the first due mail that is not claimed; False where there is none, or no lane."""
    if not lanes.acquire(blocking=False):
        return False
    try:
        if mail := Mail.objects.claim_next():
            send(mail)
        return mail is not None
    finally:
        lanes.release()


def send(mail: Mail) -> None:
    """Send a claimed ``mail`` and record the result.

    The recipient may get it twice, because a worker was killed before it could record the result;
    its Message-ID is the same both times, so most mailboxes show it once.
    """
    if mail.is_too_old:
        mail.mark_too_old()
        return
    if mail.crashed_claims > settings.WORK_MAX_CRASHED_CLAIMS:
        mail.record_failure(_("The workers that sent this mail were lost."))
        return
    try:
        MAILS.spend_common()
    except RationSpent as spent:
        mail.release(timedelta(seconds=spent.retry_after))
        return
    deadline = time.monotonic() + TOTAL_TIMEOUT
    with renewing_lease(mail) as lease:

        def is_over() -> bool:
            return lease.should_stop() or time.monotonic() > deadline

        error = _send(mail, is_over)
        if error is None:
            mail.mark_sent()
        elif lease.should_stop():
            mail.release(timedelta())
        else:
            logger.warning("Mail %s was not sent: %s", mail.pk, error)
            mail.record_failure(str(error), is_permanent=error.is_permanent)


def _send(mail: Mail, is_over: Callable[[], bool]) -> smtp.MailError | None:
    """Return None where the server took the mail, otherwise the error, without the mail's text."""
    if not connection.in_atomic_block:
        connection.close()  # a thread that waits for the mail server needs no connection
    try:
        smtp.send(mail.sender, mail.recipient, mail.message.encode(), is_over)
    except smtp.MailError as error:
        return smtp.MailError(
            _without_text(str(error), mail.message), is_permanent=error.is_permanent
        )
    except Exception:
        logger.exception("Mail %s, attempt %s broke", mail.pk, mail.fencing_token)
        return smtp.MailError(_("The portal itself broke down when it sent this mail."))
    return None


def _without_text(sentence: str, message: str) -> str:
    """Return ``sentence`` without the links of ``message``: some servers quote what they refuse."""
    for path in _LINK.findall(message):
        if len(path) >= MIN_PATH_LENGTH:
            sentence = sentence.replace(path, "…")
    return sentence
