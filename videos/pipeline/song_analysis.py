"""Analyses songs that are not in the analysis cache, before a preview or a film needs them."""

import logging
import time
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from django.conf import settings
from django.core.cache import cache

from videos import queue
from videos.media import partial_files, workspace
from videos.media.analysis_cache import analysis_cache
from videos.models import Track, Upload
from videos.models.track import AUDIO_SUFFIXES
from videos.render.errors import AudioError, RenderError
from videos.render.options import FPS
from videos.render.sandbox.probe import probe_in_child

logger = logging.getLogger(__name__)

RETRY_INTERVAL = 60  # seconds before a worker is asked again to analyse the same song

# The upload that a worker analyses: one at a time, so that twenty songs leave room for the films
UPLOAD_KEY = "analysed-upload"
START_TIMEOUT = 2  # seconds in which a worker begins, unless all are busy
UPLOAD_LEASE = 30  # seconds after which one that died does not count any more
POLL_INTERVAL = 0.1  # seconds


def ensure_analysed(track: Track) -> None:
    """Ask a worker to analyse the song of ``track``, unless its analysis is cached."""
    if not track.audio or analysis_cache().has_analysis(track.audio_digest, FPS):
        return
    if cache.add(f"listening-{track.pk}", True, RETRY_INTERVAL):
        queue.send_analysis(track.pk)


def analyse_song(pk: int) -> None:
    """Analyse the song of the track ``pk`` and cache the analysis."""
    track = Track.objects.exclude(audio="").filter(pk=pk).first()
    if track is None or analysis_cache().has_analysis(track.audio_digest, FPS):
        return
    Path(settings.SCRATCH_DIR).mkdir(mode=0o700, parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="listen-", dir=settings.SCRATCH_DIR) as folder:
        audio = workspace.get_local_path(track.audio, Path(folder))
        assert audio
        try:
            digest = probe_in_child(audio, analysis_cache()).digest
        except (AudioError, RenderError) as error:  # an order of its film tells it
            logger.info("Track %s: %s", pk, error)
            return
    Track.objects.filter(pk=pk, audio=track.audio.name).update(audio_digest=digest)


def announce_upload(upload: Upload) -> None:
    """Ask a worker to analyse the song that has arrived as ``upload``, unless it has another one.

    Who drops a song looks at its row for some seconds, in which it can be listened to.
    """
    if PurePosixPath(upload.name).suffix.lower() not in AUDIO_SUFFIXES.values():
        return
    if cache.add(UPLOAD_KEY, str(upload.pk), START_TIMEOUT):
        queue.send_upload_analysis(str(upload.pk))


def analyse_upload(pk: str) -> None:
    """Cache the analysis of the upload with the id ``pk``, whose song is to be made yet."""
    upload = Upload.objects.active().without_song().filter(pk=pk).first()
    if upload is None or cache.get(UPLOAD_KEY) not in {None, pk}:
        return
    cache.set(UPLOAD_KEY, pk, UPLOAD_LEASE)
    try:
        if partial_files.offset_of(upload) == upload.size:
            probe_in_child(partial_files.path_of(upload), analysis_cache())
    except (AudioError, RenderError) as error:  # the form of its song tells it
        logger.info("Upload %s: %s", pk, error)
    finally:
        cache.delete(UPLOAD_KEY)


def wait_for_analysis(upload: Upload) -> None:
    """Wait while a worker is analysing the song of ``upload``: to do it twice takes longer."""
    deadline = time.monotonic() + UPLOAD_LEASE
    while cache.get(UPLOAD_KEY) == str(upload.pk) and time.monotonic() < deadline:
        time.sleep(POLL_INTERVAL)
