"""The audio and the cover of a vendor's song, copied when they are needed."""

from pathlib import Path

import pytest
from django.core.cache import cache

from tests import media_files
from videos import pipeline
from videos.models import Track
from videos.providers.errors import MediaError, Stopped


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


@pytest.mark.parametrize("kind", ["html", "gone"])
def test_an_address_that_failed_is_not_called_again_for_a_while(portal, kind):
    track = portal.track()
    if kind == "gone":
        portal.vendor.gone.add("song.wav")
    else:
        portal.vendor.breaks("song.wav", kind)
    for _ in range(3):
        with pytest.raises(MediaError) as caught:
            pipeline.store_audio(track)
    assert str(caught.value).endswith("(Tried a moment ago.)")
    assert portal.vendor.count("GET", "song.wav") == 1
    portal.vendor.gone.clear()
    cache.clear()  # the while is over
    pipeline.store_audio(track)
    assert Track.objects.get(pk=track.pk).audio


def test_a_download_that_was_stopped_is_tried_again_at_once(portal):
    track = portal.track()
    portal.vendor.breaks("song.wav", "hang")
    with pytest.raises(Stopped):
        pipeline.store_audio(track, lambda: True)
    portal.vendor.failures.clear()
    pipeline.store_audio(track)
    assert Track.objects.get(pk=track.pk).audio


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
