"""Ticks, which wake workers, and tidying."""

import os
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.utils import timezone

from tests.factories import a_delivery, a_video
from videos.models import Delivery, RateLimitSlot, Video
from videos.pipeline import scheduler

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(monkeypatch) -> list[str]:
    messages: list[str] = []
    monkeypatch.setattr(scheduler, "send_wakeup", messages.append)
    monkeypatch.setattr(scheduler, "send_webhooks", lambda: messages.append("deliver"))
    return messages


def test_a_tick_wakes_workers_for_what_is_due(sent):
    a_video(due_at=timezone.now())
    a_video(due_at=timezone.now() + timedelta(minutes=1))
    a_video(due_at=None)
    scheduler.tick()
    assert sent == ["render"]


def test_a_tick_never_floods_the_queue(sent):
    for _ in range(9):
        a_video()
    scheduler.tick()
    assert sent == ["render"] * scheduler.MAX_WAKEUPS


def test_what_vendors_make_waits_for_its_own_workers(sent):
    a_video()
    a_video(provider="kie")
    scheduler.tick()
    assert sent == ["render", "work"]


def test_a_tick_wakes_a_worker_for_webhooks_while_one_may_be_sent(sent):
    delivery = a_delivery()
    a_delivery(state="delivered", due_at=None)
    scheduler.tick()
    assert sent == ["deliver"]
    Delivery.objects.claim(delivery.pk)
    scheduler.tick()
    assert sent == ["deliver"]


def test_tidying_forgets_old_deliveries(settings, tmp_path):
    settings.SCRATCH_DIR = settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    old, new = a_delivery(state="failed", due_at=None), a_delivery(state="failed", due_at=None)
    Delivery.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(days=31))
    scheduler.tidy()
    assert list(Delivery.objects.all()) == [new]


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
        age(folder, scheduler.MIN_AGE + 1)
    scheduler.tidy()
    assert sorted(tmp_path.iterdir()) == sorted([working, fresh])


def test_tidying_removes_uploads_whose_server_was_killed(settings, tmp_path):
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    old, new = tmp_path / "tmp1.upload.mp3", tmp_path / "tmp2.upload.mp3"
    for file in (old, new):
        file.write_bytes(b"half a song")
    age(old, scheduler.MIN_AGE + 1)
    scheduler.tidy()
    assert list(tmp_path.iterdir()) == [new]


def age(folder: Path, seconds: float) -> None:
    modified = time.time() - seconds
    os.utime(folder, (modified, modified))


def test_what_a_ration_still_counts_stays(settings):
    settings.RATION_MAILS = [20, 2000, 86400]
    now = time.time()
    for name, age in (("mails", 7200), ("other", 90_000)):
        RateLimitSlot.objects.create(name=name, number=0, taken_at=now - age)
    scheduler.tidy()
    assert [slot.name for slot in RateLimitSlot.objects.all()] == ["mails"]


def test_log_ins_that_are_over_are_swept_up(db):
    for days in (-400, 1):
        session = SessionStore(f"session{days}".ljust(32, "x"))
        session.save(must_create=True)
        expires = timezone.now() + timedelta(days=days)
        Session.objects.filter(session_key=session.session_key).update(expire_date=expires)
    scheduler.tidy()
    assert [session.expire_date > timezone.now() for session in Session.objects.all()] == [True]
