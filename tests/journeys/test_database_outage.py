"""A database that restarts while a film is made: the film is not thrown away."""

import threading
import time

import psycopg
import pytest
from django.core.files.base import ContentFile
from django.db import connection

from tests import media_files
from tests.factories import a_playable_track, a_video
from videos import pipeline
from videos.models import Event, Video
from videos.statuses import Stage, VideoStatus

pytestmark = pytest.mark.django_db(transaction=True)


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
