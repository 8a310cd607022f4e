"""People and workers in the admin."""

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.admin.models import LogEntry
from django.core.files.storage import default_storage
from django.utils import timezone

from tests.accounts.people import request_reset
from tests.factories import (
    PASSWORD,
    a_finished_video,
    a_playable_track,
    a_user,
    a_video,
    an_operator,
)
from videos.admin import user as user_admin
from videos.models import MusicTask, User, Video

pytestmark = pytest.mark.django_db
USERS = "/admin/videos/user/"


@pytest.fixture
def operator(client):
    user = an_operator("op@example.com")
    client.force_login(user)
    return user


def test_operators_log_in_on_the_site_s_own_page(client):
    an_operator("op@example.com")
    response = client.get("/admin/login/?next=/admin/")
    assert response["Location"] == "/accounts/login/?next=%2Fadmin%2F"
    data = {"login": "op@example.com", "password": PASSWORD, "next": "/admin/"}
    assert client.post("/accounts/login/", data)["Location"] == "/admin/"
    assert client.get("/admin/").status_code == 200


def test_people_are_listed_and_found_by_their_address(client, operator):
    ann = a_user("ann@example.com", first_name="Ann")
    a_finished_video(ann)
    a_user("bob@example.com")
    response = client.get(USERS, {"q": "ann"})
    assert list(response.context["cl"].queryset) == [ann]
    assert "ann@example.com" in response.content.decode()


def test_the_list_costs_as_much_for_many_as_for_one(
    client, operator, django_assert_max_num_queries
):
    for _ in range(10):
        a_finished_video(a_user())
    with django_assert_max_num_queries(9):
        client.get(USERS)


def test_an_account_is_made_by_its_address(client, operator):
    data = {"email": "New@Example.com", "usable_password": "true"}
    passwords = {"password1": "violet tractor 41", "password2": "violet tractor 41"}
    response = client.post(f"{USERS}add/", {**data, **passwords})
    user = User.objects.get(email="new@example.com")
    assert response["Location"] == f"{USERS}{user.pk}/change/"
    assert user.check_password("violet tractor 41")
    assert client.get(f"{USERS}{user.pk}/change/").status_code == 200
    taken = client.post(f"{USERS}add/", {**data, **passwords})
    assert "email" in taken.context["adminform"].form.errors


def change_email(client, user, email):
    page = client.get(f"{USERS}{user.pk}/change/")
    shown = page.context["adminform"].form.initial
    data = {name: shown[name] or "" for name in ("first_name", "last_name", "author")}
    data |= {"domain_name": shown["domain_name"] or "", "email": email, "is_active": "on"}
    return client.post(f"{USERS}{user.pk}/change/", data)


def test_a_corrected_address_is_the_only_one_that_opens_the_account(client, operator, mailoutbox):
    user = a_user("bob@example.com")
    client.logout()
    client.post("/accounts/login/", {"login": "bob@example.com", "password": PASSWORD})
    client.logout()  # now allauth has a row for the address
    client.force_login(operator)
    assert change_email(client, user, "Robert@New.example").status_code == 302
    user.refresh_from_db()
    assert user.email == "robert@new.example"
    client.logout()
    for email, opens in (("bob@example.com", False), ("Robert@New.example", True)):
        answer = client.post("/accounts/login/", {"login": email, "password": PASSWORD})
        assert (answer.status_code == 302) == opens
        client.logout()
        mailoutbox.clear()
        request_reset(client, email)
        assert [mail.to for mail in mailoutbox] == ([["robert@new.example"]] if opens else [])


def test_nobody_is_given_the_address_of_somebody_else(client, operator):
    a_user("ann@example.com")
    bob = a_user("bob@example.com")
    response = change_email(client, bob, "Ann@example.com")
    assert "Somebody else has this address." in response.content.decode()
    bob.refresh_from_db()
    assert bob.email == "bob@example.com"


def test_deleting_a_person_takes_all_that_is_theirs(
    client, operator, django_capture_on_commit_callbacks
):
    track = a_playable_track()
    video = a_finished_video(track=track)
    other = a_finished_video()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"{USERS}{video.owner.pk}/delete/", {"post": "yes"})
    assert not User.objects.filter(pk=video.owner.pk).exists()
    assert list(Video.objects.all()) == [other]
    assert MusicTask.objects.count() == 1
    for name in (video.film.name, video.poster.name, track.audio.name, track.cover.name):
        assert not default_storage.exists(name)
    assert default_storage.exists(other.film.name)


def test_the_confirmation_says_what_goes_along(client, operator):
    video = a_finished_video()
    response = client.get(f"{USERS}{video.owner.pk}/delete/")
    assert not response.context["protected"]
    assert "videos" in str(response.context["model_count"]).lower()


def test_the_confirmation_counts_up_to_a_limit(client, operator, monkeypatch):
    monkeypatch.setattr(user_admin, "MAX_COUNT", 1)
    video = a_finished_video()
    a_video(owner=video.owner)
    data = {"action": "delete_selected", "_selected_action": [video.owner.pk, a_user().pk]}
    counts = dict(client.post(USERS, data).context["model_count"])
    assert (counts["videos"], counts["users"]) == ("1+", "2")


def test_new_people_are_found_and_approved(client, operator, mailoutbox):
    new = a_user("new@example.com", approval_requested_at=timezone.now())
    a_user("old@example.com")
    waiting = client.get(USERS, {"approval_requested_at__isempty": "0"})
    assert list(waiting.context["cl"].queryset) == [new]
    client.post(USERS, {"action": "approve", "_selected_action": [new.pk]})
    new.refresh_from_db()
    assert new.approval_requested_at is None
    assert [mail.to for mail in mailoutbox] == [["new@example.com"]]
    assert LogEntry.objects.get().change_message == "Approved."


def test_a_lost_second_factor_is_taken_away_and_its_owner_hears_of_it(client, operator, mailoutbox):
    ann = a_user("ann@example.com")
    for kind in ("totp", "recovery_codes"):
        Authenticator.objects.create(user=ann, type=kind, data={"secret": "A" * 32})
    client.post(USERS, {"action": "remove_second_factor", "_selected_action": [ann.pk]})
    assert not Authenticator.objects.exists()
    assert mailoutbox[0].to == ["ann@example.com"]
    entry = LogEntry.objects.get()
    assert (entry.user, entry.change_message) == (operator, "Second factor taken away.")


def test_an_address_that_an_operator_writes_is_confirmed(client, operator):
    data = {"email": "new@example.com", "usable_password": "true"}
    passwords = {"password1": "violet tractor 41", "password2": "violet tractor 41"}
    client.post(f"{USERS}add/", {**data, **passwords})
    assert EmailAddress.objects.get(email="new@example.com").verified


def test_who_gets_another_password_or_address_from_an_operator_hears_of_it(
    client, operator, mailoutbox
):
    ann = a_user("ann@example.com")
    passwords = {"password1": "violet tractor 41", "password2": "violet tractor 41"}
    data = {"usable_password": "true", **passwords}
    client.post(f"{USERS}{ann.pk}/password/", {**data, "password2": "another"})
    assert not mailoutbox
    client.post(f"{USERS}{ann.pk}/password/", data)
    change_email(client, ann, "new@example.com")
    assert [(mail.to, mail.subject) for mail in mailoutbox] == [
        (["ann@example.com"], "[Suno Portal] The password was changed"),
        (["ann@example.com"], "[Suno Portal] The primary address was changed"),
    ]
