"""Where this installation caches the analyses of songs."""

from django.conf import settings

from videos.render.audio.analysis_cache import AnalysisCache


def analysis_cache() -> AnalysisCache:
    """Return the cache that films and previews of all songs share."""
    return AnalysisCache(settings.ANALYSIS_CACHE_DIR, settings.ANALYSIS_CACHE_BYTES)
