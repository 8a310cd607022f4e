"""Who may make an account: by four policies, by approval and by invitation."""

import pytest
from django.contrib.auth import get_user
from django.test import Client

from tests.accounts.people import LOGIN, SIGNUP, confirm, log_in, mailed_path, sign_up
from tests.factories import a_user, an_operator
from videos import accounts
from videos.models import Invitation, User

pytestmark = pytest.mark.django_db
NEW, PASSWORD = "new@example.com", "violet tractor 41 moons"


def is_closed(response) -> bool:
    return "account/signup_closed.html" in [each.name for each in response.templates]


@pytest.mark.parametrize("policy", ["invitation", "closed"])
def test_nobody_signs_up_without_an_invitation(client, settings, policy):
    settings.SIGNUP = policy
    assert is_closed(client.get(SIGNUP))
    assert is_closed(sign_up(client, NEW))
    assert SIGNUP not in client.get(LOGIN).content.decode()
    assert not User.objects.exists()


def invitation_path(**fields: str) -> str:
    _row, url = accounts.invite(an_operator(), **fields)
    return url.removeprefix("http://testserver")


def test_an_invitation_opens_the_sign_up_once(client, settings):
    settings.SIGNUP = "invitation"
    path = invitation_path()
    second = Client()
    second.get(path)  # opened before it is used up
    assert client.get(path)["Location"] == SIGNUP
    assert client.get(SIGNUP).status_code == 200
    sign_up(client, NEW)
    assert get_user(client).email == NEW
    assert client.get(path).status_code == 404
    assert is_closed(sign_up(second, "second@example.com"))
    assert not User.objects.filter(email="second@example.com").exists()


def test_an_invitation_is_mailed(client, mailoutbox):
    path = invitation_path(email="guest@example.com")
    assert mailed_path("guest@example.com", "/invitations/") == path
    assert client.get(path).status_code == 302


def test_an_invitation_expires(client, settings):
    settings.SIGNUP, settings.INVITATION_DAYS = "invitation", 0
    path = invitation_path()
    assert client.get(path).status_code == 404
    assert is_closed(client.get(SIGNUP))


def test_a_closed_site_takes_no_invitation(client, settings):
    path = invitation_path()
    settings.SIGNUP = "closed"
    client.get(path)
    assert is_closed(sign_up(client, NEW))


def test_a_guessed_invitation_opens_nothing(client, settings):
    settings.SIGNUP = "invitation"
    assert client.get("/invitations/guessed/").status_code == 404
    assert is_closed(client.get(SIGNUP))


@pytest.mark.usefixtures("mandatory")
def test_a_taken_address_uses_the_invitation_up_as_a_new_one_does(client, settings):
    settings.SIGNUP = "invitation"
    a_user("ann@example.com")
    path = invitation_path()
    client.get(path)
    sign_up(client, "ann@example.com")
    assert not Invitation.objects.usable().exists()


@pytest.mark.usefixtures("mandatory")
def test_an_operator_approves_and_the_person_hears_of_it(client, settings, mailoutbox):
    settings.SIGNUP = "approval"
    sign_up(client, NEW)
    assert confirm(client, NEW)["Location"] == "/account/waiting/"
    assert "approves each new account" in " ".join(
        client.get("/account/waiting/").content.decode().split()
    )
    assert log_in(client, NEW, PASSWORD)["Location"] == "/account/waiting/"
    assert not get_user(client).is_authenticated
    assert accounts.approve(User.objects.get())
    assert mailoutbox[-1].to == [NEW]
    assert "was approved" in mailoutbox[-1].body
    assert log_in(client, NEW, PASSWORD)["Location"] == "/videos/"
    assert not accounts.approve(User.objects.get())


def test_whoever_is_invited_needs_no_approval(client, settings):
    settings.SIGNUP = "approval"
    client.get(invitation_path())
    sign_up(client, NEW)
    assert get_user(client).email == NEW


def test_people_of_before_need_no_approval(client, settings):
    a_user("ann@example.com")
    settings.SIGNUP = "approval"
    assert log_in(client, "ann@example.com")["Location"] == "/videos/"
