"""Copies the audio and the cover of a vendor's song to our storage when they are needed."""

import hashlib
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models import F
from django.utils.translation import gettext as _

from videos.media import workspace
from videos.media.analysis_cache import analysis_cache
from videos.models import Track
from videos.models.track import AUDIO_SUFFIXES, media_path
from videos.outbound.downloads import DownloadError, DownloadStopped, download
from videos.pipeline import quota, song_tags
from videos.providers.errors import MediaError, ProviderError, RenderFailed, Stopped, StorageFull
from videos.render.audio.info import MAX_MISSING_SECONDS
from videos.render.errors import AudioError, CoverError, RenderError, StorageError
from videos.render.sandbox.cover import convert_in_child
from videos.render.sandbox.probe import probe_in_child

logger = logging.getLogger(__name__)

DOWNLOAD_TIMEOUT = 120.0  # seconds
FAILURE_TTL = 120  # seconds for which an address that failed is not called again

ShouldStop = Callable[[], bool]


def never() -> bool:
    """Return False: the download is not to be stopped."""
    return False


def store_audio(
    track: Track, should_stop: ShouldStop = never, timeout: float | None = None
) -> None:
    """Copy the vendor's audio of ``track`` to our storage, with its duration and loudness.

    ``timeout`` is in seconds, ``DOWNLOAD_TIMEOUT`` where it is None. Raises ``MediaError`` where
    the audio cannot be fetched or used, ``Stopped`` once ``should_stop()`` is true.
    """
    if track.audio:
        return
    if not track.audio_url:
        raise MediaError(_("This song has no audio file here; upload one to render it."))
    with _download(track.audio_url, settings.MAX_AUDIO_BYTES, should_stop, timeout) as file:
        info = probe_in_child(file, analysis_cache(), settings.MAX_AUDIO_SECONDS + 0.1)
        if info.is_truncated and (track.duration or 0) - info.duration > MAX_MISSING_SECONDS:
            raise MediaError(_("The vendor's file ends before the song does."))
        path = media_path(track, f"song{AUDIO_SUFFIXES[info.container.partition(',')[0]]}")
        size = file.stat().st_size
        _check_quota(track, size)
        with file.open("rb") as audio:
            name = default_storage.save(path, workspace.MovableFile(audio, name=str(file)))
        blanks = song_tags.fill_blanks(
            track, info, replaced_title=song_tags.title_from(track.audio_url)
        )
        _set_file(track, "audio", name, size, **song_tags.sound_fields(info), **blanks)
        if not track.image_url and (cover := song_tags.cover_file(info.tags)):
            _store_embedded_cover(track, cover)


def store_cover(
    track: Track, should_stop: ShouldStop = never, timeout: float | None = None
) -> None:
    """Copy the vendor's cover of ``track`` to our storage; see ``store_audio``."""
    if track.cover:
        return
    if not track.image_url:
        raise MediaError(_("This song has no cover."))
    with _download(track.image_url, settings.MAX_COVER_BYTES, should_stop, timeout) as file:
        jpeg = convert_in_child(file.read_bytes())
        _check_quota(track, len(jpeg))
        name = default_storage.save(media_path(track, "cover.jpg"), ContentFile(jpeg))
        _set_file(track, "cover", name, len(jpeg))


def _store_embedded_cover(track: Track, cover: "ContentFile[bytes]") -> None:
    """Store the cover that the audio of ``track`` has in it, if the quota allows."""
    with suppress(MediaError):
        _check_quota(track, cover.size)
        name = default_storage.save(media_path(track, "cover.jpg"), cover)
        _set_file(track, "cover", name, cover.size)


def store_song_files(track: Track, should_stop: ShouldStop = never) -> None:
    """Copy the cover and the audio of ``track`` if possible; a failure is only logged.

    Vendors delete songs as they delete films.
    """
    for store in (store_cover, store_audio):
        try:
            store(track, should_stop)
        except ProviderError as error:
            logger.info("Track %s: %s", track.pk, error)


def _check_quota(track: Track, size: int) -> None:
    try:
        quota.check_storage_quota(track.music_task.owner, size)
    except quota.QuotaReached as error:
        raise MediaError(str(error)) from error


@contextmanager
def _download(
    url: str, max_bytes: int, should_stop: ShouldStop, timeout: float | None
) -> Iterator[Path]:
    """Yield a file with what is at ``url``; raises ``MediaError`` also for what the block raises.

    An address that failed fails for ``FAILURE_TTL`` without a call: whoever names a dead or slow
    server again and again holds up no worker.
    """
    key = f"failed:{hashlib.sha256(url.encode()).hexdigest()}"
    if sentence := cache.get(key):
        raise MediaError(_("%(sentence)s (Tried a moment ago.)") % {"sentence": sentence})
    Path(settings.SCRATCH_DIR).mkdir(mode=0o700, parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="song-", dir=settings.SCRATCH_DIR) as folder:
        file = Path(folder) / "file"
        try:
            download(
                url,
                file,
                max_bytes=max_bytes,
                total_timeout=timeout or DOWNLOAD_TIMEOUT,
                should_stop=should_stop,
            )
            yield file
        except DownloadStopped as error:
            raise Stopped(str(error)) from error
        except StorageError as error:
            raise StorageFull(str(error)) from error
        except RenderError as error:  # a child was killed, for which the file is not to blame
            raise RenderFailed(str(error)) from error
        except (DownloadError, AudioError, CoverError) as error:
            if timeout is None:  # with a short time-out the failure is ours
                cache.set(key, str(error), FAILURE_TTL)
            raise MediaError(str(error)) from error


def _set_file(track: Track, field: str, name: str, size: int, **fields: object) -> None:
    """Write a file's name to the row; delete the file where another one was faster."""
    rows = Track.objects.filter(pk=track.pk, **{field: ""})
    if not rows.update(**{field: name}, size=F("size") + size, **fields):
        default_storage.delete(name)
    try:
        track.refresh_from_db(fields=[field, *fields])
    except Track.DoesNotExist as error:
        raise MediaError(_("The song was deleted.")) from error
