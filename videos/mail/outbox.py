"""Mails that wait to be sent: a page only writes a row, so it never waits for a mail server."""

import hashlib
import logging
from email.utils import make_msgid

from django.core.mail import EmailMessage
from django.core.mail.message import sanitize_address
from django.db import transaction
from django.utils.translation import gettext as _

from videos.models import Mail
from videos.pipeline.rations import MAILS, RationSpent
from videos.queue import send_mails

logger = logging.getLogger(__name__)


def enqueue(message: EmailMessage) -> bool:
    """Have ``message`` sent to each of its recipients; False where it has none.

    A mail that cannot be written, because an address in it is none, is only noted for operators:
    the page that sends it knows nothing better to do. So is one to somebody who had many
    (``RATION_MAILS``): the links of those before still work.
    """
    recipients = message.recipients()
    if not recipients:
        return False
    try:
        sender, text = _address(message.from_email), _text_of(message)
        addresses = [_address(each) for each in recipients]
    except ValueError as error:
        logger.warning("A mail could not be written: %s", type(error).__name__)
        _note_unsendable(message, recipients)
        return True
    with transaction.atomic():
        for address in addresses:
            _write(sender, address, _clean(message.subject), text)
        transaction.on_commit(send_mails)
    return True


def resend(mail: Mail) -> bool:
    """Have ``mail`` sent now; False while it is sent, or once its text is deleted."""
    is_due = mail.resend()
    if is_due:
        transaction.on_commit(send_mails)
    return is_due


def _write(sender: str, recipient: str, subject: str, text: str) -> None:
    try:
        MAILS.spend_share(hashlib.sha256(recipient.casefold().encode()).hexdigest()[:32])
    except RationSpent:
        sentence = _("It was not sent: the recipient had too many mails in a short time.")
        Mail.objects.enqueue_unsendable(recipient=recipient, subject=subject, error=sentence)
    else:
        Mail.objects.enqueue(sender=sender, recipient=recipient, subject=subject, message=text)


def _text_of(message: EmailMessage) -> str:
    """Return the whole mail as text in the form of RFC 5322; raises ``ValueError``.

    Its Message-ID stays the same when it is sent twice. Django would name this machine in it, and
    the look-up of the machine's own name may take seconds.
    """
    if "message-id" not in {name.lower() for name in message.extra_headers}:
        domain = _address(message.from_email).rpartition("@")[2]
        message.extra_headers["Message-ID"] = make_msgid(domain=domain)
    written = message.message().as_bytes(linesep="\r\n")  # type: ignore[call-arg]  # Django's own
    return _clean(written.decode())


def _address(text: str) -> str:
    """Return the bare address of ``text`` in ASCII; raises ``ValueError``."""
    return sanitize_address(text, "utf-8").rpartition("<")[2].removesuffix(">")


def _note_unsendable(message: EmailMessage, recipients: list[str]) -> None:
    sentence = _("The mail could not be written: an address in it, or a header, is not valid.")
    for each in recipients:
        Mail.objects.enqueue_unsendable(
            recipient=_clean(each), subject=_clean(message.subject), error=sentence
        )


def _clean(text: object) -> str:
    """Return a text that every database can store."""
    return str(text).replace("\0", "")
