"""An order whose answer is lost, in every way and at every vendor, makes one task at the vendor."""

import random
import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from pytest_django.fixtures import Settings

from tests.api.caller import Caller
from tests.portal import Portal
from tests.standin import Dialect, StandIn
from tests.standin.server import VENDORS
from videos import pipeline
from videos.models import Circuit, Track, Video
from videos.pipeline import submission, vendor_calls
from videos.providers import http
from videos.providers.errors import ProviderError
from videos.statuses import Failure

ORDERS = {"suno": "mp4/generate", "crun": "job/CreateTask"}
# How an answer is lost after the vendor has booked the order
LOST = ("reset", "empty", "empty 500", "html", "html 502", "503", "html 504", "truncated")
LOST += ("cut JSON", "null", "a list", "false gzip", "not UTF-8", "hang")
# How an order fails before the vendor books it
REFUSED = ("throttled", "maintenance", "bot wall", "503", "html 502", "credits", "reset")
DEATHS = ("before the order", "after the order", "lease ran out")
SEEDS = 6  # in every run; the others are nightly
NIGHTLY_SEEDS = 200


@pytest.fixture(params=VENDORS)
def any_portal(
    request: pytest.FixtureRequest, portal: Portal, settings: Settings, monkeypatch
) -> Iterator[Portal]:
    """Yield a portal with each of the vendors; a vendor that hangs is not waited for long."""
    monkeypatch.setattr(http, "READ_TIMEOUT", 0.5)
    monkeypatch.setattr(http, "CONNECT_TIMEOUT", 0.15)
    with StandIn(request.param) as vendor:
        settings.VENDORS = {request.param: vendor.settings}
        settings.ALLOWED_PRIVATE_HOSTS = [vendor.host]
        portal.vendor = vendor
        yield portal


def work(portal: Portal, video: Video) -> Video:
    Circuit.objects.update(open_until=None, failures=0)
    return portal.work(video)


def die(portal: Portal, video: Video, moment: str) -> None:
    """Let a worker claim ``video`` and die at ``moment``."""
    Video.objects.filter(pk=video.pk, due_at__isnull=False).update(due_at=timezone.now())
    claimed = Video.objects.select_related("track__music_task").claim(video.pk)
    if claimed is None or claimed.is_at_vendor or claimed.is_final:
        return
    if moment == "lease ran out":  # while the order hangs, another worker takes over
        portal.vendor.on_order = lambda: take_over(portal, video)
    if moment == "before the order":
        claimed.mark_submitting()
        return
    vendor = vendor_calls.get_vendor(claimed.provider)
    if claimed.unconfirmed_submissions >= submission.max_unconfirmed(vendor):
        return
    claimed.mark_submitting()
    try:
        vendor.submit(submission.submission_of(claimed))
    except ProviderError:
        pass
    finally:
        portal.vendor.on_order = lambda: None


def take_over(portal: Portal, video: Video) -> None:
    """Let another worker take the next step, in a thread of the vendor's server."""
    portal.vendor.on_order = lambda: None
    try:
        work(portal, video)
    finally:
        connection.close()


def act(portal: Portal, video: Video, rng: random.Random) -> None:
    """Do one thing that creators, callbacks or the clock do while an order is open."""
    video.refresh_from_db()
    actions = ("nothing", "nothing", "retry", "cancel and retry", "page", "order", "switch")
    action = rng.choice(actions)
    if action == "retry" and not video.may_exist_at_vendor:
        pipeline.retry(video)
    elif action == "cancel and retry":
        pipeline.cancel(video)
        if not Video.objects.get(pk=video.pk).may_exist_at_vendor:
            pipeline.retry(video)
    elif action == "switch":
        pipeline.cancel(video)
        switch_and_return(portal, video)
    elif action == "page":
        pipeline.refresh_from_vendor(video)
    elif action == "order":
        portal.order(video.track)


def switch_and_return(portal: Portal, video: Video, *others: str) -> Video:
    """Try a failed video with other providers, and then with its vendor again."""
    for provider in (*(others or ("builtin",)), portal.vendor.vendor):
        pipeline.cancel(video)
        pipeline.retry(video, provider)
    return Video.objects.get(pk=video.pk)


def run_story(portal: Portal, seed: int) -> None:
    """Order one film while everything goes wrong that ``seed`` says; count the vendor's tasks."""
    rng = random.Random(seed)
    vendor = portal.vendor
    vendor.films.clear()
    vendor.failures.clear()
    vendor.lost_responses.clear()
    vendor.dialect = Dialect(exists=rng.choice((409, 422)), exists_with_id=rng.random() < 0.8)
    path = ORDERS[vendor.family]
    video = portal.order()
    if rng.random() < 0.3:
        vendor.breaks(path, *rng.choices(REFUSED, k=rng.randint(1, 2)))
    if rng.random() < 0.7:
        for kind in rng.choices(LOST, k=rng.randint(1, 3)):
            vendor.lose_response(path, kind=kind)
    if rng.random() < 0.4:
        die(portal, video, rng.choice(DEATHS))
    for _step in range(6):
        work(portal, video)
        act(portal, video, rng)
    assert len(vendor.films) <= 1, f"seed {seed}: {video.events.values_list('kind', 'detail')}"


def test_lost_answers_never_make_two_tasks(any_portal):
    for seed in range(SEEDS):
        run_story(any_portal, seed)


@pytest.mark.nightly
def test_two_hundred_lost_answers_never_make_two_tasks(any_portal):
    for seed in range(SEEDS, NIGHTLY_SEEDS):
        run_story(any_portal, seed)


@pytest.mark.parametrize("kind", LOST)
def test_each_lost_answer_leaves_one_task_that_is_followed_or_reported(any_portal, kind):
    vendor = any_portal.vendor
    vendor.lose_response(ORDERS[vendor.family], kind=kind)
    video = work(any_portal, work(any_portal, any_portal.order()))
    assert len(vendor.films) == 1
    if vendor.family == "suno":
        assert video.vendor_task_id in vendor.films
    else:
        assert video.failure == Failure.UNKNOWN
        assert video.may_exist_at_vendor


def test_two_workers_at_once_send_one_order(any_portal):
    video = any_portal.order()
    Circuit.objects.for_provider(any_portal.vendor.vendor)

    def advance() -> None:
        pipeline.advance(video.pk)
        connection.close()

    threads = [threading.Thread(target=advance) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert any_portal.orders_sent() == 1
    assert len(any_portal.vendor.films) == 1


@pytest.mark.parametrize("kind", ["reset", "html 502", "truncated", "hang"])
def test_word_times_whose_answer_is_lost_are_billed_once(any_portal, kind):
    if any_portal.vendor.family == "crun":
        pytest.skip("Crun has no word times.")
    track = any_portal.track()
    any_portal.vendor.lose_response("timestamped-lyrics", kind=kind)
    with pytest.raises(ProviderError):
        pipeline.fetch_word_times(track)
    for hours in (0, 1, 1000):
        past = timezone.now() - timedelta(hours=hours)
        Track.objects.filter(pk=track.pk).update(aligned_words_requested_at=past)
        assert not pipeline.fetch_word_times(Track.objects.get(pk=track.pk))
    assert any_portal.vendor.count("POST", "timestamped-lyrics") == 1


def test_an_order_that_is_cancelled_and_retried_on_its_way_is_sent_once(any_portal):
    """The creator cancels and tries again while the vendor has not answered yet."""
    video = any_portal.order()

    def cancel_and_retry() -> None:
        any_portal.vendor.on_order = lambda: None
        row = Video.objects.get(pk=video.pk)
        assert pipeline.cancel(row)
        assert pipeline.retry(row)
        any_portal.work(row)
        connection.close()

    any_portal.vendor.on_order = cancel_and_retry
    any_portal.work(video)
    assert len(any_portal.vendor.films) == 1
    (task_id,) = any_portal.vendor.films
    assert Video.objects.get(pk=video.pk).vendor_task_id == task_id


OTHERS = [("builtin",), ("apikley",), ("builtin", "apikley", "builtin")]


@pytest.mark.each_value
@pytest.mark.parametrize("others", OTHERS, ids=len)
@pytest.mark.parametrize("kind", ["reset", "html 502", "truncated", "hang"])
def test_an_order_whose_answer_is_lost_is_remembered_while_other_providers_are_tried(
    any_portal, kind, others
):
    vendor = any_portal.vendor
    vendor.lose_response(ORDERS[vendor.family], kind=kind)
    video = work(any_portal, any_portal.order())
    pipeline.cancel(video)
    for _round in range(2):
        video = work(any_portal, switch_and_return(any_portal, video, *others))
    assert len(vendor.films) == 1
    if vendor.family == "suno":  # which refuses a repeat: it told the id
        assert video.vendor_task_id in vendor.films
        return
    assert (video.failure, any_portal.orders_sent()) == (Failure.UNKNOWN, 1)
    assert "would be billed again" in video.error_message
    assert video.may_exist_at_vendor
    (task_id,) = vendor.films
    assert pipeline.adopt_vendor_task(video, task_id)
    vendor.finish()
    assert work(any_portal, video).is_ready


def test_a_task_that_the_vendor_took_is_followed_again_after_other_providers(any_portal):
    video = work(any_portal, any_portal.order())
    task_id = video.vendor_task_id
    pipeline.cancel(video)
    assert pipeline.retry(video, "builtin")
    away = Video.objects.get(pk=video.pk)
    assert (away.vendor_task_id, away.former_orders) == ("", {any_portal.vendor.vendor: task_id})
    back = switch_and_return(any_portal, away)
    assert (back.vendor_task_id, back.former_orders) == (task_id, {})
    any_portal.vendor.finish()
    assert work(any_portal, back).is_ready
    assert (len(any_portal.vendor.films), any_portal.orders_sent()) == (1, 1)


def test_a_task_that_failed_is_ordered_anew_after_other_providers(any_portal):
    video = work(any_portal, any_portal.order())
    any_portal.vendor.fail()
    failed = work(any_portal, video)
    assert failed.failure == Failure.VENDOR
    back = switch_and_return(any_portal, failed)
    assert (back.vendor_task_id, back.unconfirmed_submissions, back.former_orders) == ("", 0, {})


def test_an_order_that_was_not_taken_is_sent_after_other_providers(any_portal):
    vendor = any_portal.vendor
    vendor.breaks(ORDERS[vendor.family], "credits")
    video = work(any_portal, any_portal.order())
    assert video.failure == Failure.CREDITS
    assert work(any_portal, switch_and_return(any_portal, video)).vendor_task_id in vendor.films


def test_an_answer_that_comes_after_another_provider_was_chosen_is_not_lost(any_portal):
    """The creator moves the video away while the vendor has not answered yet."""
    video = any_portal.order()

    def move_away() -> None:
        any_portal.vendor.on_order = lambda: None
        row = Video.objects.get(pk=video.pk)
        assert pipeline.cancel(row)
        assert pipeline.retry(row, "builtin")
        connection.close()

    any_portal.vendor.on_order = move_away
    any_portal.work(video)
    (task_id,) = any_portal.vendor.films
    away = Video.objects.get(pk=video.pk)
    assert (away.provider, away.vendor_task_id) == ("builtin", "")
    assert switch_and_return(any_portal, away).vendor_task_id == task_id


def test_whoever_decides_after_the_warning_may_order_again(any_portal):
    if any_portal.vendor.family == "suno":
        pytest.skip("It refuses a repeat.")
    any_portal.vendor.lose_response(ORDERS["crun"])
    video = work(any_portal, any_portal.order())
    video = work(any_portal, switch_and_return(any_portal, video))
    assert video.failure == Failure.UNKNOWN
    any_portal.vendor.films.clear()  # it is not in the list of tasks there
    assert pipeline.retry(video)
    assert work(any_portal, video).vendor_task_id in any_portal.vendor.films


def test_an_order_whose_worker_died_is_not_doubled_by_cancelling(any_portal):
    video = any_portal.order()
    die(any_portal, video, "after the order")
    row = Video.objects.get(pk=video.pk)
    assert pipeline.cancel(row)
    assert pipeline.retry(row)
    work(any_portal, row)
    assert len(any_portal.vendor.films) == 1


def test_a_program_that_orders_again_after_a_lost_answer_makes_one_task(any_portal):
    vendor, caller = any_portal.vendor, Caller(any_portal.owner)
    vendor.lose_response(ORDERS[vendor.family])
    track = any_portal.track()
    first = caller.order(track, provider=vendor.vendor)["data"]
    for author in ("Ada", "Bob", "Ada"):
        work(any_portal, Video.objects.get(pk=first["taskId"]))
        answer = caller.order(track, provider=vendor.vendor, author=author)
        assert (answer["code"], answer["data"]) == (409, first)
    assert len(vendor.films) == 1
    if vendor.family == "crun":
        assert caller.details(first["taskId"])["data"]["successFlag"] == "CREATE_TASK_FAILED"
        assert "would bill another" in answer["msg"]
        assert any_portal.orders_sent() == 1


def test_the_form_leads_to_the_order_that_may_exist_where_its_owner_decides(any_portal, client):
    if any_portal.vendor.family == "suno":
        pytest.skip("It refuses a repeat.")
    any_portal.vendor.lose_response(ORDERS["crun"])
    video = work(any_portal, any_portal.order())
    client.force_login(any_portal.owner)
    form = {"song": video.track.pk, "provider": "crun", "format": "16:9", "author": "Bob"}
    page = client.post("/videos/new/", form, follow=True)
    assert page.redirect_chain == [(f"/videos/{video.pk}/", 302)]
    body = page.content.decode()
    for sentence in ("would bill another", "Follow this task", "Try again"):
        assert sentence in body
    assert Video.objects.count() == 1
    client.post(f"/videos/{video.pk}/retry/")
    assert work(any_portal, video).vendor_task_id
    assert any_portal.orders_sent() == 2  # by decision


def test_a_film_that_was_made_elsewhere_meanwhile_is_named_by_the_form(any_portal, client):
    if any_portal.vendor.family == "suno":
        pytest.skip("It refuses a repeat.")
    any_portal.vendor.lose_response(ORDERS["crun"])
    video = work(any_portal, any_portal.order())
    pipeline.retry(video, "builtin")
    Video.objects.update(status="SUCCESS", film="films/a.mp4")
    client.force_login(any_portal.owner)
    form = {"song": video.track.pk, "provider": "crun", "format": "16:9"}
    body = client.post("/videos/new/", form, follow=True).content.decode()
    assert "Delete this video if you want to order it there all the same" in body
    assert any_portal.orders_sent() == 1
