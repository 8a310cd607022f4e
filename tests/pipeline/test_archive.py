"""Copying a vendor's film to our storage, with failures of its file server and of our storage."""

import errno
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from tests import media_files as samples
from tests.pairwise import one_in
from videos import pipeline
from videos.models import Event, Video
from videos.pipeline import song_files
from videos.statuses import DelayReason, Failure, VideoStatus


def content(name: str) -> bytes:
    with default_storage.open(name) as file:
        return file.read()


@pytest.fixture
def video(portal) -> Video:
    """Return a finished video whose film only the vendor has."""
    video = portal.work(portal.order())
    portal.vendor.finish()
    return portal.work(video)


def test_the_film_becomes_ours_with_a_poster_and_its_facts(portal, video):
    video = portal.work(video)
    assert (video.width, video.height, video.size) == (64, 36, len(samples.mp4()))
    assert video.duration == pytest.approx(1, abs=0.1)
    assert content(video.film.name) == samples.mp4()
    assert content(video.poster.name)[:2] == b"\xff\xd8"
    assert video.due_at is None
    assert not video.is_awaiting_copy
    assert video.events.filter(kind=Event.Kind.COPIED).exists()
    assert video.track.audio  # the vendor deletes songs, too


def test_it_has_its_index_first_and_small_pictures_at_once(portal, video):
    film = samples.film_with_index_at_its_end()
    portal.vendor.files["film.mp4"] = film
    video = portal.work(video)
    stored = content(video.film.name)
    assert stored.index(b"moov") < stored.index(b"mdat")
    assert len(stored) == video.size == len(film)
    assert content(video.preview_picture.name)[:2] == b"\xff\xd8"
    assert content(video.small_poster.name)[:4] == content(video.thumbnail.name)[:4] == b"RIFF"
    assert not Video.objects.without_pictures().exists()


def test_no_key_goes_to_the_file_server(portal, video):
    portal.work(video)
    files = [call for call in portal.vendor.calls if call.path.startswith("/files/")]
    assert files
    for call in files:
        assert "Authorization" not in call.headers
        assert portal.vendor.key not in str(call.headers)


@pytest.mark.parametrize("kind", one_in(3, ["html", "503", "reset", "redirect", "empty"]))
def test_a_copy_that_fails_is_tried_again_later(portal, video, kind):
    portal.vendor.breaks("film.mp4", *[kind] * 6)
    video = portal.work(video)
    assert video.is_awaiting_copy
    assert video.copy_failures == 1
    assert video.copy_error
    assert video.due_at > timezone.now() + timedelta(seconds=9)
    assert video.events.filter(kind=Event.Kind.COPY_FAILED).exists()
    portal.vendor.failures.clear()
    assert portal.work(video).film


def test_a_film_that_is_gone_is_lost_once_the_vendor_has_deleted_it(portal, video):
    portal.vendor.gone.add("film.mp4")
    video = portal.work(video)
    assert video.is_ready
    Video.objects.update(expires_at=timezone.now() - timedelta(days=2))
    video = portal.work(video)
    assert (video.status, video.failure) == (VideoStatus.GENERATE_MP4_FAILED, Failure.LOST)
    assert pipeline.retry(video, "builtin")


def test_a_file_that_is_no_film_is_not_stored(portal, video):
    portal.vendor.files["film.mp4"] = samples.mp4()[:200] + b"\0" * 5000
    video = portal.work(video)
    assert video.is_awaiting_copy
    assert "The vendor's file" in video.copy_error
    assert not default_storage.exists(f"films/{video.pk.hex}")


def test_a_film_that_ends_too_early_is_not_stored(portal, video):
    """The server sends no length, and the part that arrives can be played."""
    portal.vendor.files["film.mp4"] = samples.mp4()[:-100]
    video = portal.work(video)
    assert "ends before the film does" in video.copy_error
    portal.vendor.files["film.mp4"] = samples.mp4()
    assert portal.work(video).film


def test_a_film_that_is_too_large_is_not_fetched(portal, video, settings):
    settings.MAX_FILM_BYTES = 1000
    assert "more than" in portal.work(video).copy_error


def test_the_renderer_can_take_over_while_the_copy_fails(portal, video):
    portal.vendor.breaks("film.mp4", *["html"] * 3)
    video = portal.work(video)
    assert pipeline.retry(video, "builtin")
    assert portal.work(video).film


def test_a_new_address_is_requested_after_a_failure(portal, video):
    portal.vendor.gone.add("film.mp4")
    video = portal.work(video)
    portal.vendor.files["moved.mp4"] = samples.mp4()
    portal.vendor.finish(url=f"{portal.vendor.url}/files/moved.mp4")
    video = portal.work(video)
    assert video.film
    assert video.vendor_url.endswith("moved.mp4")


def test_an_operator_can_have_it_copied_at_once(portal, video):
    portal.vendor.breaks("film.mp4", "html")
    video = portal.work(video)
    assert pipeline.copy_now(video)
    video.refresh_from_db()
    assert video.due_at <= timezone.now()
    assert not pipeline.poll_now(video)


@pytest.mark.parametrize("days", [0, 2])
def test_an_expired_film_is_not_lost_after_one_server_error(portal, video, days):
    Video.objects.update(expires_at=timezone.now() - timedelta(days=days))
    portal.vendor.breaks("film.mp4", *["503"] * 6)
    video = portal.work(video)
    assert (video.status, video.copy_failures) == (VideoStatus.SUCCESS, 1)
    portal.vendor.failures.clear()
    assert portal.work(video).film


def test_a_film_that_is_copied_is_not_due_while_its_song_is_still_copied(
    portal, video, settings, monkeypatch
):
    """A thread must not renew the lease after the row is finished."""
    settings.WORK_LEASE_SECONDS = 0.3
    monkeypatch.setattr(song_files, "DOWNLOAD_TIMEOUT", 1.0)
    portal.vendor.breaks("song.wav", "drip")
    video = portal.work(video)
    assert video.film
    assert video.due_at is None
    assert video.crashed_claims == 0


def test_a_finished_row_that_is_due_all_the_same_is_put_right(portal, video):
    video = portal.work(video)
    Video.objects.update(due_at=timezone.now(), crashed_claims=2)
    polls = portal.vendor.count("GET", "mp4/record-info")
    video = portal.work(video)
    assert (video.due_at, video.crashed_claims) == (None, 0)
    assert portal.vendor.count("GET", "mp4/record-info") == polls
    assert not video.events.filter(kind=Event.Kind.WORKER_LOST).exists()


def test_a_broken_storage_is_reported_and_retried_with_growing_backoff(portal, video, monkeypatch):
    def broken(*args, **kwargs):
        raise OSError(errno.EIO, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr(default_storage, "save", broken)
        video = portal.work(video)
        first = video.due_at - timezone.now()
        video = portal.work(video)
    assert (video.status, video.copy_failures) == (VideoStatus.SUCCESS, 2)
    assert "could not keep the film" in video.copy_error
    assert video.due_at - timezone.now() > first
    assert portal.work(video).film


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_storage_is_waited_for_and_costs_no_attempt(portal, video, monkeypatch, number):
    def full(*args, **kwargs):
        raise OSError(number, "No room")

    with monkeypatch.context() as patch:
        patch.setattr(default_storage, "save", full)
        for _ in range(3):
            video = portal.work(video)
    assert (video.status, video.copy_failures) == (VideoStatus.SUCCESS, 0)
    assert video.delay_reason == DelayReason.STORAGE
    assert "no room for the film" in video.copy_error
    video = portal.work(video)
    assert video.film
    assert (video.delay_reason, video.copy_error) == ("", "")


def test_a_song_that_cannot_be_stored_does_not_fail_the_film(portal, video, monkeypatch):
    def broken(*args, **kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(song_files, "store_audio", broken)
    video = portal.work(video)
    assert video.film
    assert video.due_at is None
