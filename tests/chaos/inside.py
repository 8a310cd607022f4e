"""What is read and written inside the portal's database, by its own models.

The process that imports this has the settings of the site that is put to the test.
"""

import contextlib
import functools
import json
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import django
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection

django.setup()

from tests import factories, media_files  # noqa: E402 - Django must be set up before
from tests.render.samples import music, write_song  # noqa: E402
from videos import clock, demo  # noqa: E402
from videos.media.references import referenced_names  # noqa: E402
from videos.models import ApiKey, Circuit, Delivery, Event, MusicTask, User, Video  # noqa: E402
from videos.statuses import VideoStatus  # noqa: E402

T = TypeVar("T")
SECONDS = {"short": 2, "long": 8}
AGE = 3 * 24 * 3600  # seconds by which files are made older, so that they count as left behind


def fresh(read: Callable[[], T]) -> Callable[[], T]:
    """Let a function begin with a new connection, and once more where that breaks."""

    @functools.wraps(read)
    def call() -> T:
        for attempts_left in (10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0):
            try:
                return read()
            except DatabaseError:
                if not attempts_left:
                    raise
                time.sleep(1)
            finally:
                connection.close()
        raise AssertionError

    return call


def make_person() -> tuple[str, dict[str, dict[str, str]]]:
    """Create a person with songs; return the key and the ids of the songs by kind."""
    owner = User.objects.create_user("chaos@example.com")
    tracks = {}
    for kind, seconds in SECONDS.items():
        path = write_song(Path(settings.DATA_DIR) / f"{kind}.mp3", music(seconds))
        tracks[kind] = _add_track(owner, ContentFile(path.read_bytes(), "song.mp3"), seconds)
        path.unlink()
    junk = media_files.mp4()[:400] + os.urandom(3000)
    tracks["poison"] = _add_track(owner, ContentFile(junk, "song.mp3"), 3)
    return ApiKey.objects.issue(owner, "Chaos")[1], tracks


def _add_track(owner: User, audio: ContentFile, seconds: float) -> dict[str, str]:
    track = factories.a_track(
        owner,
        lyrics="[00:00.50]One line\n",
        audio=audio,
        cover=ContentFile(demo.COVER.read_bytes(), "cover.jpg"),
        duration=seconds,
        channels=2,
        sample_rate=44100,
    )
    return {"taskId": track.music_task.task_id, "audioId": track.audio_id}


def held() -> set[str]:
    """Return the videos that workers hold now; none where the database does not answer."""
    try:
        rows = Video.objects.filter(crashed_claims__gt=0, due_at__isnull=False)
        return {pk.hex for pk in rows.values_list("pk", flat=True)}
    except DatabaseError:
        return set()
    finally:
        connection.close()


@fresh
def unfinished() -> list[str]:
    """Return what is still to be done."""
    videos = [video for video in Video.objects.all() if video.is_in_progress]
    lines = [f"video {v.pk.hex} {v.status} {v.stage} {v.delay_reason}" for v in videos]
    lines += [f"webhook of {each.video_id}" for each in Delivery.objects.waiting()]
    return lines


@fresh
def hurry() -> None:
    """Make due what waits for its time, as an operator does by actions of the admin."""
    Circuit.objects.update(open_until=None, failures=0)
    waiting = Video.objects.filter(due_at__gt=clock.now(), crashed_claims=0)
    waiting.update(due_at=clock.now())
    Delivery.objects.waiting().filter(crashed_claims=0).update(due_at=clock.now())


@fresh
def videos() -> dict[str, dict[str, object]]:
    """Return the facts of all videos by their ids."""
    rows = {}
    for video in Video.with_trash.all():
        events = Event.objects.filter(video=video).order_by("at", "pk")
        rows[video.pk.hex] = {
            "status": video.status,
            "failure": video.failure,
            "message": video.error_message,
            "provider": video.provider,
            "author": video.author,
            "film": video.film.name or "",
            "size": video.size,
            "pictures": bool(video.thumbnail),
            "due": video.due_at is not None,
            "crashed": video.crashed_claims,
            "events": [[f"{each.at:%H:%M:%S}", each.kind, each.detail] for each in events],
        }
    return rows


@fresh
def file_problems() -> list[str]:
    """Return what is wrong with the stored films, and the files that belong to no row."""
    problems, names = [], set(referenced_names())
    for video in Video.objects.filter(status=VideoStatus.SUCCESS):
        with contextlib.suppress(OSError):
            if default_storage.size(video.film.name) == video.size:
                continue
        problems.append(f"{video.pk.hex}: its film is not as its row says")
    media = Path(settings.MEDIA_ROOT)
    for path in media.rglob("*"):
        if path.is_file() and str(path.relative_to(media)) not in names:
            problems.append(f"orphan file {path.relative_to(media)}")
    return problems


def make_older() -> None:
    """Make all files look old, so that the housekeeping takes what belongs to nobody."""
    then = time.time() - AGE
    data = Path(settings.DATA_DIR)
    folders = (settings.MEDIA_ROOT, settings.SCRATCH_DIR, settings.FILE_UPLOAD_TEMP_DIR)
    for folder in (*map(Path, folders), data / "queue", *data.glob("tmp*")):
        for path in [*folder.rglob("*")]:
            os.utime(path, (then, then))


def left_behind() -> list[str]:
    """Return scratch folders, half files and temporary files that are there."""
    data = Path(settings.DATA_DIR)
    names = [*Path(settings.SCRATCH_DIR).glob("*"), *data.glob("tmp*/*"), *data.rglob("*.part")]
    names += Path(settings.FILE_UPLOAD_TEMP_DIR).glob("*")
    return [str(path.relative_to(data)) for path in names]


@fresh
def row_problems() -> list[str]:
    """Return rows that say of themselves that they are in the making, though nothing is."""
    rows = [f"video {v.pk.hex} is claimed" for v in Video.objects.filter(crashed_claims__gt=0)]
    rows += [f"song {t.pk} is claimed" for t in MusicTask.objects.filter(crashed_claims__gt=0)]
    return rows


def dump(path: Path) -> None:
    path.write_text(json.dumps(videos(), indent=1))
