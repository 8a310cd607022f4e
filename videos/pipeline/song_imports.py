"""Imports songs from an address: the row is created at once, and a worker fetches the audio."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from threading import Lock

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from videos import clock
from videos.media import workspace
from videos.models import MusicTask, Track, User
from videos.pipeline import quota, song_files
from videos.pipeline.claim import DATABASE_IS_AWAY, renewing_lease, stopping, write_result
from videos.pipeline.song_tags import title_from
from videos.providers.errors import MediaError, Stopped
from videos.queue import enqueue_fetch
from videos.render.errors import is_disk_full
from videos.statuses import MusicStatus

logger = logging.getLogger(__name__)

CANDIDATES = 10  # due songs that a worker tries to claim before it leaves them to the others


class Lanes:
    """The lanes of this process: the threads that fetch songs at a time, ``size`` at most.

    One person has at most half of them, and gets a further one only while more are free than that
    person has: two people with slow servers leave one for a third.
    """

    def __init__(self, size: int) -> None:
        self.size = size
        self._owners: list[int] = []  # one entry for each song that is being fetched
        self._lock = Lock()

    @contextmanager
    def enter(self, owner_id: int) -> Iterator[bool]:
        """Yield whether a song of ``owner_id`` may be fetched now, in this block."""
        with self._lock:
            count = self._owners.count(owner_id)
            is_free = self.size - len(self._owners) > count and count < max(1, self.size // 2)
            if is_free:
                self._owners.append(owner_id)
        try:
            yield is_free
        finally:
            if is_free:
                with self._lock:
                    self._owners.remove(owner_id)


# The other threads stay free for other work, which slow servers would otherwise hold up
lanes = Lanes(max(1, settings.WORK_CONCURRENCY // 2))


def import_song(owner: User, audio_url: str, image_url: str = "", **fields: str) -> Track:
    """Create a song whose audio is to be fetched from ``audio_url``.

    ``fields`` are texts of its row, such as ``title``. Raises ``QuotaReached``.
    """
    quota.check_storage_quota(owner)
    with transaction.atomic():
        task = MusicTask.objects.create(owner=owner, status=MusicStatus.PENDING, due_at=clock.now())
        fields["title"] = fields.get("title") or title_from(audio_url)
        track = Track.objects.create(
            music_task=task, audio_url=audio_url, image_url=image_url, **fields
        )
        enqueue_fetch()
    return track


def fetch_next_song() -> bool:
    """Fetch the song whose turn it is; False where there is none, or no lane."""
    for pk, owner_id in MusicTask.objects.fetchable().values_list("pk", "owner")[:CANDIDATES]:
        with lanes.enter(owner_id) as is_free:
            if is_free and not stopping.is_set() and fetch_song(pk):
                return True
    return False


def fetch_song(pk: int) -> bool:
    """Claim the music task ``pk`` and fetch its song; False where it cannot be claimed."""
    task = MusicTask.objects.claim(pk)
    if task is None:
        return False
    MusicTask.objects.end_turn(task.owner_id)
    if task.crashed_claims > settings.WORK_MAX_CRASHED_CLAIMS:
        task.mark_fetch_failed(_("The song could not be read."))
        return True
    with renewing_lease(task) as lease:
        try:
            for track in task.tracks.all():
                song_files.store_audio(track, lease.should_stop)
                _store_cover_if_possible(track, lease.should_stop)
            task.mark_fetched()
        except Stopped:
            if not lease.lost:
                task.release(timedelta())
        except MediaError as error:
            task.mark_fetch_failed(str(error))
        except DATABASE_IS_AWAY as error:
            logger.warning("Music task %s: %s", task.task_id, error)
            write_result(lambda: task.release(timedelta()))
        except Exception as error:
            logger.exception("Music task %s, attempt %s broke", task.task_id, task.fencing_token)
            _retry(task, has_room=not is_disk_full(error))
    return True


def _retry(task: MusicTask, *, has_room: bool) -> None:
    """Make the task due at once, or later where the storage is full or away."""
    waited = clock.now() - task.created_at
    may_wait = waited < workspace.STORAGE_OUTAGE_TIMEOUT
    if may_wait and not (has_room and workspace.is_storage_working()):
        task.release(workspace.STORAGE_RETRY_INTERVAL)
    else:
        task.write(due_at=clock.now())


def _store_cover_if_possible(track: Track, should_stop: song_files.ShouldStop) -> None:
    """Fetch the cover, or forget its address: a song without a cover is better than none."""
    if track.cover or not track.image_url:
        return
    try:
        song_files.store_cover(track, should_stop)
    except MediaError as error:
        logger.info("Track %s: %s", track.pk, error)
        Track.objects.filter(pk=track.pk).update(image_url="")
