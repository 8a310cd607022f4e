"""Renders single frames of films that are not ordered yet."""

from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings

from videos.media.analysis_cache import analysis_cache
from videos.pipeline.orders import OrderRequest
from videos.pipeline.scenes import load_scene
from videos.pipeline.song_analysis import ensure_analysed
from videos.providers.registry import builtin
from videos.render.clips import parse_clip
from videos.render.sandbox.messages import StillRequest

NO_AUDIO = Path("not-needed")  # the analysis is found in the cache by its digest
DEFAULT_DURATION = 180.0  # seconds, of a song whose length is unknown


def still(request: OrderRequest, fraction: float) -> bytes:
    """Return the frame at ``fraction`` (0 to 1) of the film of ``request`` as a JPEG.

    Until a worker has analysed the song, its bars follow an imagined one. Raises
    ``ProviderError``.
    """
    track = request.track
    ensure_analysed(track)
    duration = track.duration or DEFAULT_DURATION
    clip = parse_clip(request.clip)
    film_duration = min(duration, clip.length) if clip else duration
    Path(settings.SCRATCH_DIR).mkdir(mode=0o700, parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="still-", dir=settings.SCRATCH_DIR) as folder:
        scene = load_scene(request, NO_AUDIO, Path(folder))
        at = fraction * film_duration
        return builtin().still(
            StillRequest(scene, at, duration, track.audio_digest, analysis_cache())
        )
