"""Songs that are not in the analysis cache are analysed by a worker."""

import threading
import time

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile

from tests import media_files
from tests.factories import a_playable_track, a_track, a_user
from videos import pipeline
from videos.media.analysis_cache import analysis_cache
from videos.models import Upload
from videos.pipeline import uploads
from videos.pipeline.song_analysis import UPLOAD_KEY, ensure_analysed
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


@pytest.fixture
def announced(monkeypatch) -> list[str]:
    uploads: list[str] = []
    monkeypatch.setattr("videos.queue.send_upload_analysis", uploads.append)
    return uploads


def arrive(name: str, data: bytes) -> Upload:
    upload = uploads.begin(a_user(), name, len(data))
    uploads.receive(upload, 0, [data[:1]])
    uploads.receive(upload, 1, [data[1:]])
    return upload


def test_a_song_that_has_arrived_is_analysed_before_its_film_is_ordered(announced):
    upload = arrive("night.wav", media_files.wav(1.0))
    assert announced == [str(upload.pk)]
    pipeline.analyse_upload(str(upload.pk))
    assert any(analysis_cache().folder.iterdir())
    pipeline.wait_for_analysis(upload)  # it is over


def test_a_cover_is_not_analysed_and_of_several_songs_one_at_a_time(announced):
    arrive("night.jpg", media_files.jpeg(8, 8))
    first, second = (arrive(f"{name}.wav", media_files.wav(1.0)) for name in "ab")
    assert announced == [str(first.pk)]
    pipeline.analyse_upload(str(second.pk))
    assert not analysis_cache().folder.exists()


def test_what_cannot_be_analysed_holds_up_no_other_song(announced):
    noise = arrive("noise.mp3", b"no sound")
    pipeline.analyse_upload(str(noise.pk))
    gone = arrive("gone.wav", media_files.wav(1.0))
    assert announced == [str(noise.pk), str(gone.pk)]
    uploads.discard(gone)
    pipeline.analyse_upload(announced[1])


def test_who_makes_the_film_waits_for_the_analysis(announced):
    upload = arrive("night.wav", media_files.wav(1.0))
    cache.set(UPLOAD_KEY, str(upload.pk), 30)
    threading.Timer(0.3, cache.delete, [UPLOAD_KEY]).start()
    started = time.monotonic()
    pipeline.wait_for_analysis(upload)
    assert 0.2 < time.monotonic() - started < 5
