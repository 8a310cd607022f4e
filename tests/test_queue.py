"""The queues: which videos are due in each, and the messages that wake workers."""

import pytest
from celery import current_app

from tests.pipeline.renderers import order
from videos import queue, tasks
from videos.models import Video

pytestmark = pytest.mark.django_db


def test_an_order_stands_though_the_broker_is_down(
    django_capture_on_commit_callbacks, monkeypatch, caplog
):
    def send_task(*args: object, **options: object) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr("celery.current_app.send_task", send_task)
    with django_capture_on_commit_callbacks(execute=True):
        video = order()
    assert Video.objects.due().filter(pk=video.pk).exists()
    assert "ConnectionRefusedError" in caplog.text


def test_every_message_names_a_registered_task(monkeypatch):
    sent = []
    monkeypatch.setattr("celery.current_app.send_task", lambda name, *a, **k: sent.append(name))
    queue.send_wakeup(queue.RENDER)
    queue.send_fetch()
    queue.send_analysis(7)
    queue.send_webhooks()
    assert len(sent) == 4
    assert set(sent) <= {f"{tasks.__name__}.{name}" for name in vars(tasks)} & set(
        current_app.tasks
    )
