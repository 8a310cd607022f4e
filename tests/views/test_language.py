"""The switch of the language."""

import pytest
from django.test import Client

from tests.factories import a_user

pytestmark = pytest.mark.django_db


def test_a_visitor_s_choice_is_stored_in_a_cookie(client):
    response = client.post("/language/", {"language": "ru", "next": "/accounts/login/"})
    assert (response.status_code, response["Location"]) == (302, "/accounts/login/")
    cookie = response.cookies["django_language"]
    assert (cookie.value, cookie["httponly"], cookie["samesite"]) == ("ru", True, "Lax")
    assert client.get("/")["Content-Language"] == "ru"


def test_the_choice_of_a_person_is_stored_in_the_account(client):
    person = a_user()
    client.force_login(person)
    client.post("/language/", {"language": "zh-hans"})
    person.refresh_from_db()
    assert person.language == "zh-hans"
    other_browser = Client()
    other_browser.force_login(person)
    assert other_browser.get("/")["Content-Language"] == "zh-hans"


def test_a_person_can_go_back_to_the_language_of_the_browser(client):
    client.force_login(a_user())
    client.post("/language/", {"language": "ru"})
    client.post("/language/", {"language": ""})
    assert client.get("/", headers={"Accept-Language": "zh-CN"})["Content-Language"] == "zh-hans"


@pytest.mark.parametrize("language", ["tlh", "../en", "ru\0"])
def test_a_language_that_there_is_not_changes_nothing(client, language):
    person = a_user(language="ru")
    client.force_login(person)
    response = client.post("/language/", {"language": language, "next": "/"})
    person.refresh_from_db()
    assert (response.status_code, person.language) == (302, "ru")
    assert "django_language" not in response.cookies


def test_the_way_back_keeps_the_page_but_not_the_language_of_its_address(client):
    data = {"language": "ru", "next": "/videos/?q=%D0%B0&lang=en&status=ready"}
    response = client.post("/language/", data)
    assert response["Location"] == "/videos/?q=%D0%B0&status=ready"


@pytest.mark.parametrize("page", ["https://evil.example/", "//evil.example/", "", "javascript:x"])
def test_the_way_back_leads_to_no_other_site(client, page):
    assert client.post("/language/", {"language": "ru", "next": page})["Location"] == "/"


def test_an_account_is_changed_with_a_token_only_and_a_visitor_needs_none():
    person = a_user()
    client = Client(enforce_csrf_checks=True)
    assert client.post("/language/", {"language": "ru"}).status_code == 302
    client.force_login(person)
    assert client.post("/language/", {"language": "ru"}).status_code == 403
    person.refresh_from_db()
    assert person.language == ""


def test_a_large_form_is_refused_before_it_is_read(client):
    response = client.post("/language/", {"language": "x" * 1100000})
    assert response.status_code == 413


def test_every_page_has_the_switch_and_the_account_offers_the_browser_s(client):
    assert 'action="/language/"' in client.get("/accounts/login/").content.decode()
    client.force_login(a_user(language="ru"))
    body = client.get("/account/").content.decode()
    assert '<option value="">' in body
    assert "selected>Русский" in body
