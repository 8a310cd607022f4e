"""The claim of a row: progress renews its lease, and an outage loses no result."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import OperationalError
from django.utils import timezone

from tests.factories import a_playable_track, a_video
from tests.pipeline.renderers import film_at, make_due, order
from videos import pipeline
from videos.models import Video
from videos.pipeline import claim
from videos.render.scene import Film, Progress, Scene
from videos.statuses import Stage, VideoStatus

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("not_stopping")]


def test_progress_is_written_and_renews_the_lease(renderer):
    def render(
        scene: Scene,
        output: Path,
        on_progress: Callable[[Progress], None],
        should_stop: Callable[[], bool],
        **_: object,
    ) -> Film:
        make_due(video)
        on_progress(Progress("drawing", 0.4, 7.0))
        should_stop()
        row = Video.objects.get(pk=video.pk)
        assert (row.stage, row.fraction, row.seconds_left) == (Stage.DRAWING, 0.4, 7.0)
        assert row.due_at > timezone.now()
        return film_at(output)

    renderer(render)
    video = order()
    pipeline.advance(str(video.pk))
    assert Video.objects.get(pk=video.pk).is_ready


def test_heartbeats_are_no_more_than_two_a_second(renderer, django_assert_num_queries):
    def render(scene: Scene, output: Path, should_stop: Callable[[], bool], **_: object) -> Film:
        should_stop()
        with django_assert_num_queries(0):
            for _ in range(100):
                should_stop()
        return film_at(output)

    renderer(render)
    video = order()
    pipeline.advance(str(video.pk))
    assert Video.objects.get(pk=video.pk).is_ready


@pytest.fixture
def video(portal) -> Video:
    """Return a finished video whose film only the vendor has."""
    video = portal.work(portal.order())
    portal.vendor.finish()
    return portal.work(video)


def test_a_claim_that_has_ended_is_not_renewed_by_another_thread(portal, video):
    claimed = Video.objects.claim(video.pk)
    assert claimed.renew_if_claimed()
    assert claimed.record_copy_failure(timedelta(minutes=10), "The server is away.")
    assert not claimed.renew_if_claimed()
    assert Video.objects.get(pk=video.pk).due_at > timezone.now() + timedelta(minutes=9)


@pytest.mark.django_db(transaction=True)
def test_progress_that_cannot_be_written_stops_nothing(monkeypatch):
    video = a_video(track=a_playable_track())
    record, failures = Video.record_progress, iter(range(3))

    def away(self, *args):
        if next(failures, None) is not None:
            raise OperationalError("server closed the connection")
        return record(self, *args)

    monkeypatch.setattr(Video, "record_progress", away)
    monkeypatch.setattr(claim, "PROGRESS_INTERVAL", 0.01)
    pipeline.advance(video.pk)
    assert Video.objects.get(pk=video.pk).is_ready


@pytest.mark.django_db(transaction=True)
def test_a_result_is_written_once_the_database_is_back(monkeypatch):
    video = a_video(track=a_playable_track())
    finish, failures = Video.mark_finished, iter(range(2))

    def away(self, **film):
        if next(failures, None) is not None:
            raise OperationalError("the database system is starting up")
        return finish(self, **film)

    monkeypatch.setattr(Video, "mark_finished", away)
    monkeypatch.setattr(claim, "RECONNECT_INTERVAL", 0.01)
    pipeline.advance(video.pk)
    video.refresh_from_db()
    assert (video.status, video.crashed_claims) == (VideoStatus.SUCCESS, 0)


@pytest.mark.django_db(transaction=True)
def test_a_database_that_stays_away_is_given_up(monkeypatch):
    monkeypatch.setattr(claim, "OUTAGE_TIMEOUT", 0.0)

    def away():
        raise OperationalError("connection refused")

    with pytest.raises(OperationalError):
        claim.write_result(away)
