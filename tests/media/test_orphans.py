"""Files that no row refers to."""

import os
import time

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from tests.factories import a_finished_video, a_playable_track, a_video
from videos import housekeeping
from videos.media import orphans
from videos.models import ScheduledTask

pytestmark = pytest.mark.django_db


def set_age(name: str, days: float = 2) -> None:
    modified = time.time() - days * 86400
    os.utime(default_storage.path(name), (modified, modified))


def orphan(name: str) -> str:
    stored = default_storage.save(name, ContentFile(b"x"))
    set_age(stored)
    return stored


def test_files_of_no_row_go_after_a_day_and_nothing_else_does():
    video, track, pending = a_finished_video(), a_playable_track(), a_video()
    lost = [
        orphan("songs/lost.mp3"),
        orphan("films/0123/1.mp4"),
        orphan(f"films/{'0' * 32}/1.jpg"),
        orphan(f"films/{video.pk.hex}/1-thumbnail.webp"),  # by a worker that was killed
    ]
    staying = [
        video.film.name,
        track.audio.name,
        orphan(f"films/{pending.pk.hex}/1.mp4"),  # whose workers tidy it
        orphan("elsewhere/lost.mp3"),
        default_storage.save("songs/young.mp3", ContentFile(b"x")),
    ]
    set_age(video.film.name)
    assert housekeeping.run("orphans") == "deleted 4"
    assert not any(map(default_storage.exists, lost))
    assert all(map(default_storage.exists, staying))


def test_the_files_of_another_database_are_not_deleted():
    names = [orphan(f"songs/{number}.mp3") for number in range(orphans.MIN_SUSPICIOUS)]
    with pytest.raises(orphans.TooManyOrphans, match="probably not that of these files"):
        housekeeping.run("orphans")
    task = ScheduledTask.objects.get(name="orphans")
    assert task.failed
    assert "Nothing was deleted" in task.outcome
    assert all(map(default_storage.exists, names))
    ScheduledTask.objects.all().run_soon()
    assert housekeeping.run("orphans", force=True) == f"deleted {len(names)}"
