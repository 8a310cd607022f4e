"""The portal with a mail server on loopback, as ``EMAIL_URL=smtp://…`` sets it up."""

from collections.abc import Iterator

import pytest
from pytest_django.fixtures import Settings

from tests.mail_server import MailServer


@pytest.fixture
def mail_server(settings: Settings) -> Iterator[MailServer]:
    with MailServer() as server:
        settings.EMAIL_BACKEND = "suno_portal.backends.mail.QueuedEmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        yield server
