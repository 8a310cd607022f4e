"""Songs that are not in the analysis cache are analysed by a worker."""

import pytest
from django.core.files.base import ContentFile

from tests.factories import a_playable_track, a_track
from videos import pipeline
from videos.media.analysis_cache import analysis_cache
from videos.pipeline.song_analysis import ensure_analysed
from videos.render.options import FPS

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folders(settings, tmp_path):
    settings.SCRATCH_DIR = tmp_path / "scratch"
    settings.ANALYSIS_CACHE_DIR = tmp_path / "analysis_cache"


@pytest.fixture
def sent(monkeypatch) -> list[int]:
    tracks: list[int] = []
    monkeypatch.setattr("videos.queue.send_analysis", tracks.append)
    return tracks


def test_a_worker_is_asked_once_and_then_the_analysis_is_cached(sent):
    track = a_playable_track()
    for _ in range(2):
        ensure_analysed(track)
    assert sent == [track.pk]
    pipeline.analyse_song(track.pk)
    track.refresh_from_db()
    analysis = analysis_cache().load_analysis(track.audio_digest, FPS)
    assert analysis is not None
    assert analysis.duration == pytest.approx(1, abs=0.1)
    sent.clear()
    ensure_analysed(a_playable_track(audio_digest=track.audio_digest))
    assert not sent


def test_a_song_without_audio_is_not_analysed(sent):
    track = a_track()
    ensure_analysed(track)
    pipeline.analyse_song(track.pk)
    pipeline.analyse_song(track.pk + 1)
    assert not sent


def test_a_file_that_is_no_song_has_no_analysis():
    track = a_playable_track(audio=ContentFile(b"noise", "song.wav"))
    pipeline.analyse_song(track.pk)
    track.refresh_from_db()
    assert track.audio_digest == ""


def test_a_song_whose_analysis_was_deleted_is_analysed_again(sent):
    track = a_playable_track()
    pipeline.analyse_song(track.pk)
    track.refresh_from_db()
    for file in analysis_cache().folder.iterdir():
        file.unlink()
    ensure_analysed(track)
    assert sent == [track.pk]
    pipeline.analyse_song(track.pk)
    assert analysis_cache().has_analysis(track.audio_digest, FPS)
