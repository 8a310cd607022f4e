"""A Redis cache that fails open: the site works without it."""

import logging
import time
from collections.abc import Callable
from typing import Any, ClassVar, TypeVar

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

T = TypeVar("T")
OUTAGE_PAUSE = 10.0  # seconds for which a process leaves a Redis alone that did not answer it


class FailOpenRedisCache(RedisCache):
    """Django's Redis cache; while Redis does not answer, it behaves as if it were empty.

    The site caches results and counts log-ins here; an outage of that must not be an error. A page
    uses it several times, and each would wait for a Redis that is silent: only the first does.
    """

    _away_until: ClassVar[dict[str, float]] = {}  # of all threads, whose caches are others

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        """Connect to ``server``, several of which are separated by semicolons."""
        super().__init__(server, params)
        self._address = server

    def get(self, key: str, default: object = None, version: int | None = None) -> object:
        """Return the cached value, or ``default``."""
        get = super().get
        return self._call(lambda: get(key, default, version), default)

    def set(
        self,
        key: str,
        value: object,
        timeout: float | None = DEFAULT_TIMEOUT,
        version: int | None = None,
    ) -> None:
        """Store a value."""
        set_value = super().set
        self._call(lambda: set_value(key, value, timeout, version), None)

    def add(
        self,
        key: str,
        value: object,
        timeout: float | None = DEFAULT_TIMEOUT,
        version: int | None = None,
    ) -> bool:
        """Store a value if there is none; True during an outage."""
        add = super().add
        return self._call(lambda: add(key, value, timeout, version), fallback=True)

    def delete(self, key: str, version: int | None = None) -> bool:
        """Delete a value; False during an outage."""
        delete = super().delete
        return self._call(lambda: delete(key, version), fallback=False)

    def _call(self, operation: Callable[[], T], fallback: T) -> T:
        """Return the result of ``operation``, or ``fallback`` where Redis fails or just failed."""
        if time.monotonic() < self._away_until.get(self._address, 0.0):
            return fallback
        try:
            return operation()
        except RedisError as error:
            logger.warning("The cache does not answer: %s", type(error).__name__)
            self._away_until[self._address] = time.monotonic() + OUTAGE_PAUSE
            return fallback
