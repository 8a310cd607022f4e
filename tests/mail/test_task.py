"""The Celery task that sends mails."""

import pytest
from celery import current_app

from videos import mail, queue, tasks
from videos.pipeline import scheduler


@pytest.mark.parametrize("sent", [True, False])
def test_it_sends_one_mail_and_wakes_workers_for_the_rest(monkeypatch, sent):
    calls = []
    monkeypatch.setattr(mail, "send_next", lambda: calls.append("send") or sent)
    monkeypatch.setattr(scheduler, "tick", lambda: calls.append("tick"))
    tasks.send_mail()
    assert calls == ["send", *(["tick"] if sent else [])]


def test_its_message_names_a_registered_task(monkeypatch):
    messages = []
    monkeypatch.setattr(
        "celery.current_app.send_task", lambda name, *a, **k: messages.append((name, k["queue"]))
    )
    queue.send_mails()
    assert messages == [("videos.tasks.send_mail", queue.WORK)]
    assert messages[0][0] in current_app.tasks
