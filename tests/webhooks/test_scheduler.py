"""Who is called when: real threads, real receivers."""

import threading
import time
from collections.abc import Callable, Iterator

import pytest
from django.db import OperationalError, connection
from django.utils import timezone

from tests.factories import a_delivery, a_track, a_user, a_video
from tests.receiver import Receiver
from tests.stack import wait_for
from videos.models import Delivery
from videos.models.webhook_delivery import AT_ONCE_TO_RECEIVER
from videos.outbound.post import Answer
from videos.webhooks import begin_due, next_one, scheduler, sending

pytestmark = pytest.mark.django_db(transaction=True)
State = Delivery.State
OK = Answer(200)


@pytest.fixture(autouse=True)
def idle() -> Iterator[None]:
    """Let every call be over before the tables are emptied."""
    yield
    scheduler.stopping.set()
    try:
        wait_for(lambda: scheduler._free._value == scheduler.THREADS, 10, "A call goes on")
    finally:
        scheduler.stopping.clear()


@pytest.fixture
def other(settings) -> Iterator[Receiver]:
    with Receiver() as other:
        settings.ALLOWED_PRIVATE_HOSTS = [*settings.ALLOWED_PRIVATE_HOSTS, other.host]
        yield other


def deliveries(owner, receiver: Receiver, count: int) -> list[Delivery]:
    video = a_video(
        owner, a_track(owner), status="GENERATE_MP4_FAILED", due_at=None,
        callback_url=receiver.url, callback_family="suno",
    )  # fmt: skip
    return [a_delivery(video) for _ in range(count)]


def delivered() -> int:
    return Delivery.objects.filter(state=State.DELIVERED).count()


def until(what: Callable[[], bool], seconds: float = 20) -> None:
    wait_for(what, seconds, "It did not happen")


def test_all_that_is_due_is_sent_once(receiver):
    deliveries(a_user(), receiver, 12)
    assert begin_due() >= 1
    until(lambda: delivered() == 12)
    assert len(receiver.calls) == 12


def test_doubled_messages_send_once(receiver):
    deliveries(a_user(), receiver, 5)
    for _ in range(10):
        begin_due()
    until(lambda: delivered() == 5)
    begin_due()
    time.sleep(0.3)
    ids = [call.headers["X-Webhook-Id"] for call in receiver.calls]
    assert len(ids) == len(set(ids)) == 5


def test_nothing_due_begins_nothing(receiver):
    delivery = a_delivery(url=receiver.url)
    Delivery.objects.filter(pk=delivery.pk).update(due_at=None)
    assert begin_due() == 0


def test_a_hundred_for_a_slow_receiver_do_not_hold_up_another_one(receiver, other):
    receiver.answer = receiver.hang
    owner = a_user()
    deliveries(owner, receiver, 100)
    deliveries(owner, other, 3)  # the same person's
    deliveries(a_user(), other, 3)  # and somebody else's, all behind the hundred
    began = time.monotonic()
    begin_due()
    until(lambda: delivered() == 6)
    took = time.monotonic() - began
    assert took < 3, f"{took:.1f} s"
    assert len(other.calls) == 6
    assert len(receiver.calls) <= AT_ONCE_TO_RECEIVER


def test_forty_dead_receivers_hold_up_a_living_one_for_one_time_out_at_most(
    receiver, other, settings
):
    settings.DELIVERY_TIMEOUT_SECONDS = 1.0
    settings.DELIVERY_RETRY_MINUTES = [0.0] * 20  # the dead are due again at once
    receiver.answer = receiver.hang
    for _ in range(40):
        deliveries(a_user(), receiver, 3)
    begin_due()
    until(lambda: len(receiver.calls) > scheduler.THREADS)  # all were met once
    deliveries(a_user(), other, 5)
    began = time.monotonic()
    begin_due()
    until(lambda: delivered() == 5)
    took = time.monotonic() - began
    assert took < 2.5, f"{took:.1f} s"


def test_a_slow_receiver_is_asked_by_so_many_at_once_as_are_allowed(receiver):
    receiver.answer = receiver.pause(0.1)
    deliveries(a_user(), receiver, 10)
    begin_due()
    until(lambda: delivered() == 10)
    assert receiver.most_at_once == AT_ONCE_TO_RECEIVER


def test_people_do_not_wait_for_each_other_at_the_same_receiver(receiver):
    receiver.answer = receiver.pause(0.5)
    for _ in range(4):
        deliveries(a_user(), receiver, 2)
    began = time.monotonic()
    begin_due()
    until(lambda: delivered() == 8)
    assert receiver.most_at_once > AT_ONCE_TO_RECEIVER
    assert time.monotonic() - began < 3


def test_a_receiver_gets_its_news_in_the_order_in_which_it_came(receiver):
    made = deliveries(a_user(), receiver, 6)
    for delivery in made:
        Delivery.objects.filter(pk=delivery.pk).update(due_at=timezone.now())
    taken = [next_one() for _ in range(AT_ONCE_TO_RECEIVER)]
    assert [each.pk for each in taken] == [each.pk for each in made[:AT_ONCE_TO_RECEIVER]]
    assert next_one() is None


def test_no_more_threads_are_begun_than_there_may_be(receiver, monkeypatch):
    monkeypatch.setattr(scheduler, "_free", threading.BoundedSemaphore(3))
    monkeypatch.setattr(scheduler, "THREADS", 3)
    receiver.answer = receiver.pause(0.3)
    for _ in range(6):
        deliveries(a_user(), receiver, 1)
    assert begin_due() == 3
    assert begin_due() == 0
    until(lambda: delivered() == 6)
    assert receiver.most_at_once == 3


def test_a_worker_that_is_asked_to_end_begins_nothing_and_gives_back(receiver):
    receiver.answer = receiver.hang
    (delivery,) = deliveries(a_user(), receiver, 1)
    begin_due()
    until(lambda: bool(receiver.calls))
    scheduler.stopping.set()
    until(lambda: scheduler._free._value == scheduler.THREADS, 3)
    assert begin_due() == 0
    delivery.refresh_from_db()
    assert (delivery.state, delivery.calls, delivery.tries) == (State.WAITING, 0, 0)


def test_who_waits_for_a_receiver_holds_no_connection_to_the_database(receiver, monkeypatch):
    held = []
    monkeypatch.setattr(sending, "post", lambda *a, **k: held.append(connection.connection) or OK)
    deliveries(a_user(), receiver, 1)
    begin_due()
    until(lambda: delivered() == 1)
    assert held == [None]


def test_a_thread_that_cannot_begin_frees_its_place(receiver, monkeypatch):
    def full(self):
        raise RuntimeError("can't start new thread")

    deliveries(a_user(), receiver, 1)
    monkeypatch.setattr(threading.Thread, "start", full)
    with pytest.raises(RuntimeError):
        begin_due()
    assert scheduler._free._value == scheduler.THREADS


def test_a_database_that_is_gone_costs_no_thread(receiver, monkeypatch, caplog):
    deliveries(a_user(), receiver, 1)

    def gone(*args):
        raise OperationalError("server closed the connection")

    monkeypatch.setattr(scheduler, "deliver", gone)
    begin_due()
    until(lambda: scheduler._free._value == scheduler.THREADS)
    assert "OperationalError" in caplog.text
    monkeypatch.undo()
    monkeypatch.setattr(scheduler, "next_one", gone)
    with pytest.raises(OperationalError):
        begin_due()
    assert scheduler._free._value == scheduler.THREADS
