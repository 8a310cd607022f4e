"""Music tasks: their ids, and what is fetched of them."""

from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.utils import timezone

from tests.factories import a_track, a_user
from videos.models import MusicTask
from videos.statuses import MusicStatus

pytestmark = pytest.mark.django_db


def test_of_each_person_two_songs_are_fetched_at_a_time():
    owner, other = a_user(), a_user()
    now = timezone.now()
    for _ in range(2):  # these are being fetched
        MusicTask.objects.create(owner=owner, crashed_claims=1, due_at=now + timedelta(minutes=1))
    MusicTask.objects.create(owner=owner, due_at=now)
    free = MusicTask.objects.create(owner=other, due_at=now)
    assert list(MusicTask.objects.fetchable()) == [free]


def test_an_import_ends_with_its_song_or_with_a_reason():
    task = MusicTask.objects.create(owner=a_user(), due_at=timezone.now())
    assert task.mark_fetched()
    assert (task.status, task.due_at, task.is_final) == (MusicStatus.SUCCESS, None, True)
    task = MusicTask.objects.create(owner=a_user(), due_at=timezone.now())
    assert task.mark_fetch_failed("x" * 600)
    assert (task.status, task.error_message) == (MusicStatus.GENERATE_AUDIO_FAILED, "x" * 500)


def test_a_person_has_a_task_of_a_vendor_once():
    track = a_track()
    task = track.music_task
    with pytest.raises(IntegrityError):
        MusicTask.objects.create(owner=task.owner, provider=task.provider, task_id=task.task_id)
