"""Which language a page and a mail are in."""

import pytest
from django.test import Client, RequestFactory

from tests.factories import PASSWORD, a_finished_video, a_user
from videos.accounts.notices import notify
from videos.languages import choice
from videos.models import AccountEvent

pytestmark = pytest.mark.django_db
RUSSIAN = {"Accept-Language": "ru-RU,ru;q=0.9,en;q=0.8"}


def language_of(client: Client, path: str = "/", **headers: str) -> str:
    response = client.get(path, headers=headers)
    language = response["Content-Language"]
    assert f'<html lang="{language}" dir="ltr"' in response.content.decode()
    return language


def test_a_visitor_reads_the_language_of_the_browser(client):
    assert language_of(client) == "en"
    assert language_of(client, **RUSSIAN) == "ru"
    assert language_of(client, **{"Accept-Language": "zh-CN"}) == "zh-hans"
    assert language_of(client, **{"Accept-Language": "sw"}) == "en"


def test_the_address_wins_over_account_and_browser_and_is_stored_nowhere(client):
    client.force_login(a_user(language="ru"))
    assert language_of(client, "/?lang=zh-hans") == "zh-hans"
    assert language_of(client, "/?lang=sw") == language_of(client) == "ru"


def test_an_account_wins_over_the_browser(client):
    client.force_login(a_user(language="zh-hans"))
    assert language_of(client, **RUSSIAN) == "zh-hans"


def test_an_account_without_a_choice_has_the_language_of_the_browser(client):
    client.force_login(a_user())
    assert language_of(client, **RUSSIAN) == "ru"


def test_an_old_choice_of_a_language_that_is_gone_is_no_choice(client):
    client.force_login(a_user(language="tlh"))
    assert language_of(client) == "en"


def test_caches_learn_what_a_page_depends_on(client):
    response = client.get("/")
    assert {"Accept-Language", "Cookie"} <= {each.strip() for each in response["Vary"].split(",")}


def test_a_page_that_a_browser_has_is_sent_again_in_another_language(client):
    address = f"/v/{a_finished_video(visibility='public').slug}/"
    tag = client.get(address)["ETag"]
    seen = {"If-None-Match": tag}
    assert client.get(address, headers=seen).status_code == 304
    assert client.get(address, headers=seen | RUSSIAN).status_code == 200
    assert "Cookie" in client.get(address, headers=seen)["Vary"]


def test_search_engines_find_each_language_of_a_public_page(client):
    slug = a_finished_video(visibility="public").slug
    for path in ("/", f"/v/{slug}/"):
        page = f"http://testserver{path}"
        body = client.get(f"{path}?lang=ru").content.decode()
        assert f'<link rel="canonical" href="{page}?lang=ru">' in body
        for code in ("en", "ru", "zh-hans"):
            assert f'<link rel="alternate" hreflang="{code}" href="{page}?lang={code}">' in body
        assert f'<link rel="alternate" hreflang="x-default" href="{page}">' in body


def test_pages_that_are_not_indexed_name_no_languages(client):
    slug = a_finished_video(visibility="unlisted").slug
    assert "hreflang" not in client.get(f"/v/{slug}/").content.decode()


@pytest.mark.parametrize(
    ("language", "browser_language", "expected"),
    [("ru", "zh-hans", "ru"), ("", "zh-hans", "zh-hans"), ("", "", "en")],
)
def test_a_mail_has_the_language_of_its_recipient(language, browser_language, expected):
    person = a_user(language=language, browser_language=browser_language)
    other = RequestFactory().get("/")
    other.user = a_user("other@example.com", language="ru")
    assert choice.of_recipient(person, other) == expected
    assert choice.of_recipient(person, None) == expected


def test_whoever_causes_a_mail_to_the_own_address_gets_the_language_of_the_page(client):
    person = a_user()
    request = RequestFactory().get("/")
    request.user = person
    with choice.translation.override("ru"):
        assert choice.of_recipient(person, request) == "ru"
        assert choice.of_recipient(None, request) == "ru"  # an invitation to a stranger


def test_the_language_of_the_browser_is_noted_at_the_log_in(client):
    a_user("ann@example.com")
    data = {"login": "ann@example.com", "password": PASSWORD}
    client.post("/accounts/login/", data, headers=RUSSIAN)
    person = choice.User.objects.get(email="ann@example.com")
    assert (person.language, person.browser_language) == ("", "ru")


def test_a_notice_is_written_in_the_language_of_the_account(mailoutbox):
    notify(a_user("ann@example.com", language="ru"), AccountEvent.Kind.PASSWORD_CHANGED)
    assert mailoutbox[-1].subject == "[Suno Portal] Изменён пароль"
    assert "Изменён пароль." in mailoutbox[-1].body
    assert "смените пароль" in mailoutbox[-1].body
    assert choice.translation.get_language() == "en"
