"""Small pictures of films and covers: those of new ones, and of those that have none."""

import tempfile
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from tests import media_files
from tests.factories import a_finished_video, a_playable_track, a_track, a_video
from videos.models import RateLimitSlot, Track, Video
from videos.pipeline import delete_song, delete_video, pictures
from videos.pipeline.pictures import COLUMNS, Made
from videos.render.sandbox.child_process import ChildKilled

pytestmark = pytest.mark.django_db


def files_of(video: Video) -> list[str]:
    return [str(getattr(video, column).name) for column in COLUMNS if getattr(video, column)]


def test_films_and_covers_without_pictures_get_them_once():
    video, track = a_finished_video(), a_playable_track()
    a_video()
    assert pictures.is_any_missing()
    assert pictures.count_missing() == 2
    assert pictures.make_next() == Made(films=1, covers=1)
    video.refresh_from_db()
    track.refresh_from_db()
    assert len(files_of(video)) == 3
    assert not video.teaser
    assert all(default_storage.exists(name) for name in [*files_of(video), track.thumbnail.name])
    assert not pictures.is_any_missing()
    assert pictures.make_next() == Made()


def test_it_can_be_stopped_after_each_and_goes_on():
    for _ in range(3):
        a_finished_video()
    assert pictures.make_next(2) == Made(films=2)
    assert pictures.count_missing() == 1
    lane = RateLimitSlot.objects.acquire_lane("pictures", 1, 60)
    assert pictures.make_next() == Made()  # another worker does it
    RateLimitSlot.objects.release_lane("pictures", lane)
    assert pictures.make_next() == Made(films=1)


def test_a_damaged_or_lost_picture_is_not_tried_again_and_holds_up_nothing(caplog):
    damaged, lost, cover = a_finished_video(), a_finished_video(), a_playable_track()
    default_storage.delete(str(lost.poster.name))
    for stored in (damaged.poster, cover.cover):
        default_storage.delete(str(stored.name))
        assert default_storage.save(str(stored.name), ContentFile(b"no JPEG")) == stored.name
    fine = a_finished_video()
    assert pictures.make_next(9) == Made(films=3, covers=1)
    assert not pictures.is_any_missing()
    for video in (damaged, lost):
        video.refresh_from_db()
        assert files_of(video) == []
    fine.refresh_from_db()
    assert fine.thumbnail


def test_a_large_film_has_a_teaser_and_a_small_one_has_none(settings):
    video = a_finished_video(film_bytes=media_files.mp4(frames=200))
    settings.MAX_PREVIEW_FILM_BYTES = video.size - 1
    pictures.make_next()
    video.refresh_from_db()
    with video.teaser.open("rb") as file:
        teaser = file.read()
    assert teaser.index(b"moov") < teaser.index(b"mdat")


def test_a_later_version_replaces_the_files_of_the_one_before():
    video, track = a_finished_video(), a_playable_track()
    pictures.make_next()
    video.refresh_from_db()
    track.refresh_from_db()
    before = [*files_of(video), str(track.thumbnail.name)]
    for rows in (Video.objects, Track.objects):
        rows.update(pictures_version=0)
    pictures.make_next()
    video.refresh_from_db()
    assert len(files_of(video)) == 3
    assert not any(default_storage.exists(name) for name in before)


def test_they_are_deleted_with_the_film_and_the_song(django_capture_on_commit_callbacks):
    video = a_finished_video(track=a_playable_track())
    pictures.make_next()
    video.refresh_from_db()
    track = Track.objects.get(pk=video.track_id)
    files = [*files_of(video), str(track.thumbnail.name)]
    with django_capture_on_commit_callbacks(execute=True):
        delete_video(video)
        delete_song(track)
    assert len(files) == 4
    assert not any(default_storage.exists(name) for name in files)


def test_a_song_without_a_cover_has_no_thumbnail_to_come():
    a_track()
    assert not pictures.is_any_missing()


def test_pictures_whose_maker_was_killed_are_made_later(monkeypatch):
    def killed(picture):
        raise ChildKilled("A process that read a file was killed.")

    video = a_finished_video()
    with monkeypatch.context() as patch:
        patch.setattr(pictures, "make_pictures_in_child", killed)
        folder = Path(tempfile.mkdtemp(dir=settings.MEDIA_ROOT))
        poster = Path(video.poster.path)
        assert pictures.add_pictures(video, Path(video.film.path), poster, folder) == {}
    assert pictures.make_next() == Made(films=1)
    video.refresh_from_db()
    assert len(files_of(video)) == 3
