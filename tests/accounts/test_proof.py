"""Whoever proves an address by a mailed link ends up alone in the account."""

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user
from django.test import Client

from tests.accounts.people import (
    NEW_PASSWORD,
    confirm,
    force_login,
    log_in,
    mailed_path,
    request_reset,
    set_password,
    sign_up,
)
from tests.factories import PASSWORD, a_delivery, a_finished_video, a_user
from videos.models import AccountEvent, ApiKey, Delivery, Invitation, User, WebhookKey

pytestmark = pytest.mark.django_db
ANN, EVE = "ann@example.com", "eve@example.com"


def add_address(client: Client, user: User, email: str) -> None:
    force_login(client, user)
    client.post("/accounts/email/", {"email": email, "action_add": ""})
    assert EmailAddress.objects.filter(user=user, email=email, verified=False).exists()


def confirmed_user(email: str) -> User:
    user = a_user(email)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def addresses_of(user: User) -> set[tuple[str, bool, bool]]:
    rows = EmailAddress.objects.filter(user=user)
    return set(rows.values_list("email", "verified", "primary"))


def set_up_by_eve(email: str = ANN) -> tuple[Client, User, str]:
    """Let Eve sign up with the address of Ann, and prepare ways back into the account."""
    eve = Client()
    sign_up(eve, email, "password of eve 12")
    user = User.objects.get(email=email)
    _row, secret = ApiKey.objects.issue(user, "Eve's")
    WebhookKey.objects.renew(user)
    EmailAddress.objects.create(user=user, email=EVE)
    Authenticator.objects.create(user=user, type="totp", data={"secret": "A" * 32})
    return eve, user, secret


def assert_alone(user: User, secret: str, eve: Client) -> None:
    assert addresses_of(user) == {(ANN, True, True)}
    assert ApiKey.objects.authenticate(secret) is None
    assert not WebhookKey.objects.exists()
    assert not Authenticator.objects.exists()
    assert not get_user(eve).is_authenticated
    log_in(eve, ANN, "password of eve 12")
    assert not get_user(eve).is_authenticated
    request_reset(eve, EVE)
    with pytest.raises(AssertionError, match="No link"):
        mailed_path(EVE, "/reset/key/")


def test_confirming_evicts_who_signed_up_first_with_a_password_and_a_session():
    eve, user, secret = set_up_by_eve()
    assert get_user(eve) == user  # "optional" lets her in
    ann = Client()
    response = confirm(ann, ANN)
    set_password(ann, response["Location"])
    log_in(ann, ANN, NEW_PASSWORD)
    assert get_user(ann) == user
    assert_alone(user, secret, eve)


def test_a_reset_evicts_who_signed_up_first():
    eve, user, secret = set_up_by_eve()
    ann = Client()
    request_reset(ann, ANN)
    set_password(ann, mailed_path(ANN, "/reset/key/"))
    assert log_in(ann, ANN, NEW_PASSWORD).status_code == 302
    assert get_user(ann) == user
    assert_alone(user, secret, eve)


def test_the_owner_hears_what_ended_by_mail_and_in_the_history(mailoutbox):
    _eve, user, _secret = set_up_by_eve()
    confirm(Client(), ANN)
    assert AccountEvent.objects.for_user(user).first().kind == "address_confirmed"
    assert mailoutbox[-1].to == [ANN]
    assert "API keys and the webhook key that were made before no longer work" in " ".join(
        mailoutbox[-1].body.split()
    )


@pytest.mark.usefixtures("mandatory")
def test_the_browser_that_signed_up_keeps_its_password_and_is_logged_in(client):
    sign_up(client, ANN)
    assert not get_user(client).is_authenticated
    assert confirm(client, ANN)["Location"] == "/videos/"
    assert get_user(client).email == ANN
    client.post("/accounts/logout/")
    assert log_in(client, ANN, NEW_PASSWORD).status_code == 302


@pytest.mark.usefixtures("mandatory")
def test_another_browser_sets_a_new_password(client):
    sign_up(Client(), ANN, "password of eve 12")
    response = confirm(client, ANN)
    assert "/password/reset/key/" in response["Location"]
    page = client.get(response["Location"], follow=True)
    assert "The one of the sign-up no longer works" in page.content.decode()
    assert not User.objects.get().has_usable_password()


def test_the_session_that_confirms_goes_on_and_all_others_end(client):
    sign_up(client, ANN)
    other = Client()
    other.force_login(User.objects.get())
    confirm(client, ANN)
    assert get_user(client).email == ANN
    assert User.objects.get().has_usable_password()
    assert not get_user(other).is_authenticated


def test_a_second_address_is_confirmed_by_the_owner_only_and_evicts_nobody(client):
    user = confirmed_user(EVE)
    _key, secret = ApiKey.objects.issue(user, "Mine")
    add_address(client, user, ANN)
    stranger = Client()
    response = confirm(stranger, ANN)
    assert addresses_of(user) == {(EVE, True, True), (ANN, False, False)}
    assert "Log in first" in stranger.get(response["Location"]).content.decode()
    confirm(client, ANN)
    assert addresses_of(user) == {(EVE, True, True), (ANN, True, False)}
    assert ApiKey.objects.authenticate(secret)
    assert get_user(client) == user


def test_an_unconfirmed_second_address_reserves_nothing(client, mandatory):
    eve = confirmed_user(EVE)
    add_address(Client(), eve, ANN)
    sign_up(client, ANN)
    assert User.objects.filter(email=ANN).exists()
    confirm(client, ANN)
    assert get_user(client).email == ANN
    assert addresses_of(eve) == {(EVE, True, True)}


def test_no_reset_goes_to_an_unconfirmed_second_address(client, mailoutbox):
    eve = confirmed_user(EVE)
    add_address(Client(), eve, ANN)
    mailoutbox.clear()
    request_reset(client, ANN)
    assert not mailoutbox


def test_resets_go_to_each_confirmed_address(client):
    user = confirmed_user(EVE)
    EmailAddress.objects.create(user=user, email="second@example.com", verified=True)
    request_reset(client, "second@example.com")
    assert mailed_path("second@example.com", "/reset/key/")


def test_an_address_that_another_account_proves_leaves_the_first_that_had_it():
    eve = Client()
    sign_up(eve, ANN, "password of eve 12")
    squatter = User.objects.get(email=ANN)
    ann, client = confirmed_user("ann@home.example"), Client()
    add_address(client, ann, ANN)
    confirm(client, ANN)
    squatter.refresh_from_db()
    assert (squatter.is_active, ANN in squatter.email) == (False, False)
    assert not get_user(eve).is_authenticated
    assert addresses_of(ann) == {("ann@home.example", True, True), (ANN, True, False)}
    client.post("/accounts/email/", {"email": ANN, "action_primary": ""})
    ann.refresh_from_db()
    assert ann.email == ANN


def test_a_reset_of_a_confirmed_account_keeps_the_second_factor_and_ends_the_rest(client):
    user = confirmed_user(ANN)
    Authenticator.objects.create(user=user, type="totp", data={"secret": "A" * 32})
    EmailAddress.objects.create(user=user, email=EVE)
    _key, secret = ApiKey.objects.issue(user, "Eve's")
    eve = Client()
    eve.force_login(user)
    request_reset(client, ANN)
    set_password(client, mailed_path(ANN, "/reset/key/"))
    assert Authenticator.objects.filter(user=user).exists()
    assert addresses_of(user) == {(ANN, True, True)}
    assert ApiKey.objects.authenticate(secret) is None
    assert not get_user(eve).is_authenticated


def test_webhooks_no_longer_go_where_somebody_else_sent_them(client):
    sign_up(Client(), ANN)
    user = User.objects.get()
    video = a_finished_video(user, webhook_url="https://eve.example/", webhook_family="suno")
    delivery = a_delivery(video)
    confirm(client, ANN)
    video.refresh_from_db()
    delivery.refresh_from_db()
    assert (video.webhook_url, delivery.state) == ("", Delivery.State.SUPERSEDED)


def test_invitations_of_before_are_withdrawn(client):
    sign_up(Client(), ANN)
    _row, token = Invitation.objects.issue(User.objects.get())
    confirm(client, ANN)
    assert Invitation.objects.find(token) is None


def test_a_link_confirms_once(client):
    sign_up(client, ANN)
    path = mailed_path(ANN, "/confirm-email/")
    client.post(path)
    assert "used already" in " ".join(client.get(path).content.decode().split())
    assert client.post(path).status_code == 404


def test_looking_at_the_link_changes_nothing(client):
    sign_up(Client(), ANN)
    assert client.get(mailed_path(ANN, "/confirm-email/")).status_code == 200
    assert addresses_of(User.objects.get()) == {(ANN, False, True)}


def test_a_link_of_a_reset_ends_when_the_address_changes(client):
    user = a_user(ANN)
    request_reset(client, ANN)
    path = mailed_path(ANN, "/reset/key/")
    user.email = EVE
    user.save()
    assert client.get(path, follow=True).context["token_fail"]


def test_a_password_that_is_forgotten_twice_is_set_twice(client):
    user = confirmed_user(ANN)
    for password in (NEW_PASSWORD, PASSWORD):
        request_reset(client, ANN)
        set_password(client, mailed_path(ANN, "/reset/key/"), password)
        user.refresh_from_db()
        assert user.check_password(password)
