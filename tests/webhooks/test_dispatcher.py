"""When which webhook is sent: real threads, real receivers."""

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
from videos.models.webhook_delivery import MAX_CONCURRENT_PER_RECEIVER
from videos.outbound.post import PostResult
from videos.webhooks import dispatcher, next_delivery, send_due, sending

pytestmark = pytest.mark.django_db(transaction=True)
State = Delivery.State
OK = PostResult(200)


def are_all_free() -> bool:
    """Return whether no thread sends anything: all lanes can be taken."""
    taken = 0
    while taken < dispatcher.THREADS and dispatcher.lanes.acquire(blocking=False):
        taken += 1
    for _ in range(taken):
        dispatcher.lanes.release()
    return taken == dispatcher.THREADS


@pytest.fixture(autouse=True)
def idle() -> Iterator[None]:
    """Wait until no thread sends anything, before the tables are emptied."""
    yield
    dispatcher.stopping.set()
    try:
        wait_for(are_all_free, 10, "A call goes on")
    finally:
        dispatcher.stopping.clear()


@pytest.fixture
def other(settings) -> Iterator[Receiver]:
    with Receiver() as other:
        settings.ALLOWED_PRIVATE_HOSTS = [*settings.ALLOWED_PRIVATE_HOSTS, other.host]
        yield other


def deliveries(owner, receiver: Receiver, count: int) -> list[Delivery]:
    video = a_video(
        owner, a_track(owner), status="GENERATE_MP4_FAILED", due_at=None,
        webhook_url=receiver.url, webhook_family="suno",
    )  # fmt: skip
    return [a_delivery(video) for _ in range(count)]


def delivered() -> int:
    return Delivery.objects.filter(state=State.DELIVERED).count()


def wait_until(what: Callable[[], bool], seconds: float = 20) -> None:
    wait_for(what, seconds, "It did not happen")


def test_all_that_is_due_is_sent_once(receiver):
    deliveries(a_user(), receiver, 12)
    assert send_due() >= 1
    wait_until(lambda: delivered() == 12)
    assert len(receiver.calls) == 12


def test_doubled_messages_send_once(receiver):
    deliveries(a_user(), receiver, 5)
    for _ in range(10):
        send_due()
    wait_until(lambda: delivered() == 5)
    send_due()
    time.sleep(0.3)
    ids = [call.headers["X-Webhook-Id"] for call in receiver.calls]
    assert len(ids) == len(set(ids)) == 5


def test_nothing_due_begins_nothing(receiver):
    delivery = a_delivery(url=receiver.url)
    Delivery.objects.filter(pk=delivery.pk).update(due_at=None)
    assert send_due() == 0


def test_a_hundred_for_a_slow_receiver_do_not_hold_up_another_one(receiver, other):
    receiver.answer = receiver.hang
    owner = a_user()
    deliveries(owner, receiver, 100)
    deliveries(owner, other, 3)  # the same person's
    deliveries(a_user(), other, 3)  # and another person's, all due after the hundred
    started = time.monotonic()
    send_due()
    wait_until(lambda: delivered() == 6)
    seconds = time.monotonic() - started
    assert seconds < 3, f"{seconds:.1f} s"
    assert len(other.calls) == 6
    assert len(receiver.calls) <= MAX_CONCURRENT_PER_RECEIVER


def test_forty_dead_receivers_hold_up_a_living_one_for_one_time_out_at_most(
    receiver, other, settings
):
    settings.WEBHOOK_TIMEOUT_SECONDS = 1.0
    settings.WEBHOOK_RETRY_MINUTES = [0.0] * 20  # the dead are due again at once
    receiver.answer = receiver.hang
    for _ in range(40):
        deliveries(a_user(), receiver, 3)
    send_due()
    wait_until(lambda: len(receiver.calls) > dispatcher.THREADS)  # each of them was tried once
    deliveries(a_user(), other, 5)
    started = time.monotonic()
    send_due()
    wait_until(lambda: delivered() == 5)
    seconds = time.monotonic() - started
    assert seconds < 2.5, f"{seconds:.1f} s"


def test_a_slow_receiver_gets_as_many_at_once_as_are_allowed(receiver):
    receiver.answer = receiver.delay(0.1)
    deliveries(a_user(), receiver, 10)
    send_due()
    wait_until(lambda: delivered() == 10)
    assert receiver.max_concurrent == MAX_CONCURRENT_PER_RECEIVER


def test_people_do_not_wait_for_each_other_at_the_same_receiver(receiver):
    receiver.answer = receiver.delay(0.5)
    for _ in range(4):
        deliveries(a_user(), receiver, 2)
    started = time.monotonic()
    send_due()
    wait_until(lambda: delivered() == 8)
    assert receiver.max_concurrent > MAX_CONCURRENT_PER_RECEIVER
    assert time.monotonic() - started < 3


def test_a_receiver_gets_its_webhooks_in_the_order_in_which_they_were_due(receiver):
    created = deliveries(a_user(), receiver, 6)
    for delivery in created:
        Delivery.objects.filter(pk=delivery.pk).update(due_at=timezone.now())
    claimed = [next_delivery() for _ in range(MAX_CONCURRENT_PER_RECEIVER)]
    assert [each.pk for each in claimed] == [
        each.pk for each in created[:MAX_CONCURRENT_PER_RECEIVER]
    ]
    assert next_delivery() is None


def test_no_more_threads_are_begun_than_there_may_be(receiver, monkeypatch):
    monkeypatch.setattr(dispatcher, "lanes", threading.BoundedSemaphore(3))
    monkeypatch.setattr(dispatcher, "THREADS", 3)
    receiver.answer = receiver.delay(0.3)
    for _ in range(6):
        deliveries(a_user(), receiver, 1)
    assert send_due() == 3
    assert send_due() == 0
    wait_until(lambda: delivered() == 6)
    assert receiver.max_concurrent == 3


def test_a_worker_that_is_asked_to_end_sends_nothing_and_releases_its_delivery(receiver):
    receiver.answer = receiver.hang
    (delivery,) = deliveries(a_user(), receiver, 1)
    send_due()
    wait_until(lambda: bool(receiver.calls))
    dispatcher.stopping.set()
    wait_until(are_all_free, 3)
    assert send_due() == 0
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempt_count, delivery.crashed_claims) == (
        State.WAITING,
        0,
        0,
    )


def test_who_waits_for_a_receiver_holds_no_connection_to_the_database(receiver, monkeypatch):
    connections = []
    monkeypatch.setattr(
        sending, "post", lambda *a, **k: connections.append(connection.connection) or OK
    )
    deliveries(a_user(), receiver, 1)
    send_due()
    wait_until(lambda: delivered() == 1)
    assert connections == [None]


def test_a_thread_that_cannot_start_frees_its_place(receiver, monkeypatch):
    def full(self):
        raise RuntimeError("can't start new thread")

    deliveries(a_user(), receiver, 1)
    monkeypatch.setattr(threading.Thread, "start", full)
    with pytest.raises(RuntimeError):
        send_due()
    assert are_all_free()


def test_a_database_that_is_gone_costs_no_thread(receiver, monkeypatch, caplog):
    deliveries(a_user(), receiver, 1)

    def gone(*args):
        raise OperationalError("server closed the connection")

    monkeypatch.setattr(dispatcher, "deliver", gone)
    send_due()
    wait_until(are_all_free)
    assert "OperationalError" in caplog.text
    monkeypatch.undo()
    monkeypatch.setattr(dispatcher, "next_delivery", gone)
    with pytest.raises(OperationalError):
        send_due()
    assert are_all_free()
