"""Merging what a vendor tells of a song: nothing that was known is lost."""

import pytest
from django.core.cache import cache

from videos import pipeline
from videos.models import MusicTask, RateLimitSlot, Track
from videos.statuses import MusicStatus


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
