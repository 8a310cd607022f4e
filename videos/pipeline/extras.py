"""What people take along with a film: its thumbnail, and its teaser for chats."""

from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings

from videos.media import workspace
from videos.media.analysis_cache import analysis_cache, find_cached, store_cached
from videos.models import Video
from videos.pipeline.scenes import load_scene
from videos.providers.errors import RenderFailed
from videos.providers.registry import builtin
from videos.render.sandbox.messages import StillRequest

NO_AUDIO = Path("not-needed")
TEASER_VERSION = 1  # raise this when teasers look otherwise


def draw_thumbnail(video: Video) -> bytes:
    """Return the thumbnail of a film, a JPEG. Raises ``ProviderError``."""
    with _scratch() as folder:
        scene = load_scene(video, NO_AUDIO, Path(folder))
        request = StillRequest(scene, 0, 0, "", analysis_cache(), is_thumbnail=True)
        return builtin().still(request)


def find_teaser(video: Video) -> Path | None:
    """Return the cached teaser of a film, None if there is none."""
    return find_cached(_teaser_name(video))


def make_teaser(video: Video) -> Path:
    """Make the teaser of a film that we have: an MP4 in the cache. Raises ``ProviderError``."""
    with _scratch() as folder:
        film = workspace.get_local_path(video.film, Path(folder))
        if film is None:
            raise RenderFailed("There is no film.")
        return store_cached(_teaser_name(video), builtin().teaser(film))


def _teaser_name(video: Video) -> str:
    """Return a name that only this very film has: one that is made anew has another token."""
    return f"{video.pk.hex}-{video.fencing_token}-teaser-v{TEASER_VERSION}.mp4"


def _scratch() -> TemporaryDirectory[str]:
    Path(settings.SCRATCH_DIR).mkdir(mode=0o700, parents=True, exist_ok=True)
    return TemporaryDirectory(prefix="extras-", dir=settings.SCRATCH_DIR)
