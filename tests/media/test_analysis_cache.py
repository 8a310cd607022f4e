"""The analysis cache of this installation."""

from videos.media.analysis_cache import analysis_cache


def test_its_folder_and_its_size_are_set_by_the_operator(settings, tmp_path):
    settings.ANALYSIS_CACHE_DIR, settings.ANALYSIS_CACHE_BYTES = tmp_path, 1000
    cache = analysis_cache()
    assert cache.folder == tmp_path
    assert cache.max_bytes == 1000
