"""Ticks, which wake workers."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import a_delivery, a_finished_video, a_video
from videos.models import Delivery, ScheduledTask, Video
from videos.pipeline import scheduler
from videos.tasks import make_pictures

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


def test_only_a_tick_of_beat_is_noted(sent):
    scheduler.tick()
    assert not ScheduledTask.objects.ticks()
    scheduler.tick_by_clock()
    assert ScheduledTask.objects.ticks()


def test_a_tick_wakes_one_worker_while_a_film_has_no_small_pictures(sent, monkeypatch):
    monkeypatch.setattr(scheduler, "send_pictures", lambda: sent.append("pictures"))
    for _ in range(2):
        a_finished_video()
    scheduler.tick()
    assert sent == ["pictures"]
    make_pictures()
    scheduler.tick()
    assert sent == ["pictures"]
    assert not Video.objects.without_pictures().exists()
