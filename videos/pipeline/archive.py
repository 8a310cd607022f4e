"""Copying a vendor's film to our storage: at once, and again and again while the vendor has it."""

import logging
import time
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage
from django.utils import timezone
from django.utils.translation import gettext as _

from videos.media import workspace
from videos.models import Video
from videos.outbound.downloads import (
    DownloadError,
    DownloadStopped,
    Gone,
    RefusedAddress,
    check_address,
    download,
    is_mp4,
)
from videos.pipeline import song_files, vendor_calls
from videos.pipeline.claim import HEARTBEAT, Hold, held, stopping
from videos.providers import registry
from videos.providers.errors import ProviderError
from videos.render.sandbox.examine import FilmError, examine_apart
from videos.statuses import Stage, VideoStatus

logger = logging.getLogger(__name__)

PATIENCE = 1800.0  # seconds for one attempt
FIRST_PAUSE = timedelta(seconds=10)
LONGEST_PAUSE = timedelta(hours=1)
GRACE = timedelta(days=1)  # vendors do not delete by the minute
FEWEST_TRIES = 5  # before an old film is lost whose server does not say that it is gone


def copy(video: Video) -> None:
    """Make the film of a claimed ``video`` ours, or say when to try again."""
    with workspace.workspace(video) as folder, held(video) as hold:
        try:
            _ask_for_address(video)
            _keep(video, _fetch(video, folder, hold))
        except DownloadStopped:
            if not hold.lost:
                video.release(timedelta())
        except (DownloadError, FilmError) as error:
            _try_later(video, str(error), is_gone=isinstance(error, Gone))
    if video.film:
        song_files.bring_home_if_possible(video.track, stopping.is_set)


def broke(video: Video) -> None:
    """Say when to try again after something broke that is no fault of the vendor's."""
    _try_later(video, _("This site could not keep the film. The people who run it see why."))


def _ask_for_address(video: Video) -> None:
    """Ask the vendor where the film is now: addresses that failed may have run out."""
    asked = registry.vendor(video.provider)
    if not video.copy_tries or asked is None:
        return
    try:
        record = vendor_calls.ask(
            asked, lambda: asked.video(video.vendor_task_id, vendor_calls.HASTE)
        )
        if record.status == VideoStatus.SUCCESS and record.video_url != video.vendor_url:
            check_address(record.video_url)
            video.write(vendor_url=record.video_url)
    except (ProviderError, RefusedAddress) as error:
        logger.info("Video %s: no other address of its film: %s", video.pk, error)


def _fetch(video: Video, folder: Path, hold: Hold) -> Path:
    written = time.monotonic()

    def on_progress(done: int, total: int | None) -> None:
        nonlocal written
        if total and time.monotonic() - written >= HEARTBEAT:
            written = time.monotonic()
            video.progressed(Stage.COPYING, done / total, None)

    film = folder / "film.mp4"
    download(
        video.vendor_url,
        film,
        most=settings.MAX_FILM_BYTES,
        patience=PATIENCE,
        on_progress=on_progress,
        should_stop=hold.is_over,
        looks_right=is_mp4,
    )
    return film


def _keep(video: Video, film: Path) -> None:
    poster = film.with_suffix(".jpg")
    seen = examine_apart(film, poster)
    size = film.stat().st_size
    names = [workspace.keep(video, path) for path in (film, poster)]
    kept = video.copied(
        film=names[0],
        poster=names[1],
        width=seen.width,
        height=seen.height,
        duration=seen.duration,
        size=size,
    )
    if not kept:  # deleted, or taken over by another worker, in the last moment
        for name in names:
            default_storage.delete(name)


def _try_later(video: Video, why: str, *, is_gone: bool = False) -> None:
    """Try again with patience; the film is lost once the vendor deleted it, and not before."""
    is_over = video.expires_at is not None and timezone.now() > video.expires_at + GRACE
    if is_over and (is_gone or video.copy_tries >= FEWEST_TRIES):
        video.lost(
            _("The vendor has deleted the film, and it could not be copied before: %(why)s")
            % {"why": why}
        )
        return
    pause = min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(12, video.copy_tries))
    video.not_copied(pause, why)
