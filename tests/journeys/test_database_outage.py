"""A database that restarts while a film is made: the film is not thrown away."""

import threading
import time

import psycopg
import pytest
from django.core.files.base import ContentFile
from django.db import OperationalError, connection

from tests import media_files
from tests.factories import a_playable_track, a_video
from videos import pipeline
from videos.models import Event, Video
from videos.pipeline import claim
from videos.statuses import Stage, VideoStatus

pytestmark = pytest.mark.django_db(transaction=True)


def test_progress_that_cannot_be_written_stops_nothing(monkeypatch):
    video = a_video(track=a_playable_track())
    record, failures = Video.record_progress, iter(range(3))

    def away(self, *args):
        if next(failures, None) is not None:
            raise OperationalError("server closed the connection")
        return record(self, *args)

    monkeypatch.setattr(Video, "record_progress", away)
    monkeypatch.setattr(claim, "PROGRESS_INTERVAL", 0.01)
    pipeline.advance(video.pk)
    assert Video.objects.get(pk=video.pk).is_ready


def test_a_result_is_written_once_the_database_is_back(monkeypatch):
    video = a_video(track=a_playable_track())
    finish, failures = Video.mark_finished, iter(range(2))

    def away(self, **film):
        if next(failures, None) is not None:
            raise OperationalError("the database system is starting up")
        return finish(self, **film)

    monkeypatch.setattr(Video, "mark_finished", away)
    monkeypatch.setattr(claim, "RECONNECT_INTERVAL", 0.01)
    pipeline.advance(video.pk)
    video.refresh_from_db()
    assert (video.status, video.crashed_claims) == (VideoStatus.SUCCESS, 0)


def test_a_database_that_stays_away_is_given_up(monkeypatch):
    monkeypatch.setattr(claim, "OUTAGE_TIMEOUT", 0.0)

    def away():
        raise OperationalError("connection refused")

    with pytest.raises(OperationalError):
        claim.write_result(away)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no server to restart")
def test_a_restart_of_postgresql_costs_no_film(settings):
    settings.WORK_LEASE_SECONDS = 5
    track = a_playable_track()
    track.audio.save("song.wav", ContentFile(media_files.wav(60)))
    track.duration = 60.0
    track.save()
    video = a_video(track=track)
    worker = threading.Thread(target=_advance, args=(video,))
    worker.start()
    while Video.objects.get(pk=video.pk).stage != Stage.DRAWING:
        time.sleep(0.05)
    _take_database_away(seconds=3)
    worker.join(60)
    video = Video.objects.get(pk=video.pk)
    assert (video.status, video.crashed_claims) == (VideoStatus.SUCCESS, 0)
    assert not video.events.filter(kind=Event.Kind.WORKER_LOST).exists()


def _advance(video: Video) -> None:
    try:
        pipeline.advance(video.pk)
    finally:
        connection.close()


def _take_database_away(seconds: float) -> None:
    """End all connections and refuse others, as a restart of the server does."""
    server = connection.settings_dict
    name = server["NAME"]
    connection.close()
    address = {"host": server["HOST"], "port": server["PORT"], "user": server["USER"]}
    elsewhere = {"dbname": "postgres", "password": server["PASSWORD"], "autocommit": True}
    with psycopg.connect(**address, **elsewhere) as beside, beside.cursor() as cursor:
        cursor.execute(f'ALTER DATABASE "{name}" WITH ALLOW_CONNECTIONS false')
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name]
        )
        time.sleep(seconds)
        cursor.execute(f'ALTER DATABASE "{name}" WITH ALLOW_CONNECTIONS true')
