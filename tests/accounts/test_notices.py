"""What the owner of an account hears of."""

import pytest

from tests.accounts.people import force_login
from tests.factories import PASSWORD, a_user
from videos.accounts.notices import browser_of, notify
from videos.models import AccountEvent, ApiKey

pytestmark = pytest.mark.django_db
CHROME = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36"
SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1"


@pytest.fixture
def ann(client):
    user = a_user("ann@example.com")
    force_login(client, user)
    return user


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (CHROME, "Chrome, Windows"),
        (f"{CHROME} Edg/140.0", "Edge, Windows"),
        (SAFARI, "Safari, iPhone"),
        ("curl/8.0", "curl"),
        ("", "an unknown program"),
    ],
)
def test_browsers_are_named_in_words(rf, agent, words):
    assert browser_of(rf.get("/", headers={"User-Agent": agent})) == words


def test_a_new_key_a_new_webhook_key_and_a_new_password_are_mailed(client, ann, mailoutbox):
    client.post("/account/keys/", {"name": "Bot", "scopes": "read"})
    client.post("/account/webhooks/key/")
    new = "violet tractor 41 moons"
    data = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    client.post("/accounts/password/change/", data)
    assert [mail.subject for mail in mailoutbox] == [
        "[Suno Portal] An API key was made",
        "[Suno Portal] A new webhook key was made",
        "[Suno Portal] The password was changed",
    ]
    assert {mail.to[0] for mail in mailoutbox} == {"ann@example.com"}
    assert "Bot (ak_" in mailoutbox[0].body
    secret = ApiKey.objects.get().prefix
    assert all(mail.body.count(secret) <= 1 for mail in mailoutbox)


def test_a_changed_address_is_told_to_the_old_one(client, ann, mailoutbox):
    rows = ann.emailaddress_set
    rows.create(email="ann@example.com", verified=True, primary=True)
    rows.create(email="new@example.com", verified=True)
    client.post("/accounts/email/", {"email": "new@example.com", "action_primary": ""})
    (mail,) = mailoutbox
    assert mail.to == ["ann@example.com"]
    assert "The primary address was changed: new@example.com." in mail.body


def test_a_revoked_key_stands_in_the_history_alone(client, ann, mailoutbox):
    key, _secret = ApiKey.objects.issue(ann, "Bot")
    client.post(f"/account/keys/{key.pk}/revoke/")
    assert AccountEvent.objects.get().kind == "api_key_revoked"
    assert not mailoutbox


def test_workers_and_commands_name_no_browser(ann, mailoutbox):
    notify(ann, AccountEvent.Kind.SECOND_FACTOR_REMOVED)
    assert "Where:" not in mailoutbox[0].body
    assert "your password alone" in mailoutbox[0].body


@pytest.mark.parametrize("kind", AccountEvent.Kind)
def test_every_notice_can_be_written(ann, mailoutbox, kind):
    notify(ann, kind, "<b>what & more</b>")
    assert AccountEvent.objects.get().get_kind_display() == kind.label
    assert all("<b>what & more</b>" in mail.body for mail in mailoutbox)
