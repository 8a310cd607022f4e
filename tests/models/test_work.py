"""Rows that are jobs: claims, leases and fencing tokens of videos."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import a_video
from videos.models import Video

pytestmark = pytest.mark.django_db


def make_due(video: Video) -> None:
    Video.objects.filter(pk=video.pk).update(due_at=timezone.now() - timedelta(seconds=1))


def test_it_is_claimed_by_one_worker_only():
    video = a_video()
    first, second = Video.objects.claim(video.pk), Video.objects.claim(video.pk)
    assert first is not None
    assert first.fencing_token == 1
    assert second is None


def test_it_is_not_claimed_before_it_is_due():
    video = a_video(due_at=timezone.now() + timedelta(minutes=1))
    assert Video.objects.claim(video.pk) is None


def test_it_is_not_claimed_when_nothing_is_left_to_do():
    assert Video.objects.claim(a_video(due_at=None).pk) is None


def test_a_claim_that_read_an_old_row_takes_nothing(monkeypatch):
    video = a_video()
    stale = Video.objects.get(pk=video.pk)
    assert Video.objects.claim(video.pk) is not None
    make_due(video)
    monkeypatch.setattr(type(Video.objects.all()), "first", lambda self: stale)
    assert Video.objects.claim(video.pk) is None


def test_a_lost_worker_lets_it_fall_due_and_can_write_nothing_more():
    video = a_video()
    lost = Video.objects.claim(video.pk)
    assert lost is not None
    make_due(video)
    second = Video.objects.claim(video.pk)
    assert second is not None
    assert (second.fencing_token, second.crashed_claims) == (2, 2)
    assert not lost.renew(fraction=0.9)
    assert not lost.mark_finished(film="films/lost.mp4")
    assert second.renew(fraction=0.1)
    video.refresh_from_db()
    assert (video.fraction, video.film.name) == (0.1, "")


def test_renewing_moves_the_lease_into_the_future():
    video = a_video()
    claimed = Video.objects.claim(video.pk)
    assert claimed is not None
    make_due(video)
    assert claimed.renew()
    assert Video.objects.claim(video.pk) is None


def test_releasing_it_resets_the_crashed_claims():
    video = a_video()
    claimed = Video.objects.claim(video.pk)
    assert claimed is not None
    assert claimed.release(timedelta(seconds=-1))
    again = Video.objects.claim(video.pk)
    assert again is not None
    assert (again.fencing_token, again.crashed_claims) == (2, 1)


def test_due_rows_come_the_longest_waiting_first():
    now = timezone.now()
    late = a_video(due_at=now - timedelta(minutes=1))
    later = a_video(due_at=now - timedelta(minutes=2))
    a_video(due_at=now + timedelta(minutes=1))
    assert list(Video.objects.due()) == [later, late]
