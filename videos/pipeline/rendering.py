"""Films that our own renderer makes."""

import logging
from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage
from django.utils import timezone
from django.utils.translation import gettext as _

from videos.media import workspace
from videos.media.analysis_cache import analysis_cache
from videos.models import Video
from videos.pipeline import song_files
from videos.pipeline.claim import Claim, held
from videos.pipeline.orders import OrderRequest
from videos.providers.errors import MediaError, ProviderError, Stopped
from videos.providers.registry import builtin
from videos.render import lyrics
from videos.render.scene import Film, Scene
from videos.statuses import DelayReason, Failure, Stage

logger = logging.getLogger(__name__)


def render(video: Video) -> None:
    """Make the film of a claimed video, or give up one that no attempt has survived."""
    if video.crashed_claims > settings.WORK_MAX_CRASHED_CLAIMS:
        _give_up(video)
    elif not _has_storage(video):
        _wait_for_storage(video)
    elif video.mark_started():
        _make(video)


def _has_storage(video: Video) -> bool:
    """Whether the song's file can be read now, and those of its film written; sweeps before."""

    def check() -> None:
        workspace.check_storage()
        workspace.sweep(video)
        workspace.check_file(video.track.audio)

    return workspace.storage_works(check)


def _wait_for_storage(video: Video) -> None:
    """Put the video off: it is not to blame. After a day somebody has to look after both."""
    if timezone.now() - video.queued_at > workspace.LONGEST_OUTAGE:
        sentence = _("For a day, this site could not reach its files or had no room for the film.")
        video.mark_failed(Failure.STORAGE, sentence)
    else:
        again = workspace.BETWEEN_LOOKS
        video.reschedule(again, DelayReason.STORAGE, stage=Stage.QUEUED, fraction=0, seconds_left=None)


def _make(video: Video) -> None:
    claim = Claim(video)
    with workspace.workspace(video) as folder:
        try:
            _bring_home(video)
            film = builtin().make(
                _scene(video, folder),
                folder / "film.mp4",
                claim.record_progress,
                claim.is_over,
                analysis_cache(),
            )
            _keep(video, film)
        except Stopped:
            if not claim.lost:
                video.mark_paused()
        except MediaError as error:
            video.mark_failed(Failure.MEDIA, str(error))
        except ProviderError as error:
            logger.warning("Video %s, attempt %s: %s", video.pk, video.fencing_token, error)
            _broke(video)
        except Exception:
            logger.exception("Video %s, attempt %s broke", video.pk, video.fencing_token)
            _broke(video)


def _bring_home(video: Video) -> None:
    """Copy what only the song's vendor has: its sound, and its cover if that can be had."""
    track = video.track
    if (track.audio or not track.audio_url) and (track.cover or not track.image_url):
        return
    video.record_progress(Stage.FETCHING, 0, None)
    with held(video) as hold:
        if not track.audio and track.audio_url:
            song_files.bring_audio_home(track, hold.is_over)
        if not track.cover and track.image_url:
            try:
                song_files.bring_cover_home(track, hold.is_over)
            except MediaError as error:  # a film without a cover is better than none
                logger.warning("Track %s: %s", track.pk, error)


def _scene(video: Video, folder: Path) -> Scene:
    """Return the scene of ``video``, with its files on this machine. Raises ``MediaError``."""
    audio = workspace.local_copy(video.track.audio, folder)
    if audio is None:
        raise MediaError(_("This song has no audio file here; upload one to render it."))
    return scene_of(video, audio, workspace.local_copy(video.track.cover, folder))


def scene_of(order: Video | OrderRequest, audio: Path, cover: Path | None) -> Scene:
    """Return what the renderer draws for an order; ``audio`` and ``cover`` are local files."""
    track = order.track
    aligned = lyrics.from_aligned_words(track.active_aligned_words)
    lines = aligned or lyrics.parse(track.lyrics, track.duration or 0)
    return Scene(
        audio=audio,
        cover=cover,
        lyrics=lyrics.shifted(lines, track.lyrics_offset / 1000),
        title=track.title,
        author=order.author,
        domain_name=order.domain_name,
        model_name=track.model_name,
        **vars(order.style),
    )


def _keep(video: Video, film: Film) -> None:
    names = [workspace.keep(video, path) for path in (film.path, film.poster)]
    kept = video.mark_finished(
        film=names[0],
        poster=names[1],
        width=film.width,
        height=film.height,
        duration=film.duration,
        size=film.size,
        loudness=film.loudness,
    )
    if not kept:  # cancelled, or taken over by another worker, in the last moment
        for name in names:
            default_storage.delete(name)


def _broke(video: Video) -> None:
    """Let the next attempt begin at once, or give up after the last; wait for a full storage."""
    if not _has_storage(video):
        _wait_for_storage(video)
    elif video.crashed_claims >= settings.WORK_MAX_CRASHED_CLAIMS:
        _give_up(video)
    else:
        video.write(due_at=timezone.now(), stage=Stage.QUEUED, fraction=0, seconds_left=None)


def _give_up(video: Video) -> None:
    video.mark_failed(
        Failure.DIED,
        _(
            "The renderer broke down %(count)d times on this song. Try again; if it happens "
            "again, upload the song as another file."
        )
        % {"count": settings.WORK_MAX_CRASHED_CLAIMS},
    )
