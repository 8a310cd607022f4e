"""Copies a vendor's film to our storage: at once, and retried while the vendor may still have it.

Vendors delete films after 14 or 15 days. A copy that fails is retried with exponential backoff
from ``MIN_BACKOFF`` to ``MAX_BACKOFF``.
"""

import logging
import time
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from videos import clock
from videos.media import workspace
from videos.media.faststart import move_index_to_front
from videos.models import Video
from videos.outbound.addresses import RefusedAddress, check_address
from videos.outbound.downloads import DownloadError, DownloadStopped, Gone, download, is_mp4
from videos.pipeline import pictures, song_files, vendor_calls
from videos.pipeline.claim import (
    DATABASE_IS_AWAY,
    PROGRESS_INTERVAL,
    LeaseRenewer,
    renewing_lease,
    stopping,
    write_result,
)
from videos.providers import registry
from videos.providers.errors import ProviderError
from videos.render.sandbox.examine import FilmError, examine_in_child
from videos.statuses import DelayReason, Stage, VideoStatus

logger = logging.getLogger(__name__)

COPY_TIMEOUT = 1800.0  # seconds for one attempt
MIN_BACKOFF = timedelta(seconds=10)
MAX_BACKOFF = timedelta(hours=1)
EXPIRY_GRACE = timedelta(days=1)  # vendors do not delete by the minute
MIN_FAILURES = 5  # before an expired film is lost whose server does not say that it is gone


def copy(video: Video) -> None:
    """Copy the film of a claimed ``video`` to our storage, or reschedule it."""
    with workspace.workspace(video) as folder, renewing_lease(video) as lease:
        try:
            _refresh_address(video)
            _store(video, _download(video, folder, lease))
        except DownloadStopped:
            if not lease.lost:
                video.release(timedelta())
        except (DownloadError, FilmError) as error:
            _reschedule(video, str(error), is_gone=isinstance(error, Gone))
    if video.film:
        song_files.store_song_files(video.track, stopping.is_set)


def record_internal_error(video: Video) -> None:
    """Reschedule the copy after an error of ours, for which the vendor is not to blame."""
    _reschedule(video, _("This site could not keep the film. The people who run it see why."))


def wait_for_storage(video: Video) -> None:
    """Reschedule the copy while there is no room for it; no failure of the vendor's is counted."""
    sentence = _("This site has no room for the film at the moment.")
    video.reschedule(
        workspace.STORAGE_RETRY_INTERVAL, DelayReason.STORAGE, copy_error=sentence, fraction=0
    )


def _refresh_address(video: Video) -> None:
    """Ask the vendor where the film is now: an address that failed may have expired."""
    vendor = registry.vendor(video.provider)
    if not video.copy_failures or vendor is None:
        return
    try:
        record = vendor_calls.call(
            vendor, lambda: vendor.video(video.vendor_task_id, vendor_calls.PAGE_TIMEOUT)
        )
        if record.status == VideoStatus.SUCCESS and record.video_url != video.vendor_url:
            check_address(record.video_url)
            video.write(vendor_url=record.video_url)
    except (ProviderError, RefusedAddress) as error:
        logger.info("Video %s: no other address of its film: %s", video.pk, error)


def _download(video: Video, folder: Path, lease: LeaseRenewer) -> Path:
    written = time.monotonic()

    def on_progress(done: int, total: int | None) -> None:
        nonlocal written
        if total and time.monotonic() - written >= PROGRESS_INTERVAL:
            written = time.monotonic()
            with suppress(*DATABASE_IS_AWAY):  # the lease is renewed from a thread
                video.record_progress(Stage.COPYING, done / total, None)

    film = folder / "film.mp4"
    download(
        video.vendor_url,
        film,
        max_bytes=settings.MAX_FILM_BYTES,
        total_timeout=COPY_TIMEOUT,
        on_progress=on_progress,
        should_stop=lease.should_stop,
        is_expected_kind=is_mp4,
    )
    return film


def _store(video: Video, film: Path) -> None:
    poster = film.with_suffix(".jpg")
    info = examine_in_child(film, poster)
    move_index_to_front(film)  # so that previews and players have it first
    small = pictures.add_pictures(video, film, poster, film.parent)
    size = film.stat().st_size
    names = [workspace.store(video, path) for path in (film, poster)]
    is_stored = write_result(
        lambda: video.mark_copied(
            film=names[0],
            poster=names[1],
            width=info.width,
            height=info.height,
            duration=info.duration,
            size=size,
            **small,
        )
    )
    if not is_stored:  # deleted, or claimed by another worker, in the last moment
        for name in [*names, *pictures.stored_names(small)]:
            default_storage.delete(name)


def _reschedule(video: Video, reason: str, *, is_gone: bool = False) -> None:
    """Retry with backoff; mark the film as lost once the vendor has deleted it, not before."""
    is_expired = video.expires_at is not None and clock.now() > video.expires_at + EXPIRY_GRACE
    if is_expired and (is_gone or video.copy_failures >= MIN_FAILURES):
        video.mark_lost(
            _("The vendor has deleted the film, and it could not be copied before: %(why)s")
            % {"why": reason}
        )
        return
    backoff = min(MAX_BACKOFF, MIN_BACKOFF * 2 ** min(12, video.copy_failures))
    video.record_copy_failure(backoff, reason)
