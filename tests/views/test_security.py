"""The security page of an account."""

import pytest
from django.contrib.auth import get_user
from django.test import Client

from tests.accounts.people import force_login
from tests.factories import a_user
from videos.models import AccountEvent, User

pytestmark = pytest.mark.django_db
PAGE = "/account/security/"


@pytest.fixture
def user(client):
    user = a_user("ann@example.com")
    force_login(client, user)
    return user


def test_it_shows_the_history_of_this_person_alone(client, user):
    AccountEvent.objects.record(user, AccountEvent.Kind.API_KEY_CREATED, "<b>Bot</b>")
    AccountEvent.objects.record(a_user(), AccountEvent.Kind.API_KEY_CREATED, "Theirs")
    body = client.get(PAGE).content.decode()
    assert "&lt;b&gt;Bot" in body
    assert "Theirs" not in body


def test_it_costs_as_much_for_many_events_as_for_one(client, user, django_assert_max_num_queries):
    for _ in range(40):
        AccountEvent.objects.record(user, AccountEvent.Kind.NEW_DEVICE)
    with django_assert_max_num_queries(7):
        assert len(client.get(PAGE).context["events"]) == 30


def test_all_other_browsers_are_logged_out(client, user):
    other = Client()
    other.force_login(User.objects.get())
    assert client.post(f"{PAGE}log-out/")["Location"] == PAGE
    assert get_user(client) == user
    assert not get_user(other).is_authenticated
    assert client.get(f"{PAGE}log-out/").status_code == 405


def test_an_operator_without_the_needed_factor_reads_so(client, settings):
    settings.STAFF_SECOND_FACTOR = True
    force_login(client, a_user(is_staff=True))
    assert "Operators need one" in client.get(PAGE).content.decode()
