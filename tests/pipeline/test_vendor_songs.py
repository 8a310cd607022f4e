"""Songs of vendors: looked up, refreshed, stored, with aligned words."""

import time
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from videos import pipeline
from videos.lyrics.timed_lyrics import timed_lines
from videos.models import MusicTask, Track
from videos.providers.errors import ProviderError
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


def test_ids_typed_by_hand_need_no_look_up(portal):
    track = pipeline.add_song_by_ids(portal.owner, "kie", "task-1", "audio-1")
    assert pipeline.add_song_by_ids(portal.owner, "kie", "task-1", "audio-1") == track
    assert look_ups(portal) == 0


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
