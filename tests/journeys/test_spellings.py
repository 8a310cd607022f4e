"""Each row of the stand-in's table of spellings, from the order to its outcome."""

import pytest

from tests.pairwise import at_night
from tests.standin import StandIn
from tests.standin.variants import FILM, VARIANTS
from videos import pipeline
from videos.models import Event
from videos.statuses import DelayReason, Failure, VideoStatus


@pytest.fixture(params=["kie", "sunoapi", "apikley", "crun"])
def any_portal(request, portal, settings):
    """Yield a portal with each of the vendors."""
    with StandIn(request.param) as vendor:
        settings.VENDORS = {request.param: vendor.settings}
        settings.ALLOWED_PRIVATE_HOSTS = [vendor.host]
        portal.vendor = vendor
        yield portal


@pytest.mark.parametrize("any_portal", ["kie", *at_night(["crun"])], indirect=True)
def test_every_spelling_of_a_status_has_its_outcome(any_portal):
    portal = any_portal
    family = portal.vendor.family
    for variant in VARIANTS:
        if not getattr(variant, family):
            continue
        portal.vendor.films.clear()
        ordered = portal.work(portal.order())
        portal.vendor.answer_with(variant)
        video = portal.work(ordered)
        message = (variant, video.error_message)
        assert (video.status, video.failure) == (variant.expected, variant.failure), message
        if variant.url == FILM:
            assert video.is_awaiting_copy, variant
        if variant.message and variant.failure:
            assert variant.message in video.error_message, variant
            assert video.events.filter(kind=Event.Kind.FAILED, detail=video.error_message), variant
        if variant.code == 531:
            assert "credits" in video.error_message, variant
        if not video.is_final:
            pipeline.cancel(video)


def test_a_packed_answer_and_a_packed_film_are_unpacked(any_portal):
    any_portal.vendor.gzips = True
    video = any_portal.work(any_portal.order())
    any_portal.vendor.finish()
    video = any_portal.work(any_portal.work(video))
    assert video.film.size == len(any_portal.vendor.files["film.mp4"])


def test_a_wall_against_bots_delays_an_order_and_a_poll(any_portal):
    video = any_portal.order()
    any_portal.vendor.breaks("mp4/generate", "bot wall", "bot wall", "bot wall")
    any_portal.vendor.breaks("job/CreateTask", "bot wall", "bot wall", "bot wall")
    for _ in range(3):
        video = any_portal.work(video)
        assert (video.status, video.delay_reason) == (VideoStatus.PENDING, DelayReason.DOWN)
    video = any_portal.work(video)
    any_portal.vendor.breaks("mp4/record-info", "bot wall")
    any_portal.vendor.breaks("job/TaskInfo", "bot wall")
    video = any_portal.work(video)
    assert (video.status, video.delay_reason) == (VideoStatus.PENDING, DelayReason.DOWN)
    any_portal.vendor.finish()
    assert any_portal.work(video).is_ready
    assert len(any_portal.vendor.films) == 1


def refusal(portal, code: int, message: str) -> None:
    """Let the vendor answer everything with ``code``."""
    portal.vendor.answer = lambda call: portal.vendor.envelope(code, message)


@pytest.mark.parametrize(
    ("code", "message", "failure"),
    [
        (500, "The current credits are insufficient.", Failure.CREDITS),
        (531, "The generation failed. Your credits have been refunded.", Failure.REFUSED),
        (500, "Sorry. Your credits have been refunded.", Failure.REFUSED),
    ],
)
def test_the_words_of_a_refused_order_reach_creator_and_history(any_portal, code, message, failure):
    video = any_portal.order()
    refusal(any_portal, code, message)
    video = any_portal.work(video)
    assert video.failure == failure
    assert message in video.error_message
    assert message in video.events.get(kind=Event.Kind.FAILED).detail


def test_a_server_errors_words_reach_the_history(portal):
    video = portal.order()
    refusal(portal, 500, "The upstream service is overloaded.")
    video = portal.work(video)
    assert "The upstream service is overloaded." in video.events.get(kind="delayed").detail


def test_credits_that_run_out_after_the_order_are_the_reason_of_the_delay(any_portal):
    video = any_portal.work(any_portal.order())
    code = 429 if any_portal.vendor.vendor == "sunoapi" else 402
    answer = any_portal.vendor.answer
    refusal(any_portal, code, "Insufficient credits.")
    video = any_portal.work(video)
    assert (video.status, video.delay_reason) == (VideoStatus.PENDING, DelayReason.CREDITS)
    assert "account" not in str(video.get_delay_reason_display())
    assert "no credits left" in video.events.get(kind="delayed").detail
    any_portal.vendor.answer = answer
    any_portal.vendor.finish()
    assert any_portal.work(video).is_ready


def test_credits_that_stay_away_for_a_day_are_the_reason_of_the_failure(portal):
    video = portal.work(portal.order())
    portal.age(video, hours=25)
    refusal(portal, 402, "Insufficient credits.")
    video = portal.work(video)
    assert (video.status, video.failure) == (VideoStatus.GENERATE_MP4_FAILED, Failure.CREDITS)


def test_an_order_that_failed_for_want_of_credits_is_sent_again(portal):
    video = portal.work(portal.order())
    portal.vendor.fail("The current credits are insufficient.")
    video = portal.work(video)
    assert (video.failure, video.status) == (Failure.CREDITS, VideoStatus.GENERATE_MP4_FAILED)
    portal.vendor.films.clear()  # the vendor has failed, so it makes the film again
    assert pipeline.retry(video)
    assert portal.work(video).vendor_task_id in portal.vendor.films
    assert portal.orders_sent() == 2


def test_a_task_whose_credits_are_given_back_ends_at_once(any_portal):
    video = any_portal.work(any_portal.order())
    refusal(any_portal, 531, "Your credits have been refunded.")
    video = any_portal.work(video)
    assert (video.status, video.failure) == (VideoStatus.GENERATE_MP4_FAILED, Failure.VENDOR)
    assert "Your credits have been refunded." in video.error_message


def test_an_order_that_was_taken_before_the_credits_ran_out_is_not_sent_twice(crun_portal):
    video = crun_portal.work(crun_portal.order())
    answer = crun_portal.vendor.answer
    crun_portal.age(video, hours=25)
    refusal(crun_portal, 402, "Insufficient credits.")
    video = crun_portal.work(video)
    assert video.failure == Failure.CREDITS
    crun_portal.vendor.answer = answer
    crun_portal.vendor.finish()
    assert pipeline.retry(video)
    assert crun_portal.work(video).is_ready
    assert crun_portal.orders_sent() == 1
