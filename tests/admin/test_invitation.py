"""Invitations in the admin."""

import re

import pytest

from tests.factories import an_operator
from videos.models import Invitation

pytestmark = pytest.mark.django_db
LIST = "/admin/videos/invitation/"


@pytest.fixture
def operator(client):
    user = an_operator("op@example.com")
    client.force_login(user)
    return user


def test_a_link_is_made_shown_once_and_mailed(client, operator, mailoutbox):
    response = client.post(f"{LIST}add/", {"email": "guest@example.com", "note": "A guest"})
    body = response.content.decode()
    link = re.search(r"http://testserver/invitations/\S+/(?=<)", body)[0]
    assert "no-store" in response["Cache-Control"]
    assert link in mailoutbox[0].body
    row = Invitation.objects.get()
    assert (row.created_by, row.note) == (operator, "A guest")
    for page in (LIST, f"{LIST}{row.pk}/change/"):
        shown = client.get(page).content.decode()
        assert link not in shown
        assert "guest@example.com" in shown


def test_one_without_an_address_is_only_shown(client, operator, mailoutbox):
    assert "/invitations/" in client.post(f"{LIST}add/", {"note": "x"}).content.decode()
    assert not mailoutbox


def test_a_link_is_withdrawn(client, operator):
    row, token = Invitation.objects.issue(operator)
    client.post(LIST, {"action": "withdraw", "_selected_action": [row.pk]})
    assert Invitation.objects.find(token) is None


def test_nothing_is_edited(client, operator):
    row, _token = Invitation.objects.issue(operator, note="old")
    client.post(f"{LIST}{row.pk}/change/", {"note": "new", "email": "x@example.com"})
    row.refresh_from_db()
    assert (row.note, row.email) == ("old", "")


def test_a_wrong_address_makes_none(client, operator):
    assert client.post(f"{LIST}add/", {"email": "nothing"}).status_code == 200
    assert not Invitation.objects.exists()
