"""Makes films with our own renderer, and pauses, retries or fails them."""

import logging
from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from videos import clock
from videos.media import workspace
from videos.media.analysis_cache import analysis_cache
from videos.models import Video
from videos.pipeline import pictures, song_files
from videos.pipeline.claim import (
    DATABASE_IS_AWAY,
    ProgressLease,
    renewing_lease,
    write_result,
)
from videos.pipeline.scenes import load_scene
from videos.providers.errors import MediaError, ProviderError, Stopped, StorageFull
from videos.providers.registry import builtin
from videos.render.errors import is_disk_full
from videos.render.scene import Film, Scene
from videos.statuses import DelayReason, Failure, Stage

logger = logging.getLogger(__name__)


def render(video: Video) -> None:
    """Make the film of a claimed video; it fails after ``WORK_MAX_CRASHED_CLAIMS`` crashes."""
    if video.crashed_claims > settings.WORK_MAX_CRASHED_CLAIMS:
        _give_up(video)
    elif not _has_storage(video):
        _wait_for_storage(video)
    elif video.mark_started():
        _make(video)


def _has_storage(video: Video) -> bool:
    """Return whether the song's file can be read and the film's files can be written now.

    Deletes what earlier claims of the video left.
    """

    def check() -> None:
        workspace.check_writable()
        workspace.remove_leftovers(video)
        workspace.check_file(video.track.audio)

    return workspace.is_storage_working(check)


def _wait_for_storage(video: Video) -> None:
    """Reschedule the video, which is not to blame; fail it after an outage of a day."""
    if clock.now() - video.queued_at > workspace.STORAGE_OUTAGE_TIMEOUT:
        sentence = _("For a day, this site could not reach its files or had no room for the film.")
        video.mark_failed(Failure.STORAGE, sentence)
    else:
        video.reschedule(
            workspace.STORAGE_RETRY_INTERVAL,
            DelayReason.STORAGE,
            stage=Stage.QUEUED,
            fraction=0,
            seconds_left=None,
        )


def _make(video: Video) -> None:
    lease = ProgressLease(video)
    with workspace.workspace(video) as folder:
        try:
            _fetch_song(video)
            film = builtin().make(
                _load_scene(video, folder),
                folder / "film.mp4",
                lease.record_progress,
                lease.should_stop,
                analysis_cache(),
            )
            _store(video, film)
        except Stopped:
            if not lease.lost:
                video.mark_paused()
        except MediaError as error:
            video.mark_failed(Failure.MEDIA, str(error))
        except StorageFull as error:
            logger.warning("Video %s, attempt %s: %s", video.pk, video.fencing_token, error)
            _wait_for_storage(video)
        except ProviderError as error:
            logger.warning("Video %s, attempt %s: %s", video.pk, video.fencing_token, error)
            _retry(video)
        except DATABASE_IS_AWAY:  # not the renderer's fault, and nothing can be written now
            raise
        except Exception as error:
            logger.exception("Video %s, attempt %s broke", video.pk, video.fencing_token)
            if is_disk_full(error):
                _wait_for_storage(video)
            else:
                _retry(video)


def _fetch_song(video: Video) -> None:
    """Store what only the song's vendor has: its audio, and its cover if that can be fetched."""
    track = video.track
    if (track.audio or not track.audio_url) and (track.cover or not track.image_url):
        return
    video.record_progress(Stage.FETCHING, 0, None)
    with renewing_lease(video) as lease:
        if not track.audio and track.audio_url:
            song_files.store_audio(track, lease.should_stop)
        if not track.cover and track.image_url:
            try:
                song_files.store_cover(track, lease.should_stop)
            except MediaError as error:  # a film without a cover is better than none
                logger.warning("Track %s: %s", track.pk, error)


def _load_scene(video: Video, folder: Path) -> Scene:
    """Return the scene of ``video``, with its files on this machine. Raises ``MediaError``."""
    audio = workspace.get_local_path(video.track.audio, folder)
    if audio is None:
        raise MediaError(_("This song has no audio file here; upload one to render it."))
    return load_scene(video, audio, folder)


def _store(video: Video, film: Film) -> None:
    small = pictures.add_pictures(video, film.path, film.poster, film.path.parent)
    names = [workspace.store(video, path) for path in (film.path, film.poster)]
    is_stored = write_result(
        lambda: video.mark_finished(
            film=names[0],
            poster=names[1],
            width=film.width,
            height=film.height,
            duration=film.duration,
            size=film.size,
            loudness=film.loudness,
            clip_start=film.clip_start,
            lyrics_version=video.track.lyrics_version,
            **small,
        )
    )
    if not is_stored:  # cancelled, or claimed by another worker, in the last moment
        for name in [*names, *pictures.stored_names(small)]:
            default_storage.delete(name)


def _retry(video: Video) -> None:
    """Make the video due at once, or fail it after the last attempt; wait for a full storage."""
    if not _has_storage(video):
        _wait_for_storage(video)
    elif video.crashed_claims >= settings.WORK_MAX_CRASHED_CLAIMS:
        _give_up(video)
    else:
        video.write(due_at=clock.now(), stage=Stage.QUEUED, fraction=0, seconds_left=None)


def _give_up(video: Video) -> None:
    workspace.remove_leftovers(video)
    video.mark_failed(
        Failure.WORKER_LOST,
        _(
            "The renderer broke down %(count)d times on this song. Try again; if it happens "
            "again, upload the song as another file."
        )
        % {"count": settings.WORK_MAX_CRASHED_CLAIMS},
    )
