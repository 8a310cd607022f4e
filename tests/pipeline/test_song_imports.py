"""Songs from an address: fetched once, whatever happens to the workers."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from threading import Event
from time import sleep

import pytest
from django.db import connection
from django.utils import timezone

from tests.factories import a_user
from tests.receiver import Receiver
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


def test_who_has_the_fewest_comes_first():
    greedy, modest, other = a_user(), a_user(), a_user()
    first, *rest = [pipeline.import_song(greedy, "https://example.com/a.mp3") for _ in range(3)]
    assert MusicTask.objects.claim(first.music_task_id)
    later = [pipeline.import_song(each, "https://example.com/b.mp3") for each in (modest, other)]
    assert list(MusicTask.objects.fetchable()) == [each.music_task for each in (*later, *rest)]


def test_people_take_turns(vendor):
    """One thread fetches them all: whoever has had a song fetched waits behind the others."""
    greedy, other = a_user(), a_user()
    url = f"{vendor.url}/files/song.wav"
    ordered = ("greedy", "greedy", "greedy", "other")
    owners = {"greedy": greedy, "other": other}
    titles = [f"{name} {n}" for n, name in enumerate(ordered)]
    for title in titles:
        pipeline.import_song(owners[title.split()[0]], url, title=title)
    fetched: list[str] = []
    while pipeline.fetch_next_song():
        done = MusicTask.objects.filter(status=MusicStatus.SUCCESS)
        titles = done.values_list("tracks__title", flat=True)
        fetched += [title for title in titles if title not in fetched]
    assert fetched == ["greedy 0", "other 3", "greedy 1", "greedy 2"]


@pytest.mark.parametrize("size", range(1, 9))
def test_one_person_has_at_most_half_of_the_lanes(size):
    lanes = song_imports.Lanes(size)
    with ExitStack() as stack:
        entered = [stack.enter_context(lanes.enter(1)) for _ in range(9)]
        assert sum(entered) == max(1, size // 2)
    with ExitStack() as stack:
        assert stack.enter_context(lanes.enter(1))  # a lane that was left is free again


@pytest.mark.parametrize("size", [3, 4, 6, 8])
def test_two_people_leave_a_place_for_a_third(size):
    lanes = song_imports.Lanes(size)
    with ExitStack() as stack:
        for _ in range(9):
            for owner in (1, 2):
                stack.enter_context(lanes.enter(owner))
        assert stack.enter_context(lanes.enter(3))


def test_the_lane_is_full_at_some_time():
    lanes = song_imports.Lanes(4)
    with ExitStack() as stack:
        assert [stack.enter_context(lanes.enter(n)) for n in range(5)] == [*(True,) * 4, False]


@pytest.fixture
def slow_server(settings):
    """Yield a server of songs that sends nothing until the test is over."""
    with Receiver() as receiver:
        receiver.answer = receiver.hang
        settings.ALLOWED_PRIVATE_HOSTS = [*settings.ALLOWED_PRIVATE_HOSTS, receiver.host]
        yield receiver


def test_slow_servers_of_two_people_hold_up_no_third(vendor, slow_server, monkeypatch):
    """Five slow addresses of each of two people; as many workers as a process has threads."""
    monkeypatch.setattr(song_imports, "lanes", song_imports.Lanes(4))
    monkeypatch.setattr(song_imports.song_files, "DOWNLOAD_TIMEOUT", 60.0)
    for owner in (a_user(), a_user()):
        for n in range(5):
            pipeline.import_song(owner, f"{slow_server.url}&n={n}&of={owner.pk}")
    is_over = Event()

    def work() -> None:
        while not is_over.is_set():
            pipeline.fetch_next_song()
            is_over.wait(0.05)
        connection.close()

    with ThreadPoolExecutor(8) as pool:
        workers = [pool.submit(work) for _ in range(8)]
        try:
            wait_until(lambda: len(slow_server.calls) >= 3)
            third = pipeline.import_song(a_user(), f"{vendor.url}/files/song.wav").music_task
            wait_until(lambda: MusicTask.objects.get(pk=third.pk).is_final)
            is_done, calls = MusicTask.objects.get(pk=third.pk).status, len(slow_server.calls)
        finally:
            is_over.set()
            slow_server.closing.set()
        for worker in workers:
            worker.result(60)
    assert is_done == MusicStatus.SUCCESS
    assert calls == 3  # two of the first person, one of the second: none of them has ended


def wait_until(condition) -> None:
    for _ in range(600):
        if condition():
            return
        sleep(0.05)
    raise AssertionError("It did not happen in time.")


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
