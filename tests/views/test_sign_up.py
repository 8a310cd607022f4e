"""Pages around the sign-up."""

import pytest

from tests.factories import an_operator
from videos.accounts.sign_up import SESSION_KEY
from videos.models import Invitation

pytestmark = pytest.mark.django_db


def test_the_link_of_an_invitation_leads_to_the_sign_up(client):
    _row, token = Invitation.objects.issue(an_operator())
    response = client.get(f"/invitations/{token}/")
    assert response["Location"] == "/accounts/signup/"
    assert "no-store" in response["Cache-Control"]
    assert client.session[SESSION_KEY] == token


def test_a_used_one_says_so(client):
    row, token = Invitation.objects.issue(an_operator())
    assert row.use()
    response = client.get(f"/invitations/{token}/")
    assert response.status_code == 404
    assert "This invitation is used up" in response.content.decode()
    assert client.post(f"/invitations/{token}/").status_code == 405


def test_everybody_can_read_that_accounts_are_approved(client):
    assert "Somebody looks at it first" in client.get("/account/waiting/").content.decode()
