"""Mails about finished videos."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import a_failed_video, a_finished_video, a_user, a_video
from videos.accounts import ready_mails

pytestmark = pytest.mark.django_db
LONG_AGO, JUST_NOW = timedelta(hours=3), timedelta(minutes=1)


@pytest.fixture
def user():
    return a_user(ready_mail_since=timezone.now() - LONG_AGO)


def finished(user, age=JUST_NOW, make=a_finished_video, **fields):
    return make(user, completed_at=timezone.now() - age, **fields)


def test_one_mail_tells_of_all_that_was_ordered_together(user, mailoutbox):
    films = [finished(user), finished(user, make=a_failed_video)]
    finished(user, make=a_failed_video, failure="cancelled")
    waiting = a_video(user)
    assert ready_mails.send_due() == 0
    waiting.delete()
    assert ready_mails.send_due(is_trial=True) == 1
    assert [ready_mails.send_due(), ready_mails.send_due()] == [1, 0]
    [mail] = mailoutbox
    assert mail.to == [user.email]
    assert mail.subject.endswith("2 videos are finished")
    for film in films:
        assert f"/videos/{film.pk}/" in mail.body
    assert mail.extra_headers["List-Unsubscribe"] == f"<{stop_url(mail)}>"
    assert mail.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def stop_url(mail):
    return next(line for line in mail.body.splitlines() if "/mails/stop/" in line)


def test_a_single_film_is_in_the_subject(user, mailoutbox):
    finished(user)
    ready_mails.send_due()
    assert "“Northern Lights” is ready" in mailoutbox[0].subject


def test_nobody_is_mailed_who_did_not_switch_it_on(mailoutbox):
    finished(a_user())
    finished(a_user(is_active=False, ready_mail_since=timezone.now() - LONG_AGO))
    assert ready_mails.send_due() == 0


def test_what_was_ready_before_it_was_switched_on_is_not_mailed(user):
    finished(user, timedelta(hours=4))
    assert ready_mails.send_due() == 0


def test_a_video_that_takes_very_long_holds_nothing_up(user):
    finished(user, timedelta(hours=2))
    a_video(user)
    assert ready_mails.send_due() == 1


def test_mails_come_five_minutes_apart_at_least(user):
    user.ready_mail_since = timezone.now() - timedelta(minutes=2)
    user.save(update_fields=["ready_mail_since"])
    finished(user)
    assert ready_mails.send_due() == 0


def test_a_long_list_is_cut(user, mailoutbox, monkeypatch):
    monkeypatch.setattr(ready_mails, "MAX_LISTED", 2)
    for _ in range(4):
        finished(user)
    ready_mails.send_due()
    assert "And 2 more:" in mailoutbox[0].body


def test_two_workers_send_one_mail(user):
    finished(user)
    user.refresh_from_db()
    assert user.mark_ready_mailed(timezone.now())
    assert not user.mark_ready_mailed(timezone.now())


def test_only_signed_tokens_name_a_person(user):
    token = ready_mails.stop_path(user).split("/")[-2]
    assert ready_mails.find_user(token) == user
    assert ready_mails.find_user(f"{token}x") is None
