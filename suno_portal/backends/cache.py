"""A cache without which the site works, too."""

import logging
from collections.abc import Callable
from typing import TypeVar

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

Answer = TypeVar("Answer")


class ForgivingRedisCache(RedisCache):
    """Django's cache in Redis; while that does not answer, it knows nothing and keeps nothing.

    What is kept in it spares questions and slows guessers down: none of it is worth an error.
    """

    def get(self, key: str, default: object = None, version: int | None = None) -> object:
        """Return what is kept, or ``default``."""
        get = super().get
        return _asked(lambda: get(key, default, version), default)

    def set(
        self,
        key: str,
        value: object,
        timeout: float | None = DEFAULT_TIMEOUT,
        version: int | None = None,
    ) -> None:
        """Keep a value."""
        keep = super().set
        _asked(lambda: keep(key, value, timeout, version), None)

    def add(
        self,
        key: str,
        value: object,
        timeout: float | None = DEFAULT_TIMEOUT,
        version: int | None = None,
    ) -> bool:
        """Keep a value if there is none; True where nobody knows."""
        add = super().add
        return _asked(lambda: add(key, value, timeout, version), otherwise=True)

    def delete(self, key: str, version: int | None = None) -> bool:
        """Forget a value."""
        delete = super().delete
        return _asked(lambda: delete(key, version), otherwise=False)


def _asked(ask: Callable[[], Answer], otherwise: Answer) -> Answer:
    try:
        return ask()
    except RedisError as error:
        logger.warning("The cache does not answer: %s", type(error).__name__)
        return otherwise
