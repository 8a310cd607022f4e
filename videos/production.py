"""From an order to a film: the verbs that forms, the admin and the workers share."""

import logging
import threading
import time
import uuid
from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from videos import workspace
from videos.models import Event, Track, User, Video
from videos.providers.base import Order, Song
from videos.providers.errors import MediaError, ProviderError, Stopped
from videos.providers.registry import builtin
from videos.queue import due_in, nudge
from videos.render.scene import Film, Progress
from videos.statuses import Stage

logger = logging.getLogger(__name__)

CANDIDATES = 10  # due videos that a worker tries to claim before it leaves them to the others
HEARTBEAT = 0.5  # seconds between two writes of a claim's progress
stopping = threading.Event()  # set when this worker was asked to end


def order(
    owner: User,
    track: Track,
    *,
    provider: str,
    format: str,
    author: str,
    domain_name: str,
    form_token: uuid.UUID | None = None,
) -> Video:
    """Order a film and return its row; a repeated ``form_token`` returns the first one."""
    fields = {
        "track": track,
        "provider": provider,
        "format": format,
        "author": author,
        "domain_name": domain_name,
        "due_at": timezone.now(),
    }
    with transaction.atomic():
        if form_token is None:
            video, created = Video.objects.create(owner=owner, **fields), True
        else:
            video, created = Video.objects.get_or_create(
                owner=owner, form_token=form_token, defaults=fields
            )
        if created:
            video.log(Event.Kind.ORDERED)
            nudge(video)
    return video


def cancel(video: Video) -> bool:
    """Stop a video in the making; whoever works on it notices within a second."""
    return video.cancel()


def try_again(video: Video) -> bool:
    """Order a failed or cancelled video once more, on the same page."""
    retried = video.retry()
    if retried:
        nudge(video)
    return retried


def remove(video: Video) -> None:
    """Delete a video with its files; a worker that makes it stops."""
    video.cancel()
    files = workspace.stored_films(video)
    video.delete()
    _delete_later(files)


def remove_song(track: Track) -> None:
    """Delete a song with its files; raises ``ProtectedError`` while there are videos of it."""
    files = [str(file.name) for file in (track.audio, track.cover) if file]
    with transaction.atomic():
        track.delete()
        if not track.music_task.tracks.exists():
            track.music_task.delete()
        _delete_later(files)


def produce_next(queue: str) -> None:
    """Take the first video of ``queue`` that is due and free one step further."""
    for pk in due_in(queue).values_list("pk", flat=True)[:CANDIDATES]:
        if stopping.is_set() or produce(pk):
            return


def produce(pk: uuid.UUID) -> bool:
    """Claim the video ``pk`` and take it one step further; False where it is not to be had."""
    video = Video.objects.select_related("track").claim(pk)
    if video is None:
        return False
    workspace.sweep(video)
    if video.tries > settings.WORK_MAX_TRIES:
        _give_up(video)
    elif video.started():
        _make(video)
    return True


def _make(video: Video) -> None:
    claim = _Claim(video)
    with workspace.workspace(video) as folder:
        try:
            song = _song(video.track, folder)
            wanted = Order(song, video.author, video.domain_name, video.format)
            film = builtin().make(wanted, folder / "film.mp4", claim.progressed, claim.is_over)
            _keep(video, film)
        except Stopped:
            if not claim.lost:
                video.paused()
        except MediaError as error:
            video.failed(Video.Failure.MEDIA, str(error))
        except ProviderError as error:
            logger.warning("Video %s, attempt %s: %s", video.pk, video.attempt, error)
            _broke(video)
        except Exception:
            logger.exception("Video %s, attempt %s broke", video.pk, video.attempt)
            _broke(video)


def _song(track: Track, folder: Path) -> Song:
    audio = workspace.local_copy(track.audio, folder)
    if audio is None:
        raise MediaError(_("This song has no audio file here; upload one to render it."))
    return Song(
        audio=audio,
        cover=workspace.local_copy(track.cover, folder),
        lyrics=track.lyrics,
        lyrics_offset=track.lyrics_offset / 1000,
        title=track.title,
        duration=track.duration or 0,
    )


def _keep(video: Video, film: Film) -> None:
    names = [workspace.keep(video, path) for path in (film.path, film.poster)]
    kept = video.finished(
        film=names[0],
        poster=names[1],
        width=film.width,
        height=film.height,
        duration=film.duration,
        size=film.size,
    )
    if not kept:  # cancelled, or taken over by another worker, in the last moment
        for name in names:
            default_storage.delete(name)


def _broke(video: Video) -> None:
    """Let the next attempt begin at once, or give up after the last."""
    if video.tries >= settings.WORK_MAX_TRIES:
        _give_up(video)
    else:
        video.write(due_at=timezone.now(), stage=Stage.QUEUED, fraction=0, seconds_left=None)


def _give_up(video: Video) -> None:
    video.failed(
        Video.Failure.DIED,
        _(
            "The renderer broke down %(count)d times on this song. Try again; if it happens "
            "again, upload the song as another file."
        )
        % {"count": settings.WORK_MAX_TRIES},
    )


def _delete_later(names: list[str]) -> None:
    def delete() -> None:
        for name in names:
            default_storage.delete(name)

    transaction.on_commit(delete)


class _Claim:
    """Renews this worker's hold on a video while it is made, and notices when it is lost."""

    def __init__(self, video: Video) -> None:
        self.video = video
        self.lost = False
        self._progress = Progress(Stage.READING, 0, None)
        self._written = 0.0

    def progressed(self, progress: Progress) -> None:
        """Take note of how far the film is; written at the next heartbeat."""
        self._progress = progress

    def is_over(self) -> bool:
        """Say whether the work should stop; asked for several times a second."""
        now = time.monotonic()
        if now - self._written >= HEARTBEAT:
            self._written = now
            latest = self._progress
            self.lost = not self.video.progressed(
                Stage(latest.stage), latest.fraction, latest.seconds_left
            )
        return self.lost or stopping.is_set()
