"""The cache that fails open."""

import socket
import time

import pytest

from suno_portal.backends.cache import FailOpenRedisCache
from tests.network import free_port
from tests.requirements import is_listening, require


@pytest.fixture
def cache_without_redis() -> FailOpenRedisCache:
    return FailOpenRedisCache(f"redis://127.0.0.1:{free_port()}/0", {})


def test_a_redis_that_is_down_is_an_empty_cache_and_no_error(cache_without_redis):
    cache_without_redis.set("key", 1, timeout=10)
    assert cache_without_redis.get("key") is None
    assert cache_without_redis.get("key", []) == []
    assert cache_without_redis.add("lock", 1, timeout=10) is True
    assert cache_without_redis.delete("lock") is False
    assert cache_without_redis.get_or_set("key", lambda: 2) == 2


def test_only_the_first_use_waits_for_a_redis_that_is_silent(monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"redis://127.0.0.1:{listener.getsockname()[1]}/0"
        cache = FailOpenRedisCache(url, {"OPTIONS": {"socket_timeout": 0.2}})
        start = time.monotonic()
        for _ in range(50):
            assert cache.get("key", "nothing") == "nothing"
        assert time.monotonic() - start < 2
    with socket.create_server(("127.0.0.1", 0)) as listener:
        monkeypatch.setattr("suno_portal.backends.cache.OUTAGE_PAUSE", 0)
        url = f"redis://127.0.0.1:{listener.getsockname()[1]}/0"
        cache = FailOpenRedisCache(url, {"OPTIONS": {"socket_timeout": 0.2}})
        start = time.monotonic()
        for _ in range(2):  # it is tried again once the pause is over
            cache.set("key", 1)
        assert time.monotonic() - start >= 0.4


@pytest.mark.server
def test_a_redis_that_is_up_is_used():
    require(is_listening(6379), "Redis")
    cache = FailOpenRedisCache("redis://127.0.0.1:6379/9", {"KEY_PREFIX": "test-fail-open"})
    cache.delete("key")
    assert cache.add("key", 1, timeout=10) is True
    assert cache.add("key", 2, timeout=10) is False
    assert cache.get("key") == 1
    assert cache.delete("key") is True
