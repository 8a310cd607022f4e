"""Reviews: when reports hide a video, and what operators decide."""

import pytest
from django.db import IntegrityError, transaction

from tests.factories import a_finished_video, a_user, an_operator
from videos.models import Report, Review, Video, ViewCount

pytestmark = pytest.mark.django_db
DISMISSED, TAKEN_DOWN = Review.Decision.DISMISSED, Review.Decision.TAKEN_DOWN


@pytest.fixture(autouse=True)
def threshold(settings):
    settings.REPORT_THRESHOLD = 3


def a_review() -> Review:
    return Review.objects.open_for(a_finished_video(visibility="public"))


def report(review: Review, network: str, reporter=None) -> bool:
    review.reports.create(reason="spam", network=network, reporter=reporter)
    return review.hide_if_due()


def is_hidden(review: Review) -> bool:
    return Video.objects.get(pk=review.video_id).hidden_at is not None


def test_a_video_has_one_open_review():
    review = a_review()
    assert Review.objects.open_for(review.video) == review
    with pytest.raises(IntegrityError), transaction.atomic():
        Review.objects.create(video=review.video)
    review.decide(DISMISSED, an_operator())
    assert Review.objects.open_for(review.video) != review


def test_so_many_networks_and_accounts_hide_a_video_once():
    review, ann = a_review(), a_user()
    assert not report(review, "a")
    assert not report(review, "a")  # the same network again
    assert not report(review, "b", ann)
    assert not report(review, "c", ann)  # the same account elsewhere
    assert not is_hidden(review)
    assert report(review, "d")
    assert is_hidden(review)
    assert not report(review, "e")
    assert [event.kind for event in review.video.events.all()] == ["hidden"]


def test_no_number_of_reports_hides_where_only_operators_do(settings):
    settings.REPORT_THRESHOLD = 0
    review = a_review()
    assert not any(report(review, str(number)) for number in range(10))


@pytest.mark.parametrize(("views", "needed"), [(0, 3), (79, 3), (100, 5), (10_000, 30)])
def test_a_few_do_not_take_down_what_many_watch(views, needed):
    review = a_review()
    ViewCount.objects.create(video=review.video, day="2026-11-30", place="page", count=views)
    assert [report(review, str(number)) for number in range(needed)].index(True) == needed - 1


def test_what_operators_let_stay_is_not_hidden_by_further_reports():
    review = a_review()
    assert [report(review, network) for network in "abc"] == [False, False, True]
    assert review.decide(DISMISSED, an_operator())
    assert not is_hidden(review)
    again = Review.objects.open_for(review.video)
    assert not any(report(again, network) for network in "defghijk")
    assert again.decide(TAKEN_DOWN, an_operator("second@example.com"))
    assert is_hidden(again)


def test_reports_from_where_one_was_dismissed_count_for_nothing():
    first, ann = a_review(), a_user()
    report(first, "a")
    report(first, "b", ann)
    first.decide(DISMISSED, an_operator())
    second = a_review()
    assert not any(report(second, network) for network in "ab")
    assert not report(second, "z", ann)
    assert second.count_reporters() == 0
    Report.objects.filter(review=first).update(created_at="2020-01-01T00:00Z")
    assert second.count_reporters() == 3


def test_a_decision_has_its_operator_and_can_be_reversed():
    review, operator = a_review(), an_operator()
    assert review.decide(TAKEN_DOWN, operator)
    assert is_hidden(review)
    assert (review.decided_by, bool(review.decided_at)) == (operator, True)
    assert not review.decide(TAKEN_DOWN, a_user())
    assert review.decide(DISMISSED, operator)
    assert not is_hidden(review)
    kinds = [event.kind for event in review.video.events.all()]
    assert kinds == ["taken_down", "may_stay"]


def test_one_review_does_not_show_what_another_hides():
    review = a_review()
    review.decide(TAKEN_DOWN, an_operator())
    other = Review.objects.open_for(review.video)
    other.decide(DISMISSED, an_operator("second@example.com"))
    assert is_hidden(review)


def test_only_the_first_answer_is_news():
    review = a_review()
    assert review.record_answer("It is mine.")
    assert not review.record_answer("It is mine, really.")
    assert review.answer == "It is mine, really."
