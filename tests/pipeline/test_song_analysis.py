"""Songs of which nothing is remembered are heard by a worker."""

import pytest
from django.core.files.base import ContentFile

from tests.factories import a_playable_track, a_track
from videos import pipeline
from videos.media import analysis_cache
from videos.pipeline.song_analysis import have_heard
from videos.render.scene import FPS

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folders(settings, tmp_path):
    settings.SCRATCH_DIR = tmp_path / "scratch"
    settings.DATA_DIR = tmp_path


@pytest.fixture
def sent(monkeypatch) -> list[int]:
    asked: list[int] = []
    monkeypatch.setattr("videos.queue.send_listening", asked.append)
    return asked


def test_a_worker_is_asked_once_and_then_it_is_known(sent):
    track = a_playable_track()
    for _ in range(2):
        have_heard(track)
    assert sent == [track.pk]
    pipeline.listen(track.pk)
    track.refresh_from_db()
    analysis = analysis_cache.memory().analysis(track.audio_digest, FPS)
    assert analysis is not None
    assert analysis.duration == pytest.approx(1, abs=0.1)
    sent.clear()
    have_heard(a_playable_track(audio_digest=track.audio_digest))
    assert not sent


def test_a_song_without_sound_is_not_listened_to(sent):
    track = a_track()
    have_heard(track)
    pipeline.listen(track.pk)
    pipeline.listen(track.pk + 1)
    assert not sent


def test_what_cannot_be_heard_stays_unknown():
    track = a_playable_track(audio=ContentFile(b"noise", "song.wav"))
    pipeline.listen(track.pk)
    track.refresh_from_db()
    assert track.audio_digest == ""


def test_what_was_forgotten_is_heard_again(sent):
    track = a_playable_track()
    pipeline.listen(track.pk)
    track.refresh_from_db()
    for file in analysis_cache.memory().folder.iterdir():
        file.unlink()
    have_heard(track)
    assert sent == [track.pk]
    pipeline.listen(track.pk)
    assert analysis_cache.memory().knows(track.audio_digest, FPS)
