"""Mails to a real mail server that takes them, is silent, refuses them, or disconnects."""

import socket
import time
from contextlib import ExitStack
from datetime import timedelta

import pytest
from django.core.mail import EmailMultiAlternatives
from django.utils import timezone

from tests.factories import a_mail
from tests.mail_server import MailServer
from videos import mail, pipeline
from videos.mail import sending
from videos.models import Mail, RateLimitSlot
from videos.outbound import smtp

pytestmark = pytest.mark.django_db(transaction=True)
State = Mail.State


def make_due() -> None:
    Mail.objects.filter(state=State.WAITING).update(due_at=timezone.now())


def send_all() -> None:
    while mail.send_next():
        pass


def test_it_arrives_as_it_was_written(mail_server):
    message = EmailMultiAlternatives(
        "Grüße — an alle",
        "Zeile\n.\nÉnd – 漢字",
        "Портал <noreply@портал.рф>",
        ["Ann <ann@example.com>", "bob@портал.рф"],
        bcc=["carl@example.com"],
        reply_to=["help@example.com"],
        headers={"X-Portal": "1"},
    )
    message.attach_alternative("<p>漢字</p>", "text/html")
    message.attach("notes.bin", b"\x00\xff", "application/octet-stream")
    assert message.send() == 1
    assert mail_server.connections == 0
    send_all()
    names = ["ann@example.com", "bob@xn--80awhdgm.xn--p1ai", "carl@example.com"]
    assert sorted(mail_server.recipients) == names
    assert {sender for sender, _ in mail_server.envelopes} == {"noreply@xn--80awhdgm.xn--p1ai"}
    received = mail_server.mails[0]
    assert received["Subject"] == "Grüße — an alle"
    assert received["Reply-To"] == "help@example.com"
    assert received["X-Portal"] == "1"
    assert received["Bcc"] is None
    assert received["Message-ID"].endswith("@xn--80awhdgm.xn--p1ai>")
    plain = received.get_body(("plain",)).get_content()
    assert plain.replace("\r\n", "\n").strip() == "Zeile\n.\nÉnd – 漢字"
    assert "漢字" in received.get_body(("html",)).get_content()
    (attachment,) = received.iter_attachments()
    assert attachment.get_content() == b"\x00\xff"


def test_its_text_is_deleted_when_it_is_sent(mail_server):
    row = a_mail()
    assert mail.send_next()
    row.refresh_from_db()
    assert (row.state, row.message, row.due_at, row.attempt_count) == (State.SENT, "", None, 1)
    assert row.sent_at is not None
    assert not mail.send_next()
    assert len(mail_server.mails) == 1


REFUSALS = {
    "temporary": ({"RCPT": "450 4.2.1 try later"}, "refused the recipient: 450 4.2.1 try later"),
    "unknown": ({"RCPT": "550 5.1.1 no such user"}, "refused the recipient: 550 5.1.1 no such"),
    "greeting": ({"GREETING": "554 no"}, "refused the mail: 554"),
    "busy": ({"GREETING": "421 too many connections"}, "refused the mail: 421"),
    "sender": ({"MAIL": "550 not you"}, "refused the mail: 550 not you"),
    "data": ({"DATA": "451 later"}, "refused the mail: 451 later"),
    "text": ({"TEXT": "554 5.7.1 spam"}, "refused the mail: 554 5.7.1 spam"),
    "drop": ({"GREETING": "drop"}, "closed the connection"),
    "drop late": ({"TEXT": "drop"}, "closed the connection"),
    "drop at HELO": ({"EHLO": "drop"}, "closed the connection"),
    "no SMTP": ({"GREETING": "HTTP/1.1 400 Bad Request"}, "The mail server"),
    "silent": ({"GREETING": "silent"}, "did not answer in time"),
    "silent late": ({"TEXT": "silent"}, "did not answer in time"),
    "drip": ({"GREETING": "drip"}, "did not answer in time"),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_it_waits_until_the_mail_server_recovers(mail_server, monkeypatch, name):
    monkeypatch.setattr(smtp, "READ_TIMEOUT", 0.3)
    monkeypatch.setattr(sending, "TOTAL_TIMEOUT", 1.0)
    mail_server.replies, sentence = REFUSALS[name]
    row = a_mail()
    started = time.monotonic()
    assert mail.send_next()
    assert time.monotonic() - started < 4
    row.refresh_from_db()
    assert sentence in row.last_error
    assert (row.state, row.attempt_count, row.crashed_claims) == (State.WAITING, 1, 0)
    wait = row.due_at - timezone.now()
    assert timedelta(seconds=55) < wait <= timedelta(minutes=1)
    assert not mail.send_next()
    mail_server.replies = {}
    make_due()
    assert mail.send_next()
    assert mail_server.recipients == ["ann@example.com"]


def test_a_server_that_takes_the_mail_and_is_silent_then_has_it(mail_server, monkeypatch):
    monkeypatch.setattr(smtp, "READ_TIMEOUT", 0.3)
    mail_server.replies = {"QUIT": "silent"}
    row = a_mail()
    assert mail.send_next()
    row.refresh_from_db()
    assert row.state == State.SENT


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (None, "cannot be reached"),
        (socket.gaierror(-2, "Name or service not known"), "leads nowhere"),
        (UnicodeError("label empty or too long"), "leads nowhere"),
        (OSError(101, "Network is unreachable"), "cannot be reached"),
    ],
)
def test_a_server_that_is_not_there_is_waited_for(
    settings, mail_server, monkeypatch, error, sentence
):
    def look_up(*args: object) -> None:
        raise error

    settings.EMAIL_PORT = 1
    if error:
        monkeypatch.setattr(socket, "getaddrinfo", look_up)
    row = a_mail()
    mail.send_next()
    row.refresh_from_db()
    assert (row.state, row.attempt_count) == (State.WAITING, 1)
    assert sentence in row.last_error


def test_a_log_in_or_tls_that_the_server_does_not_offer_is_named(settings, mail_server):
    settings.EMAIL_USE_TLS = True
    row = a_mail()
    mail.send_next()
    settings.EMAIL_USE_TLS, settings.EMAIL_USE_SSL = False, True
    other = a_mail()
    mail_server.replies = {"GREETING": "220 plain words"}
    mail.send_next()
    row.refresh_from_db()
    other.refresh_from_db()
    assert "STARTTLS" in row.last_error
    assert "TLS with the mail server failed" in other.last_error


def test_a_server_that_quotes_the_link_does_not_show_it_to_operators(mail_server, caplog):
    link = "https://portal.example.com/accounts/password/reset/key/3-d1cb-5f0a/"
    mail_server.replies = {
        "TEXT": f"554 5.7.1 ({link}), url=/accounts/password/reset/key/3-d1cb-5f0a/ of "
        "<ann@example.com> blocked, see https://help.example.net/blocked/links"
    }
    row = a_mail(message=f"Subject: Reset\r\n\r\nOpen {link}\r\n")
    mail.send_next()
    row.refresh_from_db()
    assert "3-d1cb" not in row.last_error + caplog.text
    assert "<ann@example.com> blocked, see https://help.example.net/blocked/links" in row.last_error


def test_those_that_were_never_tried_come_first(mail_server):
    now = timezone.now()
    a_mail("old@example.com", attempt_count=3, due_at=now - timedelta(hours=1))
    a_mail("new@example.com", due_at=now)
    send_all()
    assert mail_server.recipients == ["new@example.com", "old@example.com"]


def test_a_mail_that_kills_workers_is_not_tried_at_once_for_ever(mail_server, settings):
    row = a_mail(crashed_claims=settings.WORK_MAX_CRASHED_CLAIMS)
    assert mail.send_next()
    row.refresh_from_db()
    assert (row.state, row.attempt_count) == (State.WAITING, 1)
    assert "were lost" in row.last_error
    assert mail_server.connections == 0


def test_a_mail_of_the_day_before_yesterday_is_not_sent(mail_server):
    row = a_mail(created_at=timezone.now() - timedelta(days=2))
    assert mail.send_next()
    row.refresh_from_db()
    assert (row.state, row.message, row.due_at) == (State.FAILED, "", None)
    assert row.last_error == "No worker sent it within a day."
    assert mail_server.connections == 0


def test_a_worker_that_is_asked_to_end_gives_the_mail_back(mail_server):
    mail_server.replies = {"GREETING": "silent"}
    row = a_mail()
    started = time.monotonic()
    pipeline.stopping.set()
    try:
        mail.send_next()
    finally:
        pipeline.stopping.clear()
    assert time.monotonic() - started < 3
    row.refresh_from_db()
    assert (row.state, row.attempt_count, row.crashed_claims) == (State.WAITING, 0, 0)
    assert row.due_at <= timezone.now()


def test_a_silent_server_holds_few_threads_of_a_worker(mail_server):
    a_mail()
    with ExitStack() as others:
        while sending.lanes.acquire(blocking=False):
            others.callback(sending.lanes.release)
        assert not mail.send_next()
    assert mail_server.connections == 0


def test_a_broken_portal_is_a_failed_attempt(mail_server, monkeypatch):
    def breaks(*args: object) -> None:
        raise RuntimeError("oops")

    monkeypatch.setattr(smtp, "send", breaks)
    row = a_mail()
    mail.send_next()
    row.refresh_from_db()
    assert (row.state, row.attempt_count) == (State.WAITING, 1)


def test_the_server_may_speak_ipv6(settings):
    with MailServer(host="::1") as server:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "::1", server.port
        a_mail()
        mail.send_next()
    assert server.recipients == ["ann@example.com"]


def test_beyond_the_ration_of_all_mails_wait(mail_server, settings):
    settings.RATION_MAILS = [0, 2, 60]
    for number in range(3):
        a_mail(f"person{number}@example.com")
    while mail.send_next():
        pass
    assert len(mail_server.recipients) == 2
    waiting = Mail.objects.get(state=Mail.State.WAITING)
    assert 0 < (waiting.due_at - timezone.now()).total_seconds() <= 60
    assert waiting.attempt_count == 0
    RateLimitSlot.objects.update(taken_at=0)
    Mail.objects.update(due_at=timezone.now())
    mail.send_next()
    assert len(mail_server.recipients) == 3
