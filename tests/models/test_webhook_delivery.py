"""Webhook deliveries: created with each outcome, claimed, retried, given up, sent again."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.factories import a_delivery, a_user, a_video
from videos.models import Delivery, DeliveryAttempt, Event, User, Video, WebhookKey
from videos.models.webhook_delivery import (
    BUSY_THRESHOLD,
    MAX_CONCURRENT_PER_OWNER,
    MAX_CONCURRENT_PER_RECEIVER,
    receiver_of,
)
from videos.statuses import Failure, Stage, VideoStatus

pytestmark = pytest.mark.django_db
State = Delivery.State
URL = "https://client.example/hook"


def claimed(**fields: object) -> Video:
    values = {"webhook_url": URL, "webhook_family": "suno", **fields}
    video = Video.objects.claim(a_video(**values).pk)
    assert video is not None
    return video


def claim(delivery: Delivery) -> Delivery:
    """Make ``delivery`` due, claim it, and return the claimed row."""
    Delivery.objects.filter(pk=delivery.pk).update(due_at=timezone.now())
    row = Delivery.objects.claim(delivery.pk)
    assert row is not None
    return row


def failed_attempt(status: int = 500) -> DeliveryAttempt:
    return DeliveryAttempt(
        status_code=status, error=f"The receiver answered {status}.", milliseconds=7
    )


def outcomes(video: Video) -> list[tuple[str, str]]:
    return list(video.deliveries.order_by("created_at").values_list("outcome", "state"))


OUTCOMES = {
    "finished": (lambda video: video.mark_finished(film="films/a.mp4"), "SUCCESS"),
    "failed": (lambda video: video.mark_failed(Failure.RENDER, "No."), "GENERATE_MP4_FAILED"),
    "cancelled": (lambda video: video.cancel(), "GENERATE_MP4_FAILED"),
    "refused": (
        lambda video: video.mark_vendor_failed(VideoStatus.CREATE_TASK_FAILED, "refused", "No."),
        "CREATE_TASK_FAILED",
    ),
    "copied": (lambda video: video.mark_copied(film="films/a.mp4"), "SUCCESS"),
    "lost": (lambda video: video.mark_lost("Gone."), "GENERATE_MP4_FAILED"),
}


@pytest.mark.parametrize("name", OUTCOMES)
def test_each_outcome_of_a_video_creates_a_delivery(name):
    write, outcome = OUTCOMES[name]
    status = VideoStatus.SUCCESS if name in {"copied", "lost"} else VideoStatus.PENDING
    video = claimed(status=status)
    assert write(video)
    delivery = video.deliveries.get()
    assert (delivery.outcome, delivery.state) == (outcome, State.WAITING)
    assert (delivery.owner, delivery.receiver) == (video.owner, "client.example:443")
    assert delivery.due_at <= timezone.now()


@pytest.mark.parametrize("name", OUTCOMES)
def test_without_an_address_there_is_no_delivery(name):
    write, _outcome = OUTCOMES[name]
    status = VideoStatus.SUCCESS if name in {"copied", "lost"} else VideoStatus.PENDING
    assert write(claimed(status=status, webhook_url="", webhook_family=""))
    assert not Delivery.objects.exists()


@pytest.mark.parametrize("name", OUTCOMES)
def test_a_worker_that_lost_its_claim_creates_no_delivery(name):
    write, _outcome = OUTCOMES[name]
    video = claimed(status=VideoStatus.SUCCESS)
    Video.objects.filter(pk=video.pk).update(fencing_token=video.fencing_token + 1)
    assert not write(video)
    assert not Delivery.objects.exists()


def test_the_outcome_and_its_delivery_are_written_together_or_not_at_all(monkeypatch):
    video = claimed()

    def breaks(*args, **kwargs):
        raise RuntimeError("The disk is full.")

    monkeypatch.setattr(type(Delivery.objects.all()), "enqueue", breaks)
    with pytest.raises(RuntimeError):
        video.mark_finished(film="films/a.mp4")
    video.refresh_from_db()
    assert video.status == VideoStatus.PENDING
    assert not video.events.exists()


def test_a_film_that_only_its_vendor_has_is_announced_when_it_is_copied():
    video = claimed(provider="kie", vendor_task_id="1")
    url = "https://cdn.example/1.mp4"
    assert video.mark_made(url, timezone.now() + timedelta(days=14), {})
    assert not video.deliveries.exists()
    claimed_video = Video.objects.claim(video.pk)
    assert claimed_video.record_copy_failure(timedelta(), "Not now.")
    assert not video.deliveries.exists()
    claimed_video = Video.objects.claim(video.pk)
    assert claimed_video.mark_copied(film="films/a.mp4")
    assert outcomes(video) == [("SUCCESS", "waiting")]


def test_a_new_outcome_supersedes_one_that_was_not_delivered_yet():
    video = claimed()
    video.mark_failed(Failure.RENDER, "No.")
    first = claim(video.deliveries.get())
    assert video.retry()
    again = Video.objects.claim(video.pk)
    assert again.mark_finished(film="films/a.mp4")
    assert outcomes(video) == [("GENERATE_MP4_FAILED", "overtaken"), ("SUCCESS", "waiting")]
    assert not first.mark_delivered(DeliveryAttempt(status_code=200))
    assert outcomes(video)[0][1] == "overtaken"


def test_what_was_delivered_stays_delivered_when_the_video_is_made_again():
    video = claimed()
    video.mark_failed(Failure.RENDER, "No.")
    assert claim(video.deliveries.get()).mark_delivered(DeliveryAttempt(status_code=200))
    assert video.retry()
    Video.objects.claim(video.pk).mark_finished(film="films/a.mp4")
    assert outcomes(video) == [("GENERATE_MP4_FAILED", "delivered"), ("SUCCESS", "waiting")]


def test_an_accepted_attempt_ends_it_and_is_in_the_history():
    delivery = claim(a_delivery())
    assert delivery.mark_delivered(DeliveryAttempt(status_code=200, milliseconds=31))
    delivery.refresh_from_db()
    assert (delivery.state, delivery.due_at, delivery.attempt_count) == (State.DELIVERED, None, 1)
    assert delivery.delivered_at is not None
    assert delivery.attempts.get().milliseconds == 31
    event = delivery.video.events.get()
    assert (event.kind, event.detail) == (Event.Kind.WEBHOOK_DELIVERED, "client.example:443")


def test_failed_attempts_are_retried_after_1_5_and_15_minutes_and_given_up():
    delivery = a_delivery()
    for minutes in (1, 5, 15):
        before = timezone.now()
        assert claim(delivery).record_failure(failed_attempt())
        delivery.refresh_from_db()
        assert delivery.state == State.WAITING
        backoff = delivery.due_at - before
        assert timedelta(minutes=minutes) <= backoff < timedelta(minutes=minutes, seconds=5)
        assert Delivery.objects.claim(delivery.pk) is None
    assert not delivery.video.events.exists()
    assert claim(delivery).record_failure(failed_attempt(503))
    delivery.refresh_from_db()
    assert (delivery.state, delivery.due_at, delivery.attempt_count) == (State.FAILED, None, 4)
    assert delivery.last_error == "The receiver answered 503."
    assert [call.status_code for call in delivery.attempts.all()] == [500, 500, 500, 503]
    event = delivery.video.events.get()
    assert event.kind == Event.Kind.WEBHOOK_FAILED
    assert event.detail == "client.example:443: The receiver answered 503."


def test_the_retry_schedule_is_set_by_the_operator(settings):
    settings.WEBHOOK_RETRY_MINUTES = []
    delivery = a_delivery()
    claim(delivery).record_failure(failed_attempt())
    delivery.refresh_from_db()
    assert delivery.state == State.FAILED


def test_an_address_that_is_never_called_is_the_end_at_once():
    delivery = a_delivery()
    sentence = "The address leads into a private network."
    assert claim(delivery).mark_refused(DeliveryAttempt(error=sentence))
    delivery.refresh_from_db()
    assert (delivery.state, delivery.due_at) == (State.REFUSED, None)
    assert delivery.last_error == sentence
    assert sentence in delivery.video.events.get().detail


def test_a_lost_worker_s_delivery_falls_due_once_its_receiver_s_time_is_over(settings):
    settings.WEBHOOK_TIMEOUT_SECONDS, settings.WORK_LEASE_SECONDS = 15, 10
    delivery = claim(a_delivery())
    left = delivery.due_at - timezone.now()
    assert timedelta(seconds=24) < left <= timedelta(seconds=25)
    second = claim(delivery)
    assert second.crashed_claims == 2
    assert not delivery.mark_delivered(DeliveryAttempt(status_code=200))
    assert not DeliveryAttempt.objects.exists()
    assert second.mark_delivered(DeliveryAttempt(status_code=200))


@pytest.mark.parametrize("state", [State.DELIVERED, State.FAILED, State.REFUSED, State.SUPERSEDED])
def test_it_can_be_sent_again_with_all_its_calls(state):
    delivery = a_delivery(state=state, due_at=None, attempt_count=4)
    assert delivery.resend()
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempt_count) == (State.WAITING, 0)
    assert Delivery.objects.claim(delivery.pk) is not None


def test_what_waits_for_its_next_call_can_be_sent_now():
    delivery = a_delivery(due_at=timezone.now() + timedelta(minutes=15), attempt_count=3)
    assert delivery.resend()
    assert Delivery.objects.claim(delivery.pk) is not None


def test_what_is_being_sent_is_not_sent_again():
    delivery = claim(a_delivery())
    assert not delivery.resend()
    assert delivery.mark_delivered(DeliveryAttempt(status_code=200))


def test_one_receiver_gets_so_many_calls_at_once_and_holds_up_nobody_else():
    owner = a_user()
    slow = [a_delivery(owner=owner) for _ in range(MAX_CONCURRENT_PER_RECEIVER + 3)]
    other_host = a_delivery(owner=owner, url="https://other.example/hook")
    other_person = a_delivery()
    for each in slow[:MAX_CONCURRENT_PER_RECEIVER]:
        claim(each)
    assert set(Delivery.objects.sendable()) == {other_host, other_person}
    claim(slow[0]).mark_delivered(DeliveryAttempt(status_code=200))
    assert set(slow[MAX_CONCURRENT_PER_RECEIVER:]) <= set(Delivery.objects.sendable())


def test_one_person_gets_so_many_calls_at_once_and_holds_up_nobody_else():
    owner = a_user()
    urls = [f"https://{n}.example/hook" for n in range(MAX_CONCURRENT_PER_OWNER + 2)]
    deliveries = [a_delivery(owner=owner, url=url) for url in urls]
    for each in deliveries[:MAX_CONCURRENT_PER_OWNER]:
        claim(each)
    other = a_delivery()
    assert list(Delivery.objects.sendable()) == [other]


def test_receivers_that_failed_wait_while_many_calls_are_under_way():
    owner = a_user()
    dead = a_delivery(owner=owner, url="https://dead.example/1", attempt_count=1)
    dead_too = a_delivery(owner=owner, url="https://dead.example/2")
    same_host = a_delivery(url="https://dead.example/3")
    well = a_delivery(owner=owner, url="https://well.example/")
    for _ in range(BUSY_THRESHOLD - 1):
        claim(a_delivery())
    assert set(Delivery.objects.sendable()) == {dead, dead_too, same_host, well}
    claim(a_delivery())
    assert set(Delivery.objects.sendable()) == {same_host, well}


def test_what_is_next_is_found_by_two_queries_however_many_wait(django_assert_num_queries):
    for _ in range(12):
        a_delivery()
    for each in Delivery.objects.all()[:4]:
        claim(each)
    with django_assert_num_queries(2):
        assert len(Delivery.objects.sendable()) == 8


def test_those_that_ended_expire_after_the_days_that_are_set(settings):
    settings.WEBHOOK_RETENTION_DAYS = 30
    old, young, waiting = a_delivery(state=State.DELIVERED), a_delivery(), a_delivery()
    Delivery.objects.filter(pk=young.pk).update(state=State.FAILED)
    long_ago = timezone.now() - timedelta(days=31)
    Delivery.objects.filter(pk__in=[old.pk, waiting.pk]).update(created_at=long_ago)
    assert list(Delivery.objects.expired()) == [old]


def test_they_go_with_their_video():
    delivery = a_delivery()
    claim(delivery).mark_delivered(DeliveryAttempt(status_code=200))
    delivery.video.delete()
    assert not Delivery.objects.exists()
    assert not DeliveryAttempt.objects.exists()


@pytest.mark.parametrize(
    ("url", "receiver"),
    [
        ("https://Client.example/hook?secret=1", "client.example:443"),
        ("http://client.example:8080/", "client.example:8080"),
        ("http://[::1]/", "[::1]:80"),
        ("https://user:password@client.example/", "client.example:443"),
        ("playground", ""),
        ("https://[", ""),
        ("https://", ""),
        ("ftp://client.example/", ""),
        (f"https://{'a' * 1900}.example/", f"{'a' * 260}"),
    ],
)
def test_a_receiver_is_known_by_host_and_port_and_nothing_secret(url, receiver):
    assert receiver_of(url) == receiver


def test_a_stage_creates_no_delivery():
    video = claimed()
    video.mark_started()
    video.record_progress(Stage.DRAWING, 0.5, 1.0)
    video.mark_paused()
    assert not Delivery.objects.exists()


def test_a_webhook_key_is_its_owner_s_and_is_made_anew():
    user, other = a_user(), a_user()
    assert WebhookKey.objects.key_for(user.pk) == ""
    first = WebhookKey.objects.renew(user).key
    assert len(first) >= 40
    second = WebhookKey.objects.renew(user).key
    assert WebhookKey.objects.key_for(user.pk) == second != first
    assert WebhookKey.objects.key_for(other.pk) == ""
    assert second not in str(user.webhook_key) + repr(user.webhook_key)


def test_a_video_without_an_address_does_not_ask_for_deliveries():
    video = claimed(webhook_url="", webhook_family="")
    with CaptureQueriesContext(connection) as queries:
        video.mark_failed(Failure.RENDER, "No.")
    assert len(queries) > 0
    assert not any("videos_delivery" in query["sql"] for query in queries)


def test_nothing_is_sent_for_a_person_who_is_switched_off():
    delivery = a_delivery()
    User.objects.update(is_active=False)
    assert not Delivery.objects.sendable().exists()
    User.objects.update(is_active=True)
    assert Delivery.objects.sendable().get() == delivery
