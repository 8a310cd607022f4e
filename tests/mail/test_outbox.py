"""What pages do when they send mail: they write rows, whatever the mail server does."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core import mail as django_mail
from django.core.mail import EmailMessage
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from tests.factories import a_mail, a_user
from videos import accounts, mail
from videos.models import Mail, User

pytestmark = pytest.mark.django_db(transaction=True)
SIGNUP, RESET = "/accounts/signup/", "/accounts/password/reset/"
PASSWORD = "violet tractor 41 moons"


@pytest.mark.parametrize("behaviour", ["silent", "drop", "554 go away"])
def test_a_broken_mail_server_holds_no_page(mail_server, behaviour):
    mail_server.replies = {"GREETING": behaviour}
    for number in range(8):
        a_user(f"person{number}@example.com")

    def ask(number: int) -> tuple[int, float]:
        started = time.monotonic()
        client = Client(REMOTE_ADDR=f"192.0.2.{number}")
        path, data = RESET, {"email": f"person{number}@example.com"}
        if number == 8:
            path, data = SIGNUP, {"email": "new@example.com", "password1": PASSWORD}
        try:
            status = client.post(path, data).status_code
        finally:
            connection.close()
        return status, time.monotonic() - started

    with ThreadPoolExecutor(9) as threads:
        results = list(threads.map(ask, range(9)))
    assert {status for status, _ in results} == {302}
    assert max(seconds for _, seconds in results) < 5
    assert User.objects.filter(email="new@example.com").exists()
    while accounts.answer_next():
        pass
    assert Mail.objects.filter(state=Mail.State.WAITING).count() == 9
    mail_server.replies = {}
    Mail.objects.update(due_at=timezone.now())
    while mail.send_next():
        pass
    expected = {*(f"person{number}@example.com" for number in range(8)), "new@example.com"}
    assert set(mail_server.recipients) == expected
    assert not Mail.objects.exclude(message="").exists()


@pytest.mark.parametrize(
    "email", ["a@" + "п" * 60 + ".com", "a@" + "п" * 62 + ".xn--p1ai", '"a\\b"@example.com']
)
def test_an_address_to_which_no_mail_can_be_written_breaks_no_page(client, mail_server, email):
    response = client.post(SIGNUP, {"email": email, "password1": PASSWORD})
    assert response.status_code in (200, 302)
    for row in Mail.objects.filter(state=Mail.State.FAILED):
        assert row.last_error.startswith("The mail could not be written")
        assert row.message == ""


def test_a_sender_that_is_none_breaks_no_page(client, settings, mail_server):
    settings.DEFAULT_FROM_EMAIL = "noreply@::1"
    response = client.post(SIGNUP, {"email": "new@example.com", "password1": PASSWORD})
    assert response.status_code == 302
    assert Mail.objects.get().state == Mail.State.FAILED


def test_a_mail_of_a_transaction_that_failed_is_not_sent(mail_server):
    with transaction.atomic():
        EmailMessage("Hello", "Text", "a@example.com", ["b@example.com"]).send()
        transaction.set_rollback(True)
    assert not Mail.objects.exists()


def test_a_mail_to_nobody_is_none(mail_server):
    assert EmailMessage("Hello", "Text", "a@example.com").send() == 0
    assert not Mail.objects.exists()


def test_the_worker_is_woken_by_a_message(mail_server, monkeypatch):
    sent = []
    monkeypatch.setattr("celery.current_app.send_task", lambda name, *a, **k: sent.append(name))
    EmailMessage("Hello", "Text", "a@example.com", ["b@example.com"]).send()
    assert sent == ["videos.tasks.send_mail"]
    assert mail.resend(a_mail())
    assert sent == ["videos.tasks.send_mail"] * 2


def test_a_broker_that_is_away_breaks_no_page(client, mail_server, monkeypatch):
    def refuse(*args: object, **kwargs: object) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr("celery.current_app.send_task", refuse)
    response = client.post(SIGNUP, {"email": "new@example.com", "password1": PASSWORD})
    assert response.status_code == 302
    assert Mail.objects.count() == 1


def test_a_text_with_a_null_character_is_stored(mail_server):
    EmailMessage("Hello", "Te\0xt", "a@example.com", ["b@example.com"]).send()
    assert "Text" in Mail.objects.get().message


def test_without_a_mail_server_mail_is_immediate(client):
    client.post(SIGNUP, {"email": "new@example.com", "password1": PASSWORD})
    assert len(django_mail.outbox) == 1
    assert not Mail.objects.exists()


def test_a_recipient_gets_so_many_mails_and_others_theirs(mail_server, settings):
    settings.RATION_MAILS = [2, 0, 60]
    for address in ("ann@example.com", "Ann@Example.com", "ann@example.com", "bob@example.com"):
        EmailMessage("Hello", "…", None, [address]).send()
    rows = Mail.objects.order_by("pk")
    assert [row.state for row in rows] == ["waiting", "waiting", "failed", "waiting"]
    assert "too many mails" in rows[2].last_error
    assert rows[2].message == ""
