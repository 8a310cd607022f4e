"""Switching the mails about finished videos on and off."""

import pytest
from django.test import Client
from django.utils import timezone

from tests.factories import a_user
from videos.accounts import ready_mails

pytestmark = pytest.mark.django_db


def test_the_account_switches_them_on_and_off(client):
    user = a_user()
    client.force_login(user)
    assert "checked" not in client.get("/account/").text.split('id="ready-mails"')[1].split(">")[0]
    client.post("/account/mails/", {"is_on": "1"})
    user.refresh_from_db()
    since = user.ready_mail_since
    assert since is not None
    client.post("/account/mails/", {"is_on": "1"})
    user.refresh_from_db()
    assert user.ready_mail_since == since
    client.post("/account/mails/")
    user.refresh_from_db()
    assert user.ready_mail_since is None


def test_the_link_of_a_mail_stops_them_without_a_log_in_but_not_by_itself():
    user = a_user(ready_mail_since=timezone.now())
    client, path = Client(enforce_csrf_checks=True), ready_mails.stop_path(user)
    assert "Stop these mails?" in client.get(path).text
    user.refresh_from_db()
    assert user.ready_mail_since is not None
    assert "No more of these mails" in client.post(path, {"List-Unsubscribe": "One-Click"}).text
    user.refresh_from_db()
    assert user.ready_mail_since is None


def test_a_guessed_link_is_not_there(client):
    assert client.get("/mails/stop/guessed/").status_code == 404
    assert client.post("/mails/stop/guessed/").status_code == 404
