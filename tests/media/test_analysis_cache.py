"""The analysis cache of this installation."""

import pytest

from videos.media.analysis_cache import analysis_cache, find_cached, store_cached
from videos.providers.errors import RenderFailed


def test_its_folder_and_its_size_are_set_by_the_operator(settings, tmp_path):
    settings.ANALYSIS_CACHE_DIR, settings.ANALYSIS_CACHE_BYTES = tmp_path, 1000
    cache = analysis_cache()
    assert cache.folder == tmp_path
    assert cache.max_bytes == 1000


def test_a_small_film_is_found_again_until_it_is_too_large(settings, tmp_path):
    settings.ANALYSIS_CACHE_DIR, settings.ANALYSIS_CACHE_BYTES = tmp_path, 10
    assert find_cached("film.mp4") is None
    assert store_cached("film.mp4", b"film") == find_cached("film.mp4") == tmp_path / "film.mp4"
    with pytest.raises(RenderFailed, match="no room"):
        store_cached("large.mp4", b"x" * 11)
