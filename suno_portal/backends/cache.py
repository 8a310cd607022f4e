"""A Redis cache that fails open: the site works without it."""

import logging
from collections.abc import Callable
from typing import TypeVar

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

T = TypeVar("T")


class FailOpenRedisCache(RedisCache):
    """Django's Redis cache; while Redis does not answer, it behaves as if it were empty.

    The site caches results and counts log-ins here; an outage of that must not be an error.
    """

    def get(self, key: str, default: object = None, version: int | None = None) -> object:
        """Return the cached value, or ``default``."""
        get = super().get
        return _call(lambda: get(key, default, version), default)

    def set(
        self,
        key: str,
        value: object,
        timeout: float | None = DEFAULT_TIMEOUT,
        version: int | None = None,
    ) -> None:
        """Store a value."""
        set_value = super().set
        _call(lambda: set_value(key, value, timeout, version), None)

    def add(
        self,
        key: str,
        value: object,
        timeout: float | None = DEFAULT_TIMEOUT,
        version: int | None = None,
    ) -> bool:
        """Store a value if there is none; True during an outage."""
        add = super().add
        return _call(lambda: add(key, value, timeout, version), fallback=True)

    def delete(self, key: str, version: int | None = None) -> bool:
        """Delete a value; False during an outage."""
        delete = super().delete
        return _call(lambda: delete(key, version), fallback=False)


def _call(operation: Callable[[], T], fallback: T) -> T:
    """Return the result of ``operation``, or ``fallback`` where Redis fails."""
    try:
        return operation()
    except RedisError as error:
        logger.warning("The cache does not answer: %s", type(error).__name__)
        return fallback
