"""Mails in the admin: everything but their texts, and *Send again*."""

import pytest
from django.utils import timezone

from tests.factories import a_mail, a_user, an_operator
from videos.models import Mail

pytestmark = pytest.mark.django_db
LIST = "/admin/videos/mail/"
LINK = "https://portal.example.com/accounts/password/reset/key/3-secret/"


@pytest.fixture
def operator(client):
    user = an_operator()
    client.force_login(user)
    return user


def failed_mail(**fields: object) -> Mail:
    values = {
        "state": Mail.State.FAILED,
        "due_at": None,
        "attempt_count": 5,
        "last_error": "The mail server refused the recipient: 550 no such user",
        "message": f"Subject: x\r\n\r\n{LINK}",
    }
    return a_mail(**values | fields)


def page(row: Mail) -> str:
    return f"{LIST}{row.pk}/change/"


def test_operators_see_all_but_the_text(client, operator):
    row = failed_mail()
    for address in (LIST, page(row), f"{LIST}{row.pk}/history/", f"{LIST}{row.pk}/delete/"):
        response = client.get(address)
        assert response.status_code == 200
        assert "3-secret" not in response.content.decode()
    listed = client.get(LIST).content.decode()
    for text in ("ann@example.com", "Password Reset Email", "Given up", "550 no such user"):
        assert text in listed
    assert "550 no such user" in client.get(page(row)).content.decode()


def test_they_search_by_recipient_and_not_in_texts(client, operator):
    failed_mail(recipient="ann@example.com")
    failed_mail(recipient="bob@example.com")
    assert client.get(LIST, {"q": "bob@"}).context["cl"].result_count == 1
    assert client.get(LIST, {"q": "3-secret"}).context["cl"].result_count == 0


def test_they_send_one_again_from_its_page(client, operator):
    row = failed_mail()
    response = client.post(page(row), {"_resend": "Send again"}, follow=True)
    assert "1 mail is sent again." in response.content.decode()
    row.refresh_from_db()
    assert (row.state, row.attempt_count) == (Mail.State.WAITING, 0)
    assert row.due_at <= timezone.now()


def test_they_send_several_again_from_the_list(client, operator):
    rows = [failed_mail().pk, failed_mail().pk, failed_mail(message="").pk]
    data = {"action": "resend", "_selected_action": rows}
    assert "2 mails are sent again." in client.post(LIST, data, follow=True).content.decode()


def test_one_without_its_text_cannot_be_sent_again(client, operator):
    row = failed_mail(message="")
    assert 'name="_resend"' not in client.get(page(row)).content.decode()
    response = client.post(page(row), {"_resend": "Send again"}, follow=True)
    assert "There was nothing to do" in response.content.decode()


def test_nothing_is_written_by_hand(client, operator):
    row = failed_mail()
    body = client.get(page(row)).content.decode()
    assert 'name="_save"' not in body
    Mail.objects.filter(pk=row.pk).update(attempt_count=6)
    client.post(page(row), {"message": "mine", "recipient": "eve@example.com", "_save": "Save"})
    stored = Mail.objects.get()
    assert (stored.recipient, stored.attempt_count) == ("ann@example.com", 6)
    assert LINK in stored.message
    assert client.get(f"{LIST}add/").status_code == 403


def test_others_see_nothing(client):
    row = failed_mail()
    for address in (LIST, page(row)):
        assert client.get(address).status_code == 302
    client.force_login(a_user())
    for address in (LIST, page(row)):
        assert client.get(address).status_code == 302
