"""The cache of songs' analyses of this installation."""

from django.conf import settings

from videos.render.audio.analysis_cache import AnalysisCache


def analysis_cache() -> AnalysisCache:
    """Return the cache that films and previews of all songs share."""
    return AnalysisCache(settings.ANALYSIS_CACHE_DIR, settings.ANALYSIS_CACHE_BYTES)
