"""Analyses songs that are not in the analysis cache, so that previews show their own bars."""

import logging
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.core.cache import cache

from videos import queue
from videos.media import workspace
from videos.media.analysis_cache import analysis_cache
from videos.models import Track
from videos.render.errors import AudioError, RenderError
from videos.render.options import FPS
from videos.render.sandbox.probe import probe_in_child

logger = logging.getLogger(__name__)

RETRY_INTERVAL = 60  # seconds before a worker is asked again to analyse the same song


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
