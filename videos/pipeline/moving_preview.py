"""Makes the moving preview of a film that is not ordered yet: seconds of its hook, with sound."""

import hashlib
import json
from dataclasses import asdict, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.utils.translation import gettext as _

from videos.media import workspace
from videos.media.analysis_cache import analysis_cache, find_cached, store_cached
from videos.models import Track
from videos.pipeline.orders import OrderRequest
from videos.pipeline.scenes import load_scene, scene_of
from videos.pipeline.song_files import store_audio
from videos.providers.errors import MediaError
from videos.providers.registry import builtin
from videos.render.options import FPS, RESOLUTION
from videos.render.scene import Scene

PREVIEW_SECONDS = 6.0
FETCH_TIMEOUT = 10.0  # seconds that somebody waits for a song that only its vendor has
# Raise this when films look or sound otherwise: a cached preview would show what was
PREVIEW_VERSION = 1


def find_moving_preview(request: OrderRequest) -> Path | None:
    """Return the cached preview of the film of ``request``, None if there is none."""
    return find_cached(_cache_name(request))


def make_moving_preview(request: OrderRequest) -> Path:
    """Make the preview of the film of ``request``: an MP4 in the cache.

    It is as small as a film can be, whatever is ordered. Raises ``ProviderError``.
    """
    _fetch_song(request.track)
    name = _cache_name(request)
    Path(settings.SCRATCH_DIR).mkdir(mode=0o700, parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="moving-", dir=settings.SCRATCH_DIR) as folder:
        audio = workspace.get_local_path(request.track.audio, Path(folder))
        assert audio
        scene = _shrink(load_scene(request, audio, Path(folder)))
        return store_cached(name, builtin().excerpt(scene, PREVIEW_SECONDS, analysis_cache()))


def _fetch_song(track: Track) -> None:
    """Fetch the audio that only the song's vendor has.

    That of an address that somebody gave is fetched by workers only: such a server could keep all
    our threads waiting.
    """
    if track.audio:
        return
    if track.music_task.is_uploaded:
        raise MediaError(_("This song is not here yet. Try again in a minute."))
    store_audio(track, timeout=FETCH_TIMEOUT)


def _shrink(scene: Scene) -> Scene:
    return replace(scene, resolution=RESOLUTION, fps=FPS)


def _cache_name(request: OrderRequest) -> str:
    """Return a name that only previews with the same song, words and options have."""
    track = request.track
    files = Path(track.audio.name or ""), Path(str(track.cover.name)) if track.cover else None
    scene = asdict(_shrink(scene_of(request, *files))) | {"digest": track.audio_digest}
    # Their ids stand for files that never change
    scene |= {"backdrop": request.backdrop, "logo": request.logo}
    text = json.dumps(scene, default=str, sort_keys=True)
    digest = hashlib.blake2b(text.encode(), digest_size=16).hexdigest()
    return f"{digest}-moving-v{PREVIEW_VERSION}.mp4"
