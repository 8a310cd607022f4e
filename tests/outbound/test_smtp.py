"""One mail over SMTP."""

import time

import pytest

from tests.mail_server import MailServer
from videos.outbound import smtp

MESSAGE = b"Subject: Hello\r\n\r\nText\r\n"


@pytest.fixture
def server(settings):
    with MailServer() as server:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        yield server


def send() -> None:
    smtp.send("site@example.com", "ann@example.com", MESSAGE, lambda: False)


def test_it_reaches_its_recipient(server):
    send()
    assert server.recipients == ["ann@example.com"]


@pytest.mark.parametrize(
    ("reply", "is_permanent"), [("550 No such user", True), ("451 Later", False)]
)
def test_a_refusal_says_whether_another_attempt_makes_sense(server, reply, is_permanent):
    server.replies = {"RCPT": reply}
    with pytest.raises(smtp.MailError, match="refused the recipient") as caught:
        send()
    assert caught.value.is_permanent is is_permanent


def test_it_ends_as_soon_as_it_shall_though_the_server_is_silent(server):
    server.replies = {"GREETING": "silent"}
    started = time.monotonic()
    with pytest.raises(smtp.MailError, match="did not answer in time"):
        smtp.send("site@example.com", "ann@example.com", MESSAGE, lambda: True)
    assert time.monotonic() - started < 3


def test_a_server_that_is_not_there_is_a_sentence(server, settings):
    settings.EMAIL_PORT = 1
    with pytest.raises(smtp.MailError, match="cannot be reached"):
        send()
