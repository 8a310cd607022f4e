"""One webhook: what arrives, and what is recorded. Real HTTP on loopback."""

import time
from datetime import timedelta

import pytest
import requests
from django.utils import timezone

from tests.factories import a_delivery, a_finished_video
from tests.webhooks.deliveries import failed, never, sent
from videos.models import Delivery, Video, WebhookKey
from videos.payloads import crun, suno
from videos.webhooks import deliver, resend

pytestmark = pytest.mark.django_db
State = Delivery.State


def test_a_film_is_announced_with_the_field_names_of_the_suno_family(receiver):
    delivery = sent(a_delivery(url=receiver.url))
    assert delivery.state == State.DELIVERED
    (call,) = receiver.calls
    payload = call.json
    assert (payload["code"], payload["msg"]) == (200, "success")
    assert payload["data"]["task_id"] == delivery.video.pk.hex
    assert payload["data"]["video_url"].endswith(".mp4")
    assert payload == suno.webhook_payload(delivery.video)
    assert call.headers["Content-Type"] == "application/json"


def test_the_address_in_the_payload_plays_the_film(receiver, client):
    delivery = sent(a_delivery(url=receiver.url))
    url = receiver.calls[0].json["data"]["video_url"]
    film = client.get(url.removeprefix("http://testserver"))
    assert film["Content-Type"] == "video/mp4"
    assert len(b"".join(film)) == delivery.video.size


def test_a_failure_is_announced_with_the_field_names_of_the_suno_family(receiver):
    sent(a_delivery(failed(receiver)))
    payload = receiver.calls[0].json
    assert payload["code"] == 500
    assert payload["msg"] == "The renderer broke down."
    assert payload["data"]["video_url"] == ""


def test_a_film_is_announced_with_crun_s_field_names(receiver):
    delivery = sent(a_delivery(url=receiver.url, family="crun"))
    payload = receiver.calls[0].json
    assert payload == crun.task_info(delivery.video)
    assert (payload["status"], payload["task_id"]) == ("success", delivery.video.pk.hex)
    assert payload["result"]["media_urls"][0].endswith(".mp4")
    assert "code" not in payload


def test_a_failure_is_announced_with_crun_s_field_names(receiver):
    sent(a_delivery(failed(receiver, webhook_family="crun")))
    payload = receiver.calls[0].json
    assert payload["status"] == "failed"
    assert payload["result"] == {"code": 501, "message": "The renderer broke down."}


def test_words_of_any_script_arrive(receiver):
    sent(a_delivery(failed(receiver, error_message="Не вышло 🎵")))
    assert receiver.calls[0].json["msg"] == "Не вышло 🎵"


def test_the_key_is_in_no_log(receiver, caplog):
    caplog.set_level("DEBUG")
    delivery = a_delivery(url=receiver.url)
    key = WebhookKey.objects.renew(delivery.owner).key
    sent(delivery)
    assert key not in caplog.text
    assert "/hook" not in caplog.text.replace('"POST /hook?of=client HTTP/1.1" 200', "")


def test_a_receiver_that_comes_back_gets_the_delivery_by_the_same_id(receiver):
    delivery = a_delivery(url=receiver.url)
    receiver.answers = [503, receiver.hang_up]
    states = [sent(delivery).state for _ in range(3)]
    assert states == [State.WAITING, State.WAITING, State.DELIVERED]
    assert {each.headers["X-Webhook-Id"] for each in receiver.calls} == {str(delivery.pk)}
    assert len({each.body for each in receiver.calls}) == 1
    attempts = delivery.attempts.values_list("status_code", "error")
    assert list(attempts) == [
        (503, "The receiver answered 503."),
        (None, "The connection to the server broke."),
        (200, ""),
    ]
    assert all(each.milliseconds < 5000 for each in delivery.attempts.all())


def test_a_receiver_that_is_slow_costs_the_time_that_is_set(receiver, settings):
    settings.WEBHOOK_TIMEOUT_SECONDS = 0.5
    receiver.answer = receiver.hang
    delivery = sent(a_delivery(url=receiver.url))
    assert delivery.last_error == "The server did not answer within 0.5 seconds."
    assert 500 <= delivery.attempts.get().milliseconds < 1500


def test_a_private_address_is_never_called_and_looks_like_an_unknown_one(receiver, settings):
    settings.ALLOWED_PRIVATE_HOSTS = []
    private = sent(a_delivery(url=receiver.url))
    unknown = sent(a_delivery(url="https://nothing.invalid./hook"))
    for delivery in (private, unknown):
        assert delivery.state == State.WAITING
        assert delivery.last_error.endswith("no server that the public internet knows.")
    assert private.last_error == unknown.last_error
    assert not receiver.calls


def test_plain_http_can_be_forbidden(receiver, settings):
    settings.ALLOW_HTTP_WEBHOOKS = False
    delivery = sent(a_delivery(url="http://client.example/hook"))
    assert delivery.state == State.REFUSED
    assert "not one of https" in delivery.last_error


def test_a_placeholder_is_no_address_and_says_so():
    delivery = sent(a_delivery(url="playground"))
    assert (delivery.state, delivery.receiver) == (State.REFUSED, "")
    assert delivery.last_error == "The address is not one of the web."


def test_an_outcome_that_is_out_of_date_is_not_sent(receiver):
    video = failed(receiver)
    delivery = a_delivery(video)
    assert video.retry()
    assert sent(delivery).state == State.SUPERSEDED
    assert not receiver.calls


def test_a_call_at_which_the_portal_breaks_is_counted_and_repeated(receiver, monkeypatch, caplog):
    def breaks(video):
        raise RuntimeError("A bug.")

    monkeypatch.setattr(suno, "webhook_payload", breaks)
    delivery = sent(a_delivery(url=receiver.url))
    assert (delivery.state, delivery.attempt_count) == (State.WAITING, 1)
    assert delivery.last_error == "The portal itself broke down at this call."
    assert "A bug." in caplog.text


def test_a_call_that_kills_its_workers_is_made_three_times_and_counted(receiver):
    delivery = a_delivery(url=receiver.url)
    Delivery.objects.filter(pk=delivery.pk).update(crashed_claims=3)
    delivery = sent(delivery)
    assert (delivery.attempt_count, delivery.state) == (1, State.WAITING)
    assert "were lost" in delivery.last_error
    assert not receiver.calls


def test_a_worker_that_is_asked_to_end_releases_the_delivery(receiver):
    receiver.answer = receiver.hang
    delivery = a_delivery(url=receiver.url)
    claimed = Delivery.objects.claim(delivery.pk)
    started = time.monotonic()
    deliver(claimed, lambda: time.monotonic() - started > 0.3)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempt_count, delivery.crashed_claims) == (
        State.WAITING,
        0,
        0,
    )
    assert delivery.due_at <= timezone.now()
    assert not delivery.attempts.exists()


def test_a_video_that_is_deleted_at_that_moment_breaks_nothing(receiver):
    delivery = a_delivery(url=receiver.url)
    claimed = Delivery.objects.select_related("video__track__music_task").claim(delivery.pk)
    Video.objects.filter(pk=claimed.video.pk).delete()
    deliver(claimed, never)
    assert not Delivery.objects.exists()


def test_sent_again_it_carries_the_present_outcome(receiver, django_capture_on_commit_callbacks):
    video = failed(receiver)
    delivery = sent(a_delivery(video))
    Video.objects.filter(pk=video.pk).update(error_message="It was the disk.")
    with django_capture_on_commit_callbacks() as wakes:
        assert resend(delivery)
    assert len(wakes) == 1
    assert sent(delivery).state == State.DELIVERED
    assert [each.json["msg"] for each in receiver.calls] == [
        "The renderer broke down.",
        "It was the disk.",
    ]
    assert delivery.attempts.count() == 2


def test_what_is_being_sent_sends_no_message(receiver, django_capture_on_commit_callbacks):
    delivery = Delivery.objects.claim(a_delivery(url=receiver.url).pk)
    with django_capture_on_commit_callbacks() as wakes:
        assert not resend(delivery)
    assert not wakes


def test_one_call_costs_few_queries(receiver, django_assert_num_queries):
    delivery = a_delivery(a_finished_video(webhook_url=receiver.url, webhook_family="suno"))
    rows = Delivery.objects.select_related("video__track__music_task")
    claimed = rows.claim(delivery.pk)
    with django_assert_num_queries(6):  # the key; a savepoint around three writes
        deliver(claimed, never)


def test_the_receiver_of_these_tests_is_real(receiver):
    assert requests.post(receiver.url, timeout=5).status_code == 200
    assert receiver.calls[0].at - time.time() < timedelta(seconds=5).total_seconds()
