"""Accounts: sign-up, log-in, password reset, and rate limits."""

import re
import time

import pytest
from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from django.contrib.auth import get_user
from django.core import mail
from django.test import Client

from tests.accounts.people import request_reset, set_authenticated_at
from tests.factories import PASSWORD, a_user
from videos import accounts
from videos.accounts import adapter
from videos.models import ApiKey, User, WebhookKey

pytestmark = pytest.mark.django_db
LOGIN, SIGNUP, RESET = "/accounts/login/", "/accounts/signup/", "/accounts/password/reset/"
NEW = "violet tractor 41 moons"


def log_in(client, email, password=PASSWORD, **more):
    return client.post(LOGIN, {"login": email, "password": password, **more})


def test_people_log_in_with_their_address(client):
    user = a_user("ann@example.com")
    response = log_in(client, "Ann@Example.com")
    assert response["Location"] == "/videos/"
    assert get_user(client) == user


def test_they_go_on_where_they_wanted_to_and_nowhere_else(client):
    a_user("ann@example.com")
    assert log_in(client, "ann@example.com", next="/songs/")["Location"] == "/songs/"
    client.logout()
    assert log_in(client, "ann@example.com", next="https://evil.example/")["Location"] == "/videos/"


def test_a_wrong_password_and_an_unknown_address_sound_alike(client):
    a_user("ann@example.com")
    messages = {
        str(log_in(client, email, "wrong").context["form"].errors)
        for email in ("ann@example.com", "nobody@example.com")
    }
    assert len(messages) == 1
    assert not get_user(client).is_authenticated


def test_a_closed_account_stays_out(client):
    a_user("ann@example.com", is_active=False)
    log_in(client, "ann@example.com")
    assert not get_user(client).is_authenticated


def test_logging_out_takes_a_button(client):
    client.force_login(a_user())
    assert client.get("/accounts/logout/").status_code == 200
    assert get_user(client).is_authenticated
    assert client.post("/accounts/logout/")["Location"] == "/"
    assert not get_user(client).is_authenticated


def test_anybody_can_sign_up(client):
    response = client.post(SIGNUP, {"email": "New@Example.com", "password1": NEW})
    assert response["Location"] == "/videos/"
    user = User.objects.get()
    assert (user.email, get_user(client)) == ("new@example.com", user)
    assert user.check_password(NEW)


@pytest.mark.parametrize(
    "data",
    [{"email": "x", "password1": NEW}, {"email": "a@example.com", "password1": "12345678"},
     {"email": "a@example.com", "password1": "short"}, {"email": "", "password1": NEW}],
)  # fmt: skip
def test_invalid_sign_ups_show_errors(client, data):
    response = client.post(SIGNUP, data)
    assert response.status_code == 200
    assert response.context["form"].errors
    assert not User.objects.exists()


def test_signing_up_with_a_taken_address_gives_nothing_away(client):
    a_user("ann@example.com")
    client.post(SIGNUP, {"email": "ann@example.com", "password1": NEW})
    assert not get_user(client).is_authenticated
    assert User.objects.count() == 1


def test_the_operator_can_switch_sign_up_off(client, settings):
    settings.SIGNUP = "closed"
    for response in (
        client.get(SIGNUP),
        client.post(SIGNUP, {"email": "new@example.com", "password1": NEW}),
    ):
        assert "account/signup_closed.html" in [template.name for template in response.templates]
    assert not User.objects.exists()
    assert SIGNUP not in client.get(LOGIN).content.decode()
    assert SIGNUP not in client.get("/").content.decode()


def test_a_forgotten_password_is_replaced_by_mail(client):
    a_user("ann@example.com")
    assert request_reset(client, "ann@example.com").status_code == 302
    link = re.search(r"http://testserver(/accounts/password/reset/key/\S+)", mail.outbox[0].body)
    page = client.get(link[1], follow=True)
    address = page.redirect_chain[-1][0]
    client.post(address, {"password1": NEW, "password2": NEW})
    assert log_in(client, "ann@example.com").status_code == 200
    assert log_in(client, "ann@example.com", NEW).status_code == 302
    assert client.get(link[1], follow=True).context["token_fail"]


def test_nobody_learns_who_has_an_account(client):
    a_user("ann@example.com")
    responses = [request_reset(client, e) for e in ("ann@example.com", "no@example.com")]
    assert len({(response.status_code, response["Location"]) for response in responses}) == 1


def test_guessing_is_slowed_down(client):
    a_user("ann@example.com")
    for _ in range(10):
        log_in(client, "ann@example.com", "wrong")
    response = log_in(client, "ann@example.com")
    assert not get_user(client).is_authenticated
    assert "Too many failed login attempts" in str(response.context["form"].errors)


def test_a_stranger_who_guesses_does_not_lock_the_owner_out(client):
    a_user("ann@example.com")
    stranger = Client(REMOTE_ADDR="192.0.2.66")
    for _ in range(20):
        log_in(stranger, "ann@example.com", "wrong")
    log_in(client, "ann@example.com")
    assert get_user(client).is_authenticated


def test_a_flood_gets_a_page_of_ours(client):
    for _ in range(60):
        response = client.post(LOGIN, {"login": "x@example.com", "password": ""})
        if response.status_code == 429:
            break
    assert response.status_code == 429
    assert response.templates[0].name == "429.html"
    assert "<h1" in response.content.decode()


@pytest.mark.parametrize("path", ["/", LOGIN, SIGNUP, RESET])
@pytest.mark.parametrize(
    "forwarded", ["192.0.2.7", "unknown", "", "198.51.100.1, 192.0.2.7", "a, b", "192.0.2.7, _x"]
)
def test_pages_work_whatever_the_proxies_wrote(client, settings, path, forwarded):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 2
    headers = {"X-Forwarded-For": forwarded}
    assert client.get(path, headers=headers).status_code == 200
    if path != "/":
        data = {"login": "x@example.com", "password": "wrong", "email": "x@example.com"}
        assert client.post(path, data, headers=headers).status_code in (200, 302)


@pytest.mark.parametrize(
    ("count", "forwarded", "expected"),
    [
        (1, "198.51.100.66, 192.0.2.7", "192.0.2.7"),
        (2, "198.51.100.66, 192.0.2.7, 203.0.113.9", "192.0.2.7"),
        (2, "192.0.2.7", "192.0.2.7"),
        (3, "192.0.2.7, 203.0.113.9", "192.0.2.7"),
        (2, "192.0.2.7:4711, 203.0.113.9", "192.0.2.7"),
        (2, "2001:db8::7", "2001:db8::7"),
        (2, "unknown", "127.0.0.1"),
        (2, "unknown, 203.0.113.9", "127.0.0.1"),
        (2, "", "127.0.0.1"),
    ],
)
def test_a_visitor_is_known_by_what_the_proxies_added(rf, settings, count, forwarded, expected):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = settings.PROXY_COUNT = count
    request = rf.get(LOGIN, headers={"X-Forwarded-For": forwarded})
    assert get_adapter().get_client_ip(request) == expected


def test_proxies_that_add_nothing_are_named_in_the_log(rf, settings, caplog):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = settings.PROXY_COUNT = 2
    adapter.warn_of_missing_addresses.cache_clear()
    for _ in range(3):
        get_adapter().get_client_ip(rf.get(LOGIN, headers={"X-Forwarded-For": "192.0.2.7"}))
    assert caplog.text.count("PROXY_COUNT is 2, but X-Forwarded-For has 1") == 1


@pytest.mark.parametrize(("path", "is_there"), [(SIGNUP, False), (RESET, True)])
def test_links_in_mails_lead_to_the_site_whatever_host_was_named(client, settings, path, is_there):
    settings.ALLOWED_HOSTS = ["*"]
    settings.SITE_URL = "https://portal.example.com"
    if is_there:
        a_user("ann@example.com")
    data = {"email": "ann@example.com", "password1": NEW}
    client.post(path, data, headers={"Host": "evil.example:81"})
    accounts.answer_next()
    (message,) = mail.outbox
    assert "evil.example" not in message.body
    assert "https://portal.example.com/accounts/" in message.body


def test_a_long_address_is_refused_with_a_sentence(client):
    response = client.post(SIGNUP, {"email": f"{'x' * 250}@example.com", "password1": NEW})
    assert "No address is as long as that." in str(response.context["form"].errors)


SENSITIVE = [
    ("/account/keys/", {"name": "Bot", "scopes": "read"}, ApiKey),
    ("/account/webhooks/key/", {}, WebhookKey),
    ("/accounts/email/", {"email": "new@example.com", "action_add": ""}, EmailAddress),
]


@pytest.mark.parametrize(("path", "data", "model"), SENSITIVE)
def test_after_a_long_time_the_password_comes_first_and_then_it_goes_on(client, path, data, model):
    user = a_user("ann@example.com")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    before = model.objects.count()
    client.force_login(user)
    set_authenticated_at(client, time.time() - 3600)
    page = client.post(path, data)["Location"]
    assert page.startswith("/accounts/reauthenticate/?next=")
    assert client.post(page, {"password": "wrong"}).context["form"].errors
    assert model.objects.count() == before
    client.post(page, {"password": PASSWORD, "next": path})
    assert model.objects.count() == before + 1


@pytest.mark.parametrize(("minutes", "status"), [(1, 302), (10, 200)])
def test_how_long_a_password_counts_is_a_setting(client, settings, minutes, status):
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = minutes * 60
    client.force_login(a_user())
    set_authenticated_at(client, time.time() - 300)
    assert client.post("/account/keys/", {"name": "Bot", "scopes": "read"}).status_code == status


def test_a_fresh_log_in_counts(client):
    a_user("ann@example.com")
    log_in(client, "ann@example.com")
    assert client.post("/account/keys/", {"name": "Bot", "scopes": "read"}).status_code == 200


def test_revoking_a_key_asks_for_the_password_too(client):
    user = a_user()
    key, secret = ApiKey.objects.issue(user, "Bot")
    client.force_login(user)
    response = client.post(f"/account/keys/{key.pk}/revoke/")
    assert response["Location"].startswith("/accounts/reauthenticate/")
    assert ApiKey.objects.authenticate(secret)
