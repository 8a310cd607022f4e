"""Deliveries: made with each end of a video, claimed, counted, given up, sent again."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.factories import a_delivery, a_user, a_video
from videos.models import Delivery, DeliveryAttempt, Event, Video, WebhookKey
from videos.models.webhook_delivery import (
    AT_ONCE_FOR_OWNER,
    AT_ONCE_TO_RECEIVER,
    CROWDED,
    receiver_of,
)
from videos.statuses import Stage, VideoStatus

pytestmark = pytest.mark.django_db
State = Delivery.State
URL = "https://client.example/hook"


def claimed(**fields: object) -> Video:
    values = {"callback_url": URL, "callback_family": "suno", **fields}
    video = Video.objects.claim(a_video(**values).pk)
    assert video is not None
    return video


def taken(delivery: Delivery) -> Delivery:
    """Return ``delivery`` as a worker has claimed it, whenever it was due."""
    Delivery.objects.filter(pk=delivery.pk).update(due_at=timezone.now())
    mine = Delivery.objects.claim(delivery.pk)
    assert mine is not None
    return mine


def in_vain(status: int = 500) -> DeliveryAttempt:
    return DeliveryAttempt(
        status_code=status, error=f"The receiver answered {status}.", milliseconds=7
    )


def outcomes(video: Video) -> list[tuple[str, str]]:
    return list(video.deliveries.order_by("created_at").values_list("outcome", "state"))


ENDS = {
    "finished": (lambda video: video.finished(film="films/a.mp4"), "SUCCESS"),
    "failed": (lambda video: video.failed(Video.Failure.RENDER, "No."), "GENERATE_MP4_FAILED"),
    "cancelled": (lambda video: video.cancel(), "GENERATE_MP4_FAILED"),
    "refused": (
        lambda video: video.refused(VideoStatus.CREATE_TASK_FAILED, "refused", "No."),
        "CREATE_TASK_FAILED",
    ),
    "copied": (lambda video: video.copied(film="films/a.mp4"), "SUCCESS"),
    "lost": (lambda video: video.lost("Gone."), "GENERATE_MP4_FAILED"),
}


@pytest.mark.parametrize("name", ENDS)
def test_each_end_of_a_video_is_told(name):
    ends, outcome = ENDS[name]
    status = VideoStatus.SUCCESS if name in {"copied", "lost"} else VideoStatus.PENDING
    video = claimed(status=status)
    assert ends(video)
    delivery = video.deliveries.get()
    assert (delivery.outcome, delivery.state) == (outcome, State.WAITING)
    assert (delivery.owner, delivery.receiver) == (video.owner, "client.example:443")
    assert delivery.due_at <= timezone.now()


@pytest.mark.parametrize("name", ENDS)
def test_nobody_is_told_who_gave_no_address(name):
    ends, _outcome = ENDS[name]
    status = VideoStatus.SUCCESS if name in {"copied", "lost"} else VideoStatus.PENDING
    assert ends(claimed(status=status, callback_url="", callback_family=""))
    assert not Delivery.objects.exists()


@pytest.mark.parametrize("name", ENDS)
def test_a_worker_that_lost_its_claim_tells_nobody(name):
    ends, _outcome = ENDS[name]
    video = claimed(status=VideoStatus.SUCCESS)
    Video.objects.filter(pk=video.pk).update(attempt=video.attempt + 1)
    assert not ends(video)
    assert not Delivery.objects.exists()


def test_the_end_and_its_news_are_written_together_or_not_at_all(monkeypatch):
    video = claimed()

    def breaks(*args, **kwargs):
        raise RuntimeError("The disk is full.")

    monkeypatch.setattr(type(Delivery.objects.all()), "announce", breaks)
    with pytest.raises(RuntimeError):
        video.finished(film="films/a.mp4")
    video.refresh_from_db()
    assert video.status == VideoStatus.PENDING
    assert not video.events.exists()


def test_a_film_that_only_its_vendor_has_is_no_news_until_it_is_copied():
    video = claimed(provider="kie", vendor_task_id="1")
    url = "https://cdn.example/1.mp4"
    assert video.made(url, timezone.now() + timedelta(days=14), {})
    assert not video.deliveries.exists()
    mine = Video.objects.claim(video.pk)
    assert mine.not_copied(timedelta(), "Not now.")
    assert not video.deliveries.exists()
    mine = Video.objects.claim(video.pk)
    assert mine.copied(film="films/a.mp4")
    assert outcomes(video) == [("SUCCESS", "waiting")]


def test_news_that_is_made_again_overtakes_what_was_not_told_yet():
    video = claimed()
    video.failed(Video.Failure.RENDER, "No.")
    first = taken(video.deliveries.get())
    assert video.retry()
    again = Video.objects.claim(video.pk)
    assert again.finished(film="films/a.mp4")
    assert outcomes(video) == [("GENERATE_MP4_FAILED", "overtaken"), ("SUCCESS", "waiting")]
    assert not first.answered(DeliveryAttempt(status_code=200))
    assert outcomes(video)[0][1] == "overtaken"


def test_what_was_told_stays_told_when_the_video_is_made_again():
    video = claimed()
    video.failed(Video.Failure.RENDER, "No.")
    assert taken(video.deliveries.get()).answered(DeliveryAttempt(status_code=200))
    assert video.retry()
    Video.objects.claim(video.pk).finished(film="films/a.mp4")
    assert outcomes(video) == [("GENERATE_MP4_FAILED", "delivered"), ("SUCCESS", "waiting")]


def test_a_call_that_was_taken_ends_it_and_is_history():
    delivery = taken(a_delivery())
    assert delivery.answered(DeliveryAttempt(status_code=200, milliseconds=31))
    delivery.refresh_from_db()
    assert (delivery.state, delivery.due_at, delivery.calls) == (State.DELIVERED, None, 1)
    assert delivery.delivered_at is not None
    assert delivery.attempts.get().milliseconds == 31
    event = delivery.video.events.get()
    assert (event.kind, event.detail) == (Event.Kind.TOLD, "client.example:443")


def test_calls_in_vain_are_repeated_after_1_5_and_15_minutes_and_given_up():
    delivery = a_delivery()
    for minutes in (1, 5, 15):
        before = timezone.now()
        assert taken(delivery).missed(in_vain())
        delivery.refresh_from_db()
        assert delivery.state == State.WAITING
        pause = delivery.due_at - before
        assert timedelta(minutes=minutes) <= pause < timedelta(minutes=minutes, seconds=5)
        assert Delivery.objects.claim(delivery.pk) is None
    assert not delivery.video.events.exists()
    assert taken(delivery).missed(in_vain(503))
    delivery.refresh_from_db()
    assert (delivery.state, delivery.due_at, delivery.calls) == (State.FAILED, None, 4)
    assert delivery.last_error == "The receiver answered 503."
    assert [call.status_code for call in delivery.attempts.all()] == [500, 500, 500, 503]
    event = delivery.video.events.get()
    assert event.kind == Event.Kind.NOT_TOLD
    assert event.detail == "client.example:443: The receiver answered 503."


def test_the_pauses_are_set_by_the_operator(settings):
    settings.DELIVERY_RETRY_MINUTES = []
    delivery = a_delivery()
    taken(delivery).missed(in_vain())
    delivery.refresh_from_db()
    assert delivery.state == State.FAILED


def test_an_address_that_is_never_called_is_the_end_at_once():
    delivery = a_delivery()
    sentence = "The address leads into a private network."
    assert taken(delivery).refused(DeliveryAttempt(error=sentence))
    delivery.refresh_from_db()
    assert (delivery.state, delivery.due_at) == (State.REFUSED, None)
    assert delivery.last_error == sentence
    assert sentence in delivery.video.events.get().detail


def test_a_lost_worker_s_delivery_falls_due_once_its_receiver_s_time_is_over(settings):
    settings.DELIVERY_TIMEOUT_SECONDS, settings.WORK_LEASE_SECONDS = 15, 10
    delivery = taken(a_delivery())
    left = delivery.due_at - timezone.now()
    assert timedelta(seconds=24) < left <= timedelta(seconds=25)
    heir = taken(delivery)
    assert heir.tries == 2
    assert not delivery.answered(DeliveryAttempt(status_code=200))
    assert not DeliveryAttempt.objects.exists()
    assert heir.answered(DeliveryAttempt(status_code=200))


@pytest.mark.parametrize("state", [State.DELIVERED, State.FAILED, State.REFUSED, State.OVERTAKEN])
def test_it_can_be_sent_again_with_all_its_calls(state):
    delivery = a_delivery(state=state, due_at=None, calls=4)
    assert delivery.again()
    delivery.refresh_from_db()
    assert (delivery.state, delivery.calls) == (State.WAITING, 0)
    assert Delivery.objects.claim(delivery.pk) is not None


def test_what_waits_for_its_next_call_can_be_sent_now():
    delivery = a_delivery(due_at=timezone.now() + timedelta(minutes=15), calls=3)
    assert delivery.again()
    assert Delivery.objects.claim(delivery.pk) is not None


def test_what_is_being_sent_is_not_sent_again():
    delivery = taken(a_delivery())
    assert not delivery.again()
    assert delivery.answered(DeliveryAttempt(status_code=200))


def test_one_receiver_gets_so_many_calls_at_once_and_holds_up_nobody_else():
    owner = a_user()
    slow = [a_delivery(owner=owner) for _ in range(AT_ONCE_TO_RECEIVER + 3)]
    other_host = a_delivery(owner=owner, url="https://other.example/hook")
    other_person = a_delivery()
    for each in slow[:AT_ONCE_TO_RECEIVER]:
        taken(each)
    assert set(Delivery.objects.next_ones()) == {other_host, other_person}
    taken(slow[0]).answered(DeliveryAttempt(status_code=200))
    assert set(slow[AT_ONCE_TO_RECEIVER:]) <= set(Delivery.objects.next_ones())


def test_one_person_gets_so_many_calls_at_once_and_holds_up_nobody_else():
    owner = a_user()
    urls = [f"https://{n}.example/hook" for n in range(AT_ONCE_FOR_OWNER + 2)]
    mine = [a_delivery(owner=owner, url=url) for url in urls]
    for each in mine[:AT_ONCE_FOR_OWNER]:
        taken(each)
    other = a_delivery()
    assert list(Delivery.objects.next_ones()) == [other]


def test_receivers_that_failed_wait_while_many_calls_are_under_way():
    owner = a_user()
    dead = a_delivery(owner=owner, url="https://dead.example/1", calls=1)
    dead_too = a_delivery(owner=owner, url="https://dead.example/2")
    same_host = a_delivery(url="https://dead.example/3")
    well = a_delivery(owner=owner, url="https://well.example/")
    for _ in range(CROWDED - 1):
        taken(a_delivery())
    assert set(Delivery.objects.next_ones()) == {dead, dead_too, same_host, well}
    taken(a_delivery())
    assert set(Delivery.objects.next_ones()) == {same_host, well}


def test_what_is_next_is_found_by_two_queries_however_many_wait(django_assert_num_queries):
    for _ in range(12):
        a_delivery()
    for each in Delivery.objects.all()[:4]:
        taken(each)
    with django_assert_num_queries(2):
        assert len(Delivery.objects.next_ones()) == 8


def test_those_that_ended_are_forgotten_after_the_days_that_are_set(settings):
    settings.DELIVERY_KEPT_DAYS = 30
    old, young, waiting = a_delivery(state=State.DELIVERED), a_delivery(), a_delivery()
    Delivery.objects.filter(pk=young.pk).update(state=State.FAILED)
    long_ago = timezone.now() - timedelta(days=31)
    Delivery.objects.filter(pk__in=[old.pk, waiting.pk]).update(created_at=long_ago)
    assert list(Delivery.objects.old()) == [old]


def test_they_go_with_their_video():
    delivery = a_delivery()
    taken(delivery).answered(DeliveryAttempt(status_code=200))
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


def test_a_stage_is_no_news():
    video = claimed()
    video.started()
    video.progressed(Stage.DRAWING, 0.5, 1.0)
    video.paused()
    assert not Delivery.objects.exists()


def test_a_webhook_key_is_its_owner_s_and_is_made_anew():
    user, other = a_user(), a_user()
    assert WebhookKey.objects.key_of(user.pk) == ""
    first = WebhookKey.objects.renew(user).key
    assert len(first) >= 40
    second = WebhookKey.objects.renew(user).key
    assert WebhookKey.objects.key_of(user.pk) == second != first
    assert WebhookKey.objects.key_of(other.pk) == ""
    assert second not in str(user.webhook_key) + repr(user.webhook_key)


def test_a_video_without_an_address_does_not_ask_for_deliveries():
    video = claimed(callback_url="", callback_family="")
    with CaptureQueriesContext(connection) as seen:
        video.failed(Video.Failure.RENDER, "No.")
    assert len(seen) > 0
    assert not any("videos_delivery" in query["sql"] for query in seen)
