"""Hearing a song again of which nothing is remembered, so that previews show its own bars."""

import logging
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.core.cache import cache

from videos import queue
from videos.media import analysis_cache, workspace
from videos.models import Track
from videos.render.audio.decoding import AudioError
from videos.render.sandbox.probe import probe_apart
from videos.render.scene import FPS

logger = logging.getLogger(__name__)

ASKED_AGAIN = 60  # seconds after which a worker is asked once more


def have_heard(track: Track) -> None:
    """Ask a worker to listen to ``track``, unless what was heard in it is remembered."""
    if not track.audio or analysis_cache.memory().knows(track.audio_digest, FPS):
        return
    if cache.add(f"listening-{track.pk}", True, ASKED_AGAIN):
        queue.send_listening(track.pk)


def listen(pk: int) -> None:
    """Hear the song of the track ``pk`` and remember it."""
    track = Track.objects.exclude(audio="").filter(pk=pk).first()
    if track is None or analysis_cache.memory().knows(track.audio_digest, FPS):
        return
    Path(settings.SCRATCH_DIR).mkdir(mode=0o700, parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="listen-", dir=settings.SCRATCH_DIR) as folder:
        audio = workspace.local_copy(track.audio, Path(folder))
        assert audio
        try:
            digest = probe_apart(audio, analysis_cache.memory()).digest
        except AudioError as error:  # its film will say so
            logger.info("Track %s: %s", pk, error)
            return
    Track.objects.filter(pk=pk, audio=track.audio.name).update(audio_digest=digest)
