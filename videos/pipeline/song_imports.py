"""Songs of which somebody gave the address: ordered at once, fetched by workers."""

import logging
from datetime import timedelta
from pathlib import PurePosixPath
from threading import BoundedSemaphore
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from videos.media import workspace
from videos.models import MusicTask, Track, User
from videos.pipeline import quota, song_files
from videos.pipeline.claim import held, stopping
from videos.providers.errors import MediaError, Stopped
from videos.queue import nudge_fetching
from videos.statuses import MusicStatus

logger = logging.getLogger(__name__)

CANDIDATES = 10  # due songs that a worker tries to claim before it leaves them to the others

_lanes = BoundedSemaphore(max(1, settings.WORK_CONCURRENCY // 2))
"""Threads of this process that may fetch songs at a time: slow servers must not keep the others
from what else there is to do.
"""


def order_song(owner: User, audio_url: str, image_url: str = "", **said: str) -> Track:
    """Keep a song whose sound is to be fetched from ``audio_url``; ``said`` are its texts.

    Raises ``QuotaReached``.
    """
    quota.check_storage(owner)
    with transaction.atomic():
        task = MusicTask.objects.create(
            owner=owner, status=MusicStatus.PENDING, due_at=timezone.now()
        )
        said["title"] = said.get("title") or _name_in(audio_url)
        track = Track.objects.create(
            music_task=task, audio_url=audio_url, image_url=image_url, **said
        )
        nudge_fetching()
    return track


def fetch_next() -> bool:
    """Fetch the first song that is due and free; False where there is none, or no lane."""
    if not _lanes.acquire(blocking=False):
        return False
    try:
        candidates = MusicTask.objects.next_ones().values_list("pk", flat=True)[:CANDIDATES]
        return any(not stopping.is_set() and fetch(pk) for pk in candidates)
    finally:
        _lanes.release()


def fetch(pk: int) -> bool:
    """Claim the music task ``pk`` and fetch its song; False where it is not to be had."""
    task = MusicTask.objects.claim(pk)
    if task is None:
        return False
    if task.tries > settings.WORK_MAX_TRIES:
        task.not_fetched(_("The song could not be read."))
        return True
    with held(task) as hold:
        try:
            for track in task.tracks.all():
                song_files.bring_audio_home(track, hold.is_over)
                _bring_cover_home(track, hold.is_over)
            task.fetched()
        except Stopped:
            if not hold.lost:
                task.release(timedelta())
        except MediaError as error:
            task.not_fetched(str(error))
        except Exception:
            logger.exception("Music task %s, attempt %s broke", task.task_id, task.attempt)
            _again(task)
    return True


def _again(task: MusicTask) -> None:
    """Let the next attempt begin at once, but wait for a storage that is full or away."""
    waited = timezone.now() - task.created_at
    if waited < workspace.LONGEST_OUTAGE and not workspace.storage_works():
        task.release(workspace.BETWEEN_LOOKS)
    else:
        task.write(due_at=timezone.now())


def _bring_cover_home(track: Track, should_stop: song_files.ShouldStop) -> None:
    """Fetch the cover if that can be: a song without one is better than none."""
    if track.cover or not track.image_url:
        return
    try:
        song_files.bring_cover_home(track, should_stop)
    except MediaError as error:
        logger.info("Track %s: %s", track.pk, error)
        Track.objects.filter(pk=track.pk).update(image_url="")


def _name_in(url: str) -> str:
    """Return what the last part of an address says of its song."""
    try:
        name = unquote(PurePosixPath(urlsplit(url).path).stem, errors="ignore")
    except ValueError:  # no address at all: fetching it will say so
        return ""
    return "".join(filter(str.isprintable, name.replace("_", " "))).strip()[:200]
