"""Rows are due, held and over by the database server's clock."""

import ast
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from tests.factories import a_delivery, a_mail, a_video
from videos import clock
from videos.clock import DatabaseClock, elapsed
from videos.models import Delivery, Mail, RateLimitSlot, Video, WorkerPulse

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("models", "pipeline", "webhooks", "mail", "accounts", "monitoring", "housekeeping")


@pytest.fixture
def database(monkeypatch):
    """Return a function that lets the database's clock be ahead of this machine's by seconds."""

    def set_ahead(seconds):
        other = DatabaseClock()
        now = elapsed()
        other.set(time.time() + seconds, now, now)
        monkeypatch.setattr(clock, "database_clock", other)

    return set_ahead


@pytest.mark.django_db
def test_a_machine_whose_clock_is_a_minute_slow_still_finds_what_is_due(database):
    video, delivery, mail = a_video(), a_delivery(), a_mail()
    database(60)
    due = clock.now() - timedelta(seconds=1)  # for this machine that is in a minute
    for row in (video, delivery, mail):
        type(row).objects.filter(pk=row.pk).update(due_at=due)
    claimed = Video.objects.claim(video.pk)
    assert claimed is not None
    assert abs(claimed.due_at - clock.now() - Video.objects.lease()) < timedelta(seconds=5)
    assert Delivery.objects.claim(delivery.pk)
    assert Mail.objects.claim(mail.pk)


@pytest.mark.django_db
def test_a_machine_whose_clock_is_a_minute_fast_takes_no_row_of_others(database):
    database(-60)
    video = a_video(due_at=clock.now() + Video.objects.lease())  # another worker holds it
    assert video.due_at < timezone.now()  # for this machine its lease is over
    assert Video.objects.claim(video.pk) is None


@pytest.mark.django_db
def test_signs_of_life_and_rations_go_by_the_same_clock(database):
    database(-3600)
    WorkerPulse.objects.record_heartbeat("work@here", "work")
    assert RateLimitSlot.objects.acquire("uploads", 1, 60) == 0
    assert WorkerPulse.objects.alive().exists()
    assert abs(WorkerPulse.objects.get().seen_at - clock.now()) < timedelta(seconds=5)
    assert abs(RateLimitSlot.objects.get().taken_at - clock.timestamp()) < 5


def test_a_step_of_the_machine_s_clock_changes_nothing(monkeypatch):
    here = DatabaseClock()
    here.set(1_000_000.0, elapsed(), elapsed())
    monkeypatch.setattr(time, "time", lambda: 0.0)
    assert 1_000_000 <= here.now().timestamp() < 1_000_005


def test_the_most_exact_reading_stays_for_a_minute():
    here = DatabaseClock()
    now = elapsed()
    here.set(1000.0, now, now + 0.5)
    here.set(2000.0, now, now + 0.1)
    here.set(3000.0, now, now + 0.2)
    assert 2000 <= here.now().timestamp() < 2005
    here.set(4000.0, now + clock.MAX_AGE + 1, now + clock.MAX_AGE + 2)
    assert here.now().timestamp() < 4000


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no server's clock")
def test_a_connection_of_the_pool_brings_the_server_s_time(monkeypatch):
    monkeypatch.setattr(
        "suno_portal.backends.postgres.base.database_clock", here := DatabaseClock()
    )
    beside = connection.copy()
    beside.connect()
    beside.close()
    assert abs(here.now() - timezone.now()) < timedelta(seconds=5)
    here.set(0.0, elapsed(), elapsed() + 9)  # not taken: the reading of the server was better
    assert here.now().year > 2000


def test_no_module_that_claims_or_ends_rows_asks_the_machine_for_the_time():
    calls = {
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for room in ROOMS
        for path in (ROOT / "videos" / room).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "timezone.now"
    }
    assert calls == set()
