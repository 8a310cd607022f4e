"""The sound and the cover of a vendor's song, copied to our storage when they are needed."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models import F
from django.utils.translation import gettext as _

from videos.media import analysis_cache, workspace
from videos.media.covers import CoverError, as_jpeg
from videos.models import Track
from videos.models.song import AUDIO_SUFFIXES, media_path
from videos.outbound.downloads import DownloadError, DownloadStopped, download
from videos.pipeline import quota
from videos.providers.errors import MediaError, ProviderError, Stopped
from videos.render.audio.decoding import MOST_MISSING, AudioError
from videos.render.sandbox.probe import probe_apart

logger = logging.getLogger(__name__)

PATIENCE = 120.0  # seconds

ShouldStop = Callable[[], bool]


def never() -> bool:
    """Return False: nobody asks for an end."""
    return False


def bring_audio_home(
    track: Track, should_stop: ShouldStop = never, patience: float | None = None
) -> None:
    """Copy the vendor's sound of ``track``, and write down what is heard in it.

    Raises ``MediaError`` where it cannot be had or used, ``Stopped`` once ``should_stop()``.
    """
    if track.audio:
        return
    if not track.audio_url:
        raise MediaError(_("This song has no audio file here; upload one to render it."))
    with _fetched(track.audio_url, settings.MAX_AUDIO_BYTES, should_stop, patience) as file:
        try:
            info = probe_apart(file, analysis_cache.memory(), settings.MAX_AUDIO_SECONDS + 0.1)
        except AudioError as error:
            raise MediaError(str(error)) from error
        if info.is_cut_short and (track.duration or 0) - info.duration > MOST_MISSING:
            raise MediaError(_("The vendor's file ends before the song does."))
        name = media_path(track, f"song{AUDIO_SUFFIXES[info.container.partition(',')[0]]}")
        size = file.stat().st_size
        _check_room(track, size)
        with file.open("rb") as sound:
            kept = default_storage.save(name, workspace.MovableFile(sound, name=str(file)))
        _set(
            track,
            "audio",
            kept,
            size,
            duration=info.duration,
            channels=info.channels,
            sample_rate=info.sample_rate,
            loudness=info.loudness,
            audio_digest=info.digest,
        )


def bring_cover_home(
    track: Track, should_stop: ShouldStop = never, patience: float | None = None
) -> None:
    """Copy the vendor's cover of ``track``; raises like ``bring_audio_home``."""
    if track.cover:
        return
    if not track.image_url:
        raise MediaError(_("This song has no cover."))
    with _fetched(track.image_url, settings.MAX_COVER_BYTES, should_stop, patience) as file:
        try:
            with file.open("rb") as picture:
                jpeg = as_jpeg(picture)
        except CoverError as error:
            raise MediaError(str(error)) from error
        _check_room(track, len(jpeg))
        kept = default_storage.save(media_path(track, "cover.jpg"), ContentFile(jpeg))
        _set(track, "cover", kept, len(jpeg))


def bring_home_if_possible(track: Track, should_stop: ShouldStop = never) -> None:
    """Copy what the vendor has of ``track``: it deletes songs as it deletes films."""
    for bring in (bring_cover_home, bring_audio_home):
        try:
            bring(track, should_stop)
        except ProviderError as error:
            logger.info("Track %s: %s", track.pk, error)


def _check_room(track: Track, size: int) -> None:
    try:
        quota.check_storage(track.music_task.owner, size)
    except quota.QuotaReached as error:
        raise MediaError(str(error)) from error


@contextmanager
def _fetched(
    url: str, most: int, should_stop: ShouldStop, patience: float | None
) -> Iterator[Path]:
    Path(settings.SCRATCH_DIR).mkdir(mode=0o700, parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="song-", dir=settings.SCRATCH_DIR) as folder:
        file = Path(folder) / "file"
        try:
            download(url, file, most=most, patience=patience or PATIENCE, should_stop=should_stop)
        except DownloadStopped as error:
            raise Stopped(str(error)) from error
        except DownloadError as error:
            raise MediaError(str(error)) from error
        yield file


def _set(track: Track, field: str, name: str, size: int, **fields: object) -> None:
    """Write a file's name, unless somebody else was faster; then the copy goes again."""
    mine = Track.objects.filter(pk=track.pk, **{field: ""})
    if not mine.update(**{field: name}, size=F("size") + size, **fields):
        default_storage.delete(name)
    try:
        track.refresh_from_db(fields=[field, *fields])
    except Track.DoesNotExist as error:
        raise MediaError(_("The song was deleted.")) from error
