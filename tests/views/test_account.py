"""The account page."""

import pytest

from tests.factories import a_user

pytestmark = pytest.mark.django_db
PAGE = "/account/"


def test_visitors_are_asked_to_log_in(client):
    assert client.get(PAGE).status_code == 302
    assert client.post(PAGE, {"author": "x"})["Location"].startswith("/accounts/login/")


def test_it_shows_and_keeps_the_defaults(client):
    user, other = a_user(author="Ann", domain_name="ann.example"), a_user(author="Bob")
    client.force_login(user)
    body = client.get(PAGE).content.decode()
    assert 'value="Ann"' in body
    assert 'value="ann.example"' in body
    response = client.post(PAGE, {"author": "Eve\n", "domain_name": ""})
    assert response["Location"] == PAGE
    user.refresh_from_db()
    other.refresh_from_db()
    assert (user.author, user.domain_name, other.author) == ("Eve", "", "Bob")


def test_it_leads_to_password_and_address(client):
    client.force_login(a_user())
    body = client.get(PAGE).content.decode()
    assert "/accounts/password/change/" in body
    assert "/accounts/email/" in body
