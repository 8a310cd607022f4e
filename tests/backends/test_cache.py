"""A cache that nobody needs."""

import pytest

from suno_portal.backends.cache import ForgivingRedisCache
from tests.network import free_port
from tests.requirements import is_listening, require


@pytest.fixture
def nowhere() -> ForgivingRedisCache:
    return ForgivingRedisCache(f"redis://127.0.0.1:{free_port()}/0", {})


def test_a_redis_that_is_away_knows_nothing_and_breaks_nothing(nowhere):
    nowhere.set("key", 1, timeout=10)
    assert nowhere.get("key") is None
    assert nowhere.get("key", []) == []
    assert nowhere.add("lock", 1, timeout=10) is True
    assert nowhere.delete("lock") is False
    assert nowhere.get_or_set("key", lambda: 2) == 2


@pytest.mark.server
def test_one_that_is_there_is_used():
    require(is_listening(6379), "Redis")
    there = ForgivingRedisCache("redis://127.0.0.1:6379/9", {"KEY_PREFIX": "test-forgiving"})
    there.delete("key")
    assert there.add("key", 1, timeout=10) is True
    assert there.add("key", 2, timeout=10) is False
    assert there.get("key") == 1
    assert there.delete("key") is True
