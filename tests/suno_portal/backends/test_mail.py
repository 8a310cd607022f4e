"""The e-mail backend that has mails sent by a worker."""

import pytest
from django.core.mail import EmailMessage

from suno_portal.backends.mail import QueuedEmailBackend
from videos.models import Mail

pytestmark = pytest.mark.django_db


def test_each_recipient_of_each_mail_becomes_a_row_that_is_due():
    mails = [EmailMessage("Hello", "Text", "site@example.com", [f"{name}@example.com"])
             for name in ("ann", "bob")]  # fmt: skip
    assert QueuedEmailBackend().send_messages(mails) == 2
    rows = Mail.objects.order_by("recipient")
    assert [row.recipient for row in rows] == ["ann@example.com", "bob@example.com"]
    assert all(row.due_at and "Hello" in row.message for row in rows)


def test_no_mail_is_no_row():
    assert QueuedEmailBackend().send_messages([]) == 0
    assert not Mail.objects.exists()
