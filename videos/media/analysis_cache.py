"""Where this installation keeps what was heard in songs."""

from django.conf import settings

from videos.render.audio.analysis_cache import Memory


def memory() -> Memory:
    """Return what films and previews of all songs share."""
    return Memory(settings.DATA_DIR / "heard", settings.HEARD_BYTES)
