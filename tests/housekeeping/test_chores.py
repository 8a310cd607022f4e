"""What is deleted by the clock, and what each chore would delete."""

import os
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.files.storage import default_storage
from django.utils import timezone

from tests.factories import a_delivery, a_mail, a_user, a_video
from tests.media.test_orphans import orphan
from videos import housekeeping
from videos.housekeeping import CHORES, chores
from videos.media import leftovers
from videos.models import AccountExport, Delivery, RateLimitSlot, ScheduledTask, Video
from videos.models.webhook_delivery import DeliveryAttempt

pytestmark = pytest.mark.django_db


def test_tidying_forgets_old_deliveries(settings, tmp_path):
    settings.SCRATCH_DIR = settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    old, new = a_delivery(state="failed", due_at=None), a_delivery(state="failed", due_at=None)
    Delivery.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(days=31))
    housekeeping.run_due()
    assert list(Delivery.objects.all()) == [new]


def test_many_rows_are_deleted_some_at_a_time_and_counted_as_the_trial_does(monkeypatch):
    monkeypatch.setattr(chores, "BATCH", 2)
    for _ in range(5):
        row = a_delivery(state="failed", due_at=None)
        DeliveryAttempt.objects.create(delivery=row, status_code=500, milliseconds=1)
    Delivery.objects.update(created_at=timezone.now() - timedelta(days=31))
    assert housekeeping.run("webhooks", is_trial=True) == "would delete 5"
    assert housekeeping.run("webhooks") == "deleted 5"
    assert not DeliveryAttempt.objects.exists()


def test_tidying_removes_what_no_claim_works_in(settings, tmp_path):
    settings.SCRATCH_DIR = tmp_path
    video = a_video()
    claimed = Video.objects.claim(video.pk)
    assert claimed is not None
    working, lost, odd, fresh = (
        tmp_path / f"{video.pk.hex}-{claimed.fencing_token}",
        tmp_path / f"{video.pk.hex}-{claimed.fencing_token + 7}",
        tmp_path / "something else",
        tmp_path / f"{video.pk.hex}-0",
    )
    for folder in (working, lost, odd, fresh):
        folder.mkdir()
        (folder / "film.mp4.part").write_bytes(b"x")
    for folder in (working, lost, odd):
        age(folder, leftovers.MIN_AGE + 1)
    housekeeping.run_due()
    assert sorted(tmp_path.iterdir()) == sorted([working, fresh])


def test_tidying_removes_uploads_whose_server_was_killed(settings, tmp_path):
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    old, new = tmp_path / "tmp1.upload.mp3", tmp_path / "tmp2.upload.mp3"
    for file in (old, new):
        file.write_bytes(b"half a song")
    age(old, leftovers.MIN_AGE + 1)
    housekeeping.run_due()
    assert list(tmp_path.iterdir()) == [new]


def age(folder: Path, seconds: float) -> None:
    modified = time.time() - seconds
    os.utime(folder, (modified, modified))


def test_what_a_ration_still_counts_stays(settings):
    settings.RATION_MAILS = [20, 2000, 86400]
    now = time.time()
    for name, age in (("mails", 7200), ("other", 90_000)):
        RateLimitSlot.objects.create(name=name, number=0, taken_at=now - age)
    housekeeping.run_due()
    assert [slot.name for slot in RateLimitSlot.objects.all()] == ["mails"]


def test_log_ins_that_are_over_are_swept_up(db):
    for days in (-400, 1):
        session = SessionStore(f"session{days}".ljust(32, "x"))
        session.save(must_create=True)
        expires = timezone.now() + timedelta(days=days)
        Session.objects.filter(session_key=session.session_key).update(expire_date=expires)
    housekeeping.run_due()
    assert [session.expire_date > timezone.now() for session in Session.objects.all()] == [True]


def test_on_trial_every_chore_says_what_it_would_do_and_does_nothing(settings, tmp_path):
    settings.SCRATCH_DIR = tmp_path
    (tmp_path / "lost").mkdir()
    age(tmp_path / "lost", leftovers.MIN_AGE + 1)
    past = timezone.now() - timedelta(days=400)
    Delivery.objects.filter(pk=a_delivery(state="failed", due_at=None).pk).update(created_at=past)
    a_mail(created_at=past)
    AccountExport.objects.create(owner=a_user(), state="ready", expires_at=past)
    lost = orphan("songs/lost.mp3")
    outcomes = {name: housekeeping.run(name, is_trial=True) for name in CHORES}
    for name in ("webhooks", "mail-texts", "mails", "leftovers", "accounts"):
        assert outcomes[name] == "would delete 1", name
    assert outcomes["orphans"] == f"would delete 1: {lost}"
    assert (tmp_path / "lost").exists()
    assert default_storage.exists(lost)
    assert Delivery.objects.count() == AccountExport.objects.count() == 1
    assert not ScheduledTask.objects.exists()
