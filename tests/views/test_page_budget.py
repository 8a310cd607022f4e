"""The processor time that the pages of one visitor may take."""

import re
import time

import pytest
from django.test import Client

from tests.factories import a_user
from videos.views import page_budget

pytestmark = pytest.mark.django_db
FRONT = "/accounts/login/"


@pytest.fixture(autouse=True)
def budget(settings):
    settings.PAGE_BUDGET = 6
    page_budget.account.clear()
    yield
    page_budget.account.clear()


def spend(name: str, seconds: float, budget: float = 6) -> None:
    page_budget.account.charge(name, seconds, budget, time.monotonic())


def test_what_was_done_is_forgiven_within_a_minute():
    account = page_budget.Account()
    account.charge("a", 6.5, 6, now=0)
    assert account.wait("a", 6, now=0) == pytest.approx(5)
    assert account.wait("b", 6, now=0) == 0
    assert account.wait("a", 6, now=5.1) == 0
    account.charge("a", 1000, 6, now=5.1)
    assert account.wait("a", 6, now=5.1) == pytest.approx(60)  # whatever it was
    assert account.wait("a", 6, now=66) == 0


def test_it_knows_a_bounded_number_of_visitors():
    account = page_budget.Account(max_visitors=2)
    for name in ("first", "second", "first", "third"):
        account.charge(name, 10, 6, now=0)
    assert [bool(account.wait(each, 6, now=0)) for each in ("first", "second", "third")] == [
        1,
        0,
        1,
    ]


def test_whoever_spent_it_is_told_when_to_come_back(client, django_assert_num_queries):
    user = a_user()
    client.force_login(user)
    assert client.get("/videos/").status_code == 200
    spend(f"person:{user.pk}", 8)
    with django_assert_num_queries(0):
        response = client.get("/videos/")
    assert response.status_code == 429
    assert 18 <= int(response["Retry-After"]) <= 21
    assert response["Cache-Control"] == "no-store"
    assert re.search(r"<h1>Too fast</h1>", response.content.decode())
    russian = client.get("/videos/", headers={"Accept-Language": "ru"})
    assert re.search(r"<h1>[А-Яа-я ]+</h1>", russian.content.decode())


def test_a_person_pays_with_all_sessions_and_nobody_else_does(client):
    user, other = a_user(), Client()
    second = Client()
    for each in (client, second):
        each.force_login(user)
        assert each.get("/videos/").status_code == 200
    other.force_login(a_user())
    assert other.get("/videos/").status_code == 200
    spend(f"person:{user.pk}", 8)
    statuses = [each.get("/videos/").status_code for each in (client, second, other, Client())]
    assert statuses == [429, 429, 200, 302]


def test_visitors_pay_by_network_and_a_person_there_is_let_in(client):
    """Also with a session that this process has not met."""
    spend("network:127.0.0.1", 13, budget=12)
    assert Client().get(FRONT).status_code == 429
    assert Client(REMOTE_ADDR="192.0.2.1").get(FRONT).status_code == 200
    client.force_login(a_user())
    assert client.get("/videos/").status_code == 200
    stranger = Client()
    stranger.cookies["sessionid"] = "x" * 32
    assert stranger.get("/videos/").status_code == 429


def test_pages_are_counted_and_files_polls_and_programs_are_not(client):
    user = a_user()
    client.force_login(user)
    for path in ("/healthz", "/api/v1/get-credits"):
        client.get(path)
    assert not page_budget.account.wait("network:127.0.0.1", 1e-9, time.monotonic())
    client.get("/videos/")
    spent = page_budget.account.wait(f"person:{user.pk}", 1e-9, time.monotonic())
    assert spent > 0


def test_nginx_is_answered_whatever_is_spent(client):
    user = a_user()
    client.force_login(user)
    client.get("/videos/")
    spend(f"person:{user.pk}", 100)
    assert client.get("/videos/").status_code == 429
    assert client.get("/uploads/permission").status_code == 204


def test_without_a_budget_nothing_is_counted(client, settings):
    settings.PAGE_BUDGET = 0
    user = a_user()
    client.force_login(user)
    spend(f"person:{user.pk}", 100)
    assert client.get("/videos/").status_code == 200
