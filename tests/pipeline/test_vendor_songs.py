"""Songs of vendors: looked up, refreshed, stored, with aligned words."""

import threading
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import connection
from django.utils import timezone

from tests import media_files
from videos import pipeline
from videos.lyrics.timed_lyrics import timed_lines
from videos.models import Circuit, MusicTask, RateLimitSlot, Track
from videos.providers.errors import MediaError, ProviderError
from videos.statuses import MusicStatus


def look_ups(portal) -> int:
    return portal.vendor.count("GET", "generate/record-info")


def test_a_song_is_stored_with_its_tracks_in_the_vendors_order(portal):
    song = portal.vendor.add_song()
    task = pipeline.find_song(portal.owner, "kie", song.task_id)
    assert (task.status, task.owner, task.provider) == (MusicStatus.SUCCESS, portal.owner, "kie")
    tracks = list(task.tracks.all())
    assert [track.audio_id for track in tracks] == song.audio_ids
    assert tracks[0].lyrics.startswith("[Verse]")
    assert tracks[0].has_sound
    assert not tracks[0].audio


def test_a_track_that_comes_later_stands_below_the_first(portal):
    song = portal.vendor.add_song(status="FIRST_SUCCESS")
    pipeline.find_song(portal.owner, "kie", song.task_id)
    first = Track.objects.get()
    song.status = "SUCCESS"
    cache.clear()
    pipeline.find_song(portal.owner, "kie", song.task_id)
    assert Track.objects.count() == 2
    assert Track.objects.first() == first


def test_what_the_creator_corrected_stays(portal):
    track = portal.track()
    Track.objects.filter(pk=track.pk).update(title="My title")
    time.sleep(0.5)
    pipeline.find_song(portal.owner, "kie", track.music_task.task_id)
    track.refresh_from_db()
    assert track.title == "My title"


def test_a_song_in_the_making_is_polled(portal):
    song = portal.vendor.add_song(status="TEXT_SUCCESS")
    task = pipeline.find_song(portal.owner, "kie", song.task_id)
    assert not task.is_final
    assert pipeline.refresh_song(task).polled_at == task.polled_at  # polled just now
    MusicTask.objects.update(polled_at=None)
    song.status = "SUCCESS"
    time.sleep(0.5)
    assert pipeline.refresh_song(MusicTask.objects.get()).status == MusicStatus.SUCCESS


def test_an_unknown_song_is_a_sentence(portal):
    with pytest.raises(ProviderError, match=r"kie\.ai has no record of this task"):
        pipeline.find_song(portal.owner, "kie", "unknown")
    assert not MusicTask.objects.exists()


def test_a_vendor_that_is_not_set_up_is_a_sentence(portal):
    with pytest.raises(ProviderError, match="not set up"):
        pipeline.find_song(portal.owner, "crun", "x")


@pytest.mark.django_db(transaction=True)
def test_at_most_three_requests_a_second_reach_the_vendor(portal):
    song = portal.vendor.add_song()

    def look_up() -> None:
        pipeline.find_song(portal.owner, "kie", song.task_id)
        connection.close()

    Circuit.objects.for_provider("kie")
    started = time.monotonic()
    threads = [threading.Thread(target=look_up) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    calls = sorted(call.at for call in portal.vendor.calls)
    assert time.monotonic() - started < 15
    assert all(later - first > 1 for first, later in zip(calls, calls[3:], strict=False))
    assert MusicTask.objects.count() == 1


def test_ids_typed_by_hand_need_no_look_up(portal):
    track = pipeline.add_song_by_ids(portal.owner, "kie", "task-1", "audio-1")
    assert pipeline.add_song_by_ids(portal.owner, "kie", "task-1", "audio-1") == track
    assert look_ups(portal) == 0


def test_audio_and_cover_are_stored_when_they_are_needed(portal):
    track = portal.track()
    pipeline.store_audio(track)
    pipeline.store_cover(track)
    track = Track.objects.get(pk=track.pk)
    assert track.audio.name.endswith(".wav")
    assert (track.duration, track.channels) == (1.0, 1)
    assert track.cover.name.endswith(".jpg")


def test_a_song_that_is_deleted_meanwhile_is_a_sentence(portal, monkeypatch):
    track = portal.track()

    def deletes(url: str, target: Path, **_: object) -> None:
        target.write_bytes(media_files.wav())
        Track.objects.filter(pk=track.pk).delete()

    monkeypatch.setattr("videos.pipeline.song_files.download", deletes)
    with pytest.raises(MediaError, match="was deleted"):
        pipeline.store_audio(track)


def test_a_file_that_is_no_audio_is_a_sentence(portal):
    track = portal.track()
    portal.vendor.breaks("song.wav", "html")
    with pytest.raises(MediaError):
        pipeline.store_audio(track)
    assert not Track.objects.get(pk=track.pk).audio


@pytest.mark.parametrize(("declared", "is_refused"), [(8.0, True), (4.0, False), (None, False)])
def test_half_the_audio_is_refused_if_the_vendor_declared_a_longer_song(
    portal, monkeypatch, declared, is_refused
):
    track = portal.track()
    Track.objects.update(duration=declared)
    track.refresh_from_db()
    whole = media_files.sound(".mp3", "libmp3lame", seconds=8.0)

    def half(url: str, target: Path, **_: object) -> None:
        target.write_bytes(whole[: len(whole) // 2])

    monkeypatch.setattr("videos.pipeline.song_files.download", half)
    if is_refused:
        with pytest.raises(MediaError, match="ends before the song does"):
            pipeline.store_audio(track)
    else:
        pipeline.store_audio(track)
    assert bool(Track.objects.get(pk=track.pk).audio) != is_refused


def test_word_times_are_paid_for_once(portal):
    track = portal.track()
    assert pipeline.fetch_word_times(track)
    assert not pipeline.fetch_word_times(Track.objects.get(pk=track.pk))
    assert portal.vendor.count("POST", "timestamped-lyrics") == 1
    lines = timed_lines(Track.objects.get(pk=track.pk))
    assert lines[0].text == "The lamps are lit"
    assert lines[0].start == pytest.approx(0.1)


def test_word_times_that_may_have_been_paid_for_are_requested_again_by_decision_only(portal):
    track = portal.track()
    portal.vendor.lose_response("timestamped-lyrics", kind="reset")
    with pytest.raises(ProviderError):
        pipeline.fetch_word_times(track)
    assert not pipeline.fetch_word_times(track)
    assert not pipeline.fetch_word_times(track, again=True)  # the answer may still come
    Track.objects.update(aligned_words_requested_at=timezone.now() - timedelta(days=30))
    assert not pipeline.fetch_word_times(track)
    assert portal.vendor.count("POST", "timestamped-lyrics") == 1
    track.refresh_from_db()
    assert track.may_have_paid_for_words
    assert pipeline.fetch_word_times(track, again=True)
    assert not track.may_have_paid_for_words


def test_a_refusal_of_word_times_can_be_tried_again(portal):
    track = portal.track()
    portal.vendor.breaks("timestamped-lyrics", "credits")
    with pytest.raises(ProviderError):
        pipeline.fetch_word_times(track)
    assert pipeline.fetch_word_times(track)


def test_credits_are_requested_once_a_minute(portal):
    assert [pipeline.credits("kie") for _ in range(3)] == [87.5, 87.5, 87.5]
    assert portal.vendor.count("GET", "credit") == 1
    assert Circuit.objects.get(provider="kie").credits == 87.5
    assert pipeline.credits("crun") is None


def test_a_vendor_without_readable_credits_stops_nothing(portal):
    portal.vendor.breaks("credit", "html")
    assert pipeline.credits("kie") is None


@pytest.fixture
def no_redis(settings):
    """Let the cache be a Redis that nobody serves."""
    settings.CACHES = {
        "default": {
            "BACKEND": "suno_portal.backends.cache.FailOpenRedisCache",
            "LOCATION": "redis://127.0.0.1:1/0",
        }
    }


@pytest.mark.django_db(transaction=True)
def test_the_limits_of_requests_hold_without_redis(portal, no_redis):
    song = portal.vendor.add_song()
    Circuit.objects.for_provider("kie")

    def look_up() -> None:
        pipeline.find_song(portal.owner, "kie", song.task_id)
        pipeline.credits("kie")
        connection.close()

    threads = [threading.Thread(target=look_up) for _ in range(7)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    calls = sorted(call.at for call in portal.vendor.calls if "record-info" in call.path)
    assert len(calls) == 7
    assert all(later - first > 1 for first, later in zip(calls, calls[3:], strict=False))
    assert portal.vendor.count("GET", "credit") == 1
    assert pipeline.credits("kie") == 87.5  # from the database


def looked_up(portal, song, **fields: object) -> MusicTask:
    """Look ``song`` up once more, after its first track became ``fields`` at the vendor."""
    cache.clear()
    RateLimitSlot.objects.all().delete()
    portal.vendor.track_changes = fields
    return pipeline.find_song(portal.owner, portal.vendor.vendor, song.task_id)


@pytest.mark.parametrize("empty", [None, "", []])
def test_what_a_vendor_told_of_a_track_is_not_lost_by_its_silence(portal, empty):
    song = portal.vendor.add_song()
    task = looked_up(portal, song)
    names = ("title", "tags", "prompt", "audioUrl", "imageUrl", "modelName", "duration")
    before = task.record["response"]["sunoData"][0]
    after = looked_up(portal, song, **dict.fromkeys(names, empty))
    assert after.record["response"]["sunoData"][0] == before
    track = Track.objects.get(audio_id=song.audio_ids[0])
    assert (track.title, track.tags, track.duration) == ("Harbour Lights", "piano, calm", 1.0)
    assert track.audio_url
    assert track.image_url


def test_the_newest_that_a_vendor_tells_of_a_track_wins(portal):
    song = portal.vendor.add_song()
    looked_up(portal, song)
    second = Track.objects.get(audio_id=song.audio_ids[1])
    Track.objects.filter(pk=second.pk).update(title="My title")
    task = looked_up(portal, song, title="Harbour Nights", tags="piano, night")
    assert task.record["response"]["sunoData"][0]["title"] == "Harbour Nights"
    first = Track.objects.get(audio_id=song.audio_ids[0])
    assert (first.title, first.tags) == ("Harbour Nights", "piano, night")
    assert Track.objects.get(pk=second.pk).title == "My title"


def test_tracks_that_vanish_from_a_record_stay(portal):
    song = portal.vendor.add_song()
    looked_up(portal, song)
    ids = list(song.audio_ids)
    song.audio_ids = ids[1:]
    task = looked_up(portal, song)
    stored = [each["id"] for each in task.record["response"]["sunoData"]]
    assert sorted(stored) == sorted(ids)
    assert task.tracks.count() == 2
    song.status = "PENDING"  # a record without any track
    task = looked_up(portal, song)
    assert len(task.record["response"]["sunoData"]) == 2
    assert task.status == MusicStatus.SUCCESS


def test_a_crun_song_keeps_what_was_told_of_its_tracks(crun_portal):
    song = crun_portal.vendor.add_song()
    looked_up(crun_portal, song)
    ids = list(song.audio_ids)
    song.audio_ids, song.title = ids[:1], ""
    task = looked_up(crun_portal, song)
    tracks = {each["suno_id"]: each for each in task.record["result"]["suno_data"]}
    assert set(tracks) == set(ids)
    assert tracks[ids[0]]["title"] == "Harbour Lights"
