"""An e-mail backend that only writes rows: workers send them (``videos.mail``)."""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from videos import mail


class QueuedEmailBackend(BaseEmailBackend):
    """Has each mail sent by a worker, so that no page waits for the mail server."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write the mails to the database; return how many."""
        return sum(mail.enqueue(each) for each in email_messages)
