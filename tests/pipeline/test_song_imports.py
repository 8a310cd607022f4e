"""Songs from an address: fetched once, whatever happens to the workers."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from threading import Barrier, BoundedSemaphore, Event

import pytest
from django.db import connection
from django.utils import timezone

from tests.factories import a_user
from videos import pipeline
from videos.models import MusicTask
from videos.pipeline import scheduler, song_imports
from videos.providers.errors import Stopped
from videos.statuses import MusicStatus

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def task(vendor):
    url = f"{vendor.url}/files/song.wav"
    return pipeline.import_song(a_user(), url, title="Song").music_task


def test_it_is_fetched_once(vendor, task):
    assert task.status == MusicStatus.PENDING
    assert pipeline.fetch_song(task.pk)
    assert not pipeline.fetch_song(task.pk)
    task.refresh_from_db()
    track = task.tracks.get()
    assert (task.status, task.due_at) == (MusicStatus.SUCCESS, None)
    assert (track.title, track.duration) == ("Song", 1.0)
    assert track.size == track.audio.size
    assert vendor.count("GET", "song.wav") == 1


def test_a_worker_that_died_is_followed_by_another(task):
    assert MusicTask.objects.claim(task.pk)  # and this worker dies
    pipeline.fetch_next_song()
    assert MusicTask.objects.get().status == MusicStatus.PENDING
    MusicTask.objects.update(due_at=timezone.now() - timedelta(seconds=1))
    pipeline.fetch_next_song()
    assert MusicTask.objects.get().status == MusicStatus.SUCCESS


def test_after_three_that_died_it_has_failed(task):
    MusicTask.objects.update(crashed_claims=3)
    pipeline.fetch_next_song()
    task.refresh_from_db()
    assert task.status == MusicStatus.GENERATE_AUDIO_FAILED
    assert "could not be read" in task.error_message


def test_what_breaks_is_tried_again(task, monkeypatch):
    def breaks(*args):
        raise RuntimeError("broken")

    with monkeypatch.context() as broken:
        broken.setattr(song_imports.song_files, "store_audio", breaks)
        for _ in range(3):
            assert pipeline.fetch_song(task.pk)
    assert MusicTask.objects.get().status == MusicStatus.PENDING
    assert pipeline.fetch_song(task.pk)
    assert MusicTask.objects.get().status == MusicStatus.GENERATE_AUDIO_FAILED


def test_a_worker_that_is_asked_to_end_releases_it(task, monkeypatch):
    def stops(*args):
        raise Stopped("The worker ends.")

    monkeypatch.setattr(song_imports.song_files, "store_audio", stops)
    pipeline.fetch_song(task.pk)
    task.refresh_from_db()
    assert (task.status, task.crashed_claims) == (MusicStatus.PENDING, 0)
    assert task.due_at <= timezone.now()


def test_a_cover_that_cannot_be_fetched_does_not_fail_the_import(vendor):
    task = pipeline.import_song(
        a_user(), f"{vendor.url}/files/song.wav", f"{vendor.url}/files/nothing.jpg"
    ).music_task
    pipeline.fetch_song(task.pk)
    task.refresh_from_db()
    assert task.status == MusicStatus.SUCCESS
    assert not task.tracks.get().cover


def test_a_tick_wakes_workers_for_due_songs(task, monkeypatch):
    sent = []
    monkeypatch.setattr(scheduler, "send_fetch", lambda: sent.append(1))
    scheduler.tick()
    assert sent == [1]
    pipeline.fetch_song(task.pk)
    scheduler.tick()
    assert sent == [1]


@pytest.mark.parametrize(
    ("url", "title"),
    [
        ("https://a.example/x/My_Song.mp3?y=1", "My Song"),
        ("https://a.example/%E4%BD%A0%E5%A5%BD.mp3", "你好"),
        ("https://a.example/a%00b.mp3", "ab"),
        ("https://a.example", ""),
        ("https://[zz]/a.mp3", ""),
    ],
)
def test_without_a_title_its_address_gives_one(url, title):
    assert pipeline.import_song(a_user(), url).title == title


def test_of_each_person_two_are_fetched_at_a_time():
    hurried, other = a_user(), a_user()
    tracks = [pipeline.import_song(hurried, "https://example.com/a.mp3") for _ in range(4)]
    other_track = pipeline.import_song(other, "https://example.com/b.mp3")
    for track in tracks[:2]:
        assert MusicTask.objects.claim(track.music_task_id)
    assert list(MusicTask.objects.fetchable()) == [other_track.music_task]
    MusicTask.objects.get(pk=tracks[0].music_task_id).mark_fetch_failed("It was not there.")
    assert {task.pk for task in MusicTask.objects.fetchable()} == {
        other_track.music_task_id,
        *(track.music_task_id for track in tracks[2:]),
    }


def test_half_of_the_threads_are_left_for_everything_else(monkeypatch):
    monkeypatch.setattr(song_imports, "fetch_slots", BoundedSemaphore(2))
    started, finish = Barrier(3, timeout=10), Event()

    def slow(pk: int) -> bool:
        started.wait()
        return finish.wait(10)

    def fetch() -> bool:
        try:
            return pipeline.fetch_next_song()
        finally:
            connection.close()

    monkeypatch.setattr(song_imports, "fetch_song", slow)
    for _ in range(3):
        pipeline.import_song(a_user(), "https://example.com/a.mp3")
    with ThreadPoolExecutor(2) as pool:
        running = [pool.submit(fetch) for _ in range(2)]
        started.wait()
        assert pipeline.fetch_next_song() is False
        finish.set()
        assert all(each.result(10) for each in running)


def test_a_storage_that_is_away_is_waited_for(task, settings, tmp_path):
    root = Path(settings.MEDIA_ROOT)
    root.rename(tmp_path / "aside")
    root.write_bytes(b"no folder")
    for _ in range(5):
        MusicTask.objects.update(due_at=timezone.now())
        assert pipeline.fetch_song(task.pk)
        task.refresh_from_db()
        assert (task.status, task.crashed_claims) == (MusicStatus.PENDING, 0)
        assert timezone.now() < task.due_at < timezone.now() + timedelta(minutes=1)
    root.unlink()
    (tmp_path / "aside").rename(root)
    MusicTask.objects.update(due_at=timezone.now())
    assert pipeline.fetch_song(task.pk)
    task.refresh_from_db()
    assert task.status == MusicStatus.SUCCESS


def test_a_full_quota_fails_the_import_with_a_sentence(vendor, task, settings):
    settings.MAX_STORAGE_BYTES = 1000
    assert pipeline.fetch_song(task.pk)
    task.refresh_from_db()
    assert task.status == MusicStatus.GENERATE_AUDIO_FAILED
    assert "delete some first" in task.error_message
    assert not task.tracks.get().audio


def test_a_cover_that_cannot_be_fetched_is_not_requested_again(vendor):
    url = f"{vendor.url}/files"
    track = pipeline.import_song(a_user(), f"{url}/song.wav", f"{url}/song.wav")
    assert track.has_cover
    assert pipeline.fetch_song(track.music_task_id)
    track.refresh_from_db()
    assert (bool(track.audio), track.has_cover) == (True, False)


def test_a_name_from_an_address_is_plain_text():
    track = pipeline.import_song(a_user(), "https://example.com/Good%E2%80%AE%07_song.mp3")
    assert track.title == "Good song"
