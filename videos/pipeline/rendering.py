"""Films that our own renderer makes."""

import logging
from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage
from django.utils import timezone
from django.utils.translation import gettext as _

from videos.media import workspace
from videos.models import Track, Trouble, Video
from videos.pipeline import song_files
from videos.pipeline.claim import Claim, held
from videos.providers.base import Order, Song
from videos.providers.errors import MediaError, ProviderError, Stopped
from videos.providers.registry import builtin
from videos.render.scene import Film
from videos.statuses import Stage

logger = logging.getLogger(__name__)


def render(video: Video) -> None:
    """Make the film of a claimed video, or give up one that no attempt has survived."""
    if video.tries > settings.WORK_MAX_TRIES:
        _give_up(video)
    elif not _has_storage(video):
        _wait_for_storage(video)
    elif video.started():
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
        video.failed(Video.Failure.STORAGE, sentence)
    else:
        again = workspace.BETWEEN_LOOKS
        video.put_off(again, Trouble.STORAGE, stage=Stage.QUEUED, fraction=0, seconds_left=None)


def _make(video: Video) -> None:
    claim = Claim(video)
    with workspace.workspace(video) as folder:
        try:
            _bring_home(video)
            wanted = _order(video, _song(video.track, folder))
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


def _bring_home(video: Video) -> None:
    """Copy what only the song's vendor has: its sound, and its cover if that can be had."""
    track = video.track
    if (track.audio or not track.audio_url) and (track.cover or not track.image_url):
        return
    video.progressed(Stage.FETCHING, 0, None)
    with held(video) as hold:
        if not track.audio and track.audio_url:
            song_files.bring_audio_home(track, hold.is_over)
        if not track.cover and track.image_url:
            try:
                song_files.bring_cover_home(track, hold.is_over)
            except MediaError as error:  # a film without a cover is better than none
                logger.warning("Track %s: %s", track.pk, error)


def _order(video: Video, song: Song) -> Order:
    return Order(
        song,
        video.author,
        video.domain_name,
        video.format,
        look=video.look,
        resolution=video.resolution,
        fps=video.fps,
        is_normalised=video.sound == Video.Sound.NORMALISED,
        section_tags=video.section_tags,
    )


def _song(track: Track, folder: Path) -> Song:
    audio = workspace.local_copy(track.audio, folder)
    if audio is None:
        raise MediaError(_("This song has no audio file here; upload one to render it."))
    return song_of(track, audio, workspace.local_copy(track.cover, folder))


def song_of(track: Track, audio: Path, cover: Path | None) -> Song:
    """Return what the renderer must know of ``track``, whose files are here."""
    return Song(
        audio=audio,
        cover=cover,
        lyrics=track.lyrics,
        lyrics_offset=track.lyrics_offset / 1000,
        title=track.title,
        duration=track.duration or 0,
        words=tuple(track.sung_words),
        model_name=track.model_name,
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
        loudness=film.loudness,
    )
    if not kept:  # cancelled, or taken over by another worker, in the last moment
        for name in names:
            default_storage.delete(name)


def _broke(video: Video) -> None:
    """Let the next attempt begin at once, or give up after the last; wait for a full storage."""
    if not _has_storage(video):
        _wait_for_storage(video)
    elif video.tries >= settings.WORK_MAX_TRIES:
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
