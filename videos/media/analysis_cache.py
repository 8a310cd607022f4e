"""The cache of this installation: analyses of songs, and small films that can be made again."""

from pathlib import Path

from django.conf import settings

from videos.providers.errors import RenderFailed
from videos.render.audio.analysis_cache import AnalysisCache


def analysis_cache() -> AnalysisCache:
    """Return the cache that films and previews of all songs share."""
    return AnalysisCache(settings.ANALYSIS_CACHE_DIR, settings.ANALYSIS_CACHE_BYTES)


def find_cached(name: str) -> Path | None:
    """Return the file that is cached under ``name``, None if there is none."""
    files = analysis_cache().find_files(name)
    return files[0] if files else None


def store_cached(name: str, content: bytes) -> Path:
    """Cache ``content`` under ``name``; raises ``RenderFailed`` where the cache is too small."""
    with analysis_cache().store_files(name) as (part,):
        part.write_bytes(content)
    if path := find_cached(name):
        return path
    raise RenderFailed("The cache has no room for a film.")
