"""Failed log-ins: how many, from one address and at one account, whatever comes at once."""

import threading

import pytest
from django.contrib.auth import get_user
from django.core.cache import cache
from django.db import connection
from django.db.models import F
from django.test import Client

from tests.accounts.people import log_in
from tests.factories import PASSWORD, a_user, an_operator
from videos.accounts import log_ins
from videos.models import RateLimitSlot
from videos.pipeline.rations import RationSpent

pytestmark = pytest.mark.django_db
REFUSED = "Too many failed login attempts"


@pytest.fixture(autouse=True)
def limits(settings):
    settings.RATION_LOGINS = [3, 5, 60]


def guess(client, email="ann@example.com", times=1):
    for _ in range(times):
        response = log_in(client, email, "wrong")
    return str(response.context["form"].errors)


def is_logged_in(client, email="ann@example.com"):
    log_in(client, email)
    return get_user(client).is_authenticated


def test_an_address_has_so_many_guesses_and_then_waits(client):
    a_user("ann@example.com")
    assert REFUSED not in guess(client, times=3)
    assert REFUSED in guess(client)
    assert REFUSED in guess(client, "somebody@example.com")
    assert not is_logged_in(client)
    RateLimitSlot.objects.update(taken_at=F("taken_at") - 60)
    assert is_logged_in(client)


def test_the_cache_counts_none_of_it(client):
    guess(client, times=3)
    cache.clear()
    assert REFUSED in guess(client)


@pytest.mark.parametrize("email", ["ann@example.com", "Ann@Example.com", " ann@example.com "])
def test_an_account_has_so_many_whoever_guesses_and_however_it_is_written(email):
    a_user("ann@example.com")
    for number in range(5):
        assert REFUSED not in guess(Client(REMOTE_ADDR=f"192.0.2.{number}"))
    assert REFUSED in guess(Client(REMOTE_ADDR="192.0.2.99"), email)


def test_an_account_that_does_not_exist_is_counted_alike():
    for number in range(5):
        guess(Client(REMOTE_ADDR=f"192.0.2.{number}"), "nobody@example.com")
    assert REFUSED in guess(Client(REMOTE_ADDR="192.0.2.99"), "nobody@example.com")


def test_a_right_password_is_not_counted(client):
    a_user("ann@example.com")
    for _ in range(5):
        assert is_logged_in(client)
        client.logout()


def test_the_own_browser_of_the_owner_is_not_locked_out_by_strangers(client):
    a_user("ann@example.com")
    assert is_logged_in(client)
    client.cookies.pop("sessionid")
    for number in range(6):
        guess(Client(REMOTE_ADDR=f"192.0.2.{number}"))
    assert not is_logged_in(Client(REMOTE_ADDR="192.0.2.98"))
    assert is_logged_in(client)


def test_the_browser_of_another_is_no_way_around():
    a_user("ann@example.com")
    a_user("bob@example.com")
    stranger = Client(REMOTE_ADDR="192.0.2.97")
    assert is_logged_in(stranger, "bob@example.com")
    stranger.cookies.pop("sessionid")
    for number in range(5):
        guess(Client(REMOTE_ADDR=f"192.0.2.{number}"))
    assert REFUSED in guess(stranger)


def test_all_addresses_of_an_ipv6_network_are_one():
    for number in range(3):
        guess(Client(REMOTE_ADDR=f"2001:db8::{number:x}"), f"person{number}@example.com")
    assert REFUSED in guess(Client(REMOTE_ADDR="2001:db8::ffff"))
    assert REFUSED not in guess(Client(REMOTE_ADDR="2001:db8:0:1::1"))


def test_the_log_in_of_the_admin_is_the_same(client):
    operator = an_operator()
    entrance = client.get("/admin/", follow=True).redirect_chain[-1][0]
    assert entrance.startswith("/accounts/login/")
    for _ in range(3):
        client.post("/admin/login/", {"username": operator.email, "password": "wrong"})
        client.post(entrance, {"login": operator.email, "password": "wrong"})
    data = {"username": operator.email, "login": operator.email, "password": PASSWORD}
    for page in ("/admin/login/", entrance):
        client.post(page, data)
        assert not get_user(client).is_authenticated
    assert client.get("/admin/").status_code == 302


def test_zero_is_without_limit(client, settings):
    settings.RATION_LOGINS = [0, 0, 60]
    assert REFUSED not in guess(client, times=8)


@pytest.mark.parametrize("email", ["", "\ud800@example.com", "x" * 300 + "@example.com", "\0"])
def test_any_text_is_counted(rf, email):
    request = rf.post("/")
    for _ in range(3):
        log_ins.count_log_in(request, email)
    with pytest.raises(RationSpent):
        log_ins.count_log_in(request, email)


@pytest.mark.django_db(transaction=True)
def test_guesses_at_the_same_time_are_counted_exactly(rf):
    results = []

    def guess_once():
        try:
            results.append(bool(log_ins.count_log_in(rf.post("/"), "ann@example.com")))
        except RationSpent:
            results.append(False)
        finally:
            connection.close()

    threads = [threading.Thread(target=guess_once) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (results.count(True), results.count(False)) == (3, 9)
