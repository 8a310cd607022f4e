"""Mails on their way out: tried again, given up after a day, without their texts afterwards."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import a_mail
from videos import housekeeping
from videos.models import Mail
from videos.pipeline import scheduler

pytestmark = pytest.mark.django_db
State = Mail.State


def claim(row: Mail) -> Mail:
    """Make ``row`` due, claim it, and return the claimed row."""
    Mail.objects.filter(pk=row.pk).update(due_at=timezone.now())
    claimed = Mail.objects.claim(row.pk)
    assert claimed is not None
    return claimed


def fail(row: Mail, **how: bool) -> timedelta | None:
    """Let an attempt fail; return the time until the next one, None where there is none."""
    assert claim(row).record_failure("It answered 451.", **how)
    row.refresh_from_db()
    return row.due_at and row.due_at - timezone.now()


def test_it_is_tried_again_after_1_5_15_and_60_minutes_and_every_hour_then():
    row = a_mail()
    for minutes in (1, 5, 15, 60, 60, 60):
        wait = fail(row)
        assert timedelta(minutes=minutes, seconds=-5) < wait <= timedelta(minutes=minutes)
    assert (row.state, row.attempt_count, row.last_error) == (State.WAITING, 6, "It answered 451.")
    assert row.message


def test_it_is_given_up_after_a_day_and_its_text_is_deleted():
    row = a_mail(created_at=timezone.now() - timedelta(hours=23, minutes=30), attempt_count=20)
    assert fail(row) is None
    assert (row.state, row.message, row.last_error) == (State.FAILED, "", "It answered 451.")
    assert not row.resend()


def test_one_that_is_refused_for_good_is_given_up_sooner_and_can_be_sent_again():
    row = a_mail()
    for _ in range(4):
        assert fail(row, is_permanent=True) is not None
    assert fail(row, is_permanent=True) is None
    assert row.state == State.FAILED
    assert row.message
    assert row.resend()
    assert Mail.objects.claim(row.pk) is not None


def test_the_retry_schedule_is_set_by_the_operator(settings):
    settings.MAIL_RETRY_MINUTES = [2.0]
    row = a_mail()
    for _ in range(3):
        assert timedelta(seconds=115) < fail(row) <= timedelta(minutes=2)
    settings.MAIL_RETRY_MINUTES = []
    assert fail(row) is None
    assert row.state == State.FAILED


def test_what_is_being_sent_is_not_sent_again():
    row = claim(a_mail())
    assert not row.resend()
    assert row.mark_sent()
    assert not row.resend()


def test_a_worker_that_lost_its_claim_writes_nothing():
    row = claim(a_mail())
    second = claim(row)
    assert not row.mark_sent()
    assert not row.record_failure("Late.")
    assert second.mark_sent()


def test_what_waits_for_its_next_attempt_can_be_sent_now():
    row = a_mail(due_at=timezone.now() + timedelta(hours=1), attempt_count=3)
    assert row.resend()
    assert Mail.objects.claim(row.pk) is not None


def test_the_scheduler_wakes_workers_for_due_mails(monkeypatch):
    woken = []
    monkeypatch.setattr(scheduler, "send_mails", lambda: woken.append(True))
    a_mail(due_at=timezone.now() + timedelta(minutes=1))
    a_mail(due_at=None, state=State.SENT)
    scheduler.tick()
    assert woken == []
    for _ in range(scheduler.MAX_WAKEUPS + 3):
        a_mail()
    scheduler.tick()
    assert len(woken) == scheduler.MAX_WAKEUPS


def test_tidying_deletes_old_texts_and_gives_up_what_no_worker_sent(settings, tmp_path):
    settings.SCRATCH_DIR = tmp_path
    yesterday = timezone.now() - timedelta(days=1, minutes=1)
    waiting = a_mail(created_at=yesterday)
    failed_before = a_mail(created_at=yesterday, last_error="It answered 451.")
    given_up = a_mail(created_at=yesterday, state=State.FAILED, due_at=None)
    in_progress = claim(a_mail(created_at=yesterday))
    young = a_mail()
    old = a_mail(created_at=timezone.now() - timedelta(days=8), state=State.SENT, message="")
    housekeeping.run_due()
    for row in (waiting, failed_before, given_up, in_progress, young):
        row.refresh_from_db()
    assert (waiting.state, waiting.message, waiting.due_at) == (State.FAILED, "", None)
    assert waiting.last_error == "No worker sent it within a day."
    assert (failed_before.state, failed_before.last_error) == (State.FAILED, "It answered 451.")
    assert (given_up.state, given_up.message) == (State.FAILED, "")
    assert (in_progress.state, bool(in_progress.message)) == (State.WAITING, True)
    assert (young.state, bool(young.message)) == (State.WAITING, True)
    assert not Mail.objects.filter(pk=old.pk).exists()


def test_its_text_is_not_in_its_name():
    row = a_mail()
    assert "https" not in str(row) + repr(row)
