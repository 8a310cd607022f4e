"""The trash: what is in it, what it counts, and when it is emptied."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from tests.factories import a_finished_video, a_playable_track, a_track, a_video
from videos import pipeline
from videos.accounts.deletions import delete_everything
from videos.models import Video
from videos.models.video_queryset import TRASH_TIME
from videos.pipeline.quota import stored_bytes
from videos.pipeline.trash import move_to_trash, purge_trash
from videos.statuses import Visibility

pytestmark = pytest.mark.django_db


@pytest.fixture
def film():
    return a_finished_video(track=a_playable_track(), visibility=Visibility.PUBLIC)


def test_a_film_in_the_trash_is_there_for_nobody_and_still_counts_as_stored(film):
    before = stored_bytes(film.owner)
    assert move_to_trash(film)
    assert not Video.objects.exists()
    assert not Video.objects.public().exists()
    assert stored_bytes(film.owner) == before > 0
    assert default_storage.exists(film.film.name)


def test_it_comes_back_as_it_was(film):
    move_to_trash(film)
    assert film.restore()
    assert Video.objects.public().get() == film


def test_what_has_no_film_is_deleted_for_good():
    waiting = a_video()
    assert not move_to_trash(waiting)
    assert not Video.with_trash.exists()


def test_the_trash_is_emptied_after_a_week_with_the_files(film, django_capture_on_commit_callbacks):
    move_to_trash(film)
    purge_trash()
    assert Video.with_trash.exists()
    Video.with_trash.update(deleted_at=timezone.now() - TRASH_TIME - timedelta(minutes=1))
    with django_capture_on_commit_callbacks(execute=True):
        purge_trash()
    assert not Video.with_trash.exists()
    assert not default_storage.exists(film.film.name)


def test_the_same_can_be_ordered_again_and_then_stays_in_the_trash(film):
    Video.objects.update(order_key="same")
    move_to_trash(film)
    request = pipeline.OrderRequest(film.track, "builtin", "", "", order_key="same")
    made, is_new = pipeline.order(film.owner, request)
    assert is_new
    assert not film.restore()
    assert Video.objects.get() == made


def test_a_song_is_deleted_with_what_of_it_is_in_the_trash(film):
    other = a_finished_video(film.owner, a_track(film.owner))
    move_to_trash(film)
    move_to_trash(other)
    pipeline.delete_song(film.track)
    assert Video.with_trash.get() == other


def test_a_deleted_account_takes_its_trash_along(film):
    move_to_trash(film)
    delete_everything(film.owner)
    assert not Video.with_trash.exists()


def test_a_film_in_the_trash_hands_its_address_to_no_other(film):
    new = a_video(film.owner, film.track, replaces=film)
    move_to_trash(film)
    assert new.mark_finished(duration=1.0)
    new.refresh_from_db()
    assert new.slug != film.slug
