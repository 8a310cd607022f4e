"""Rate limits of the API: a request beyond a limit is refused, not queued.

kie.ai, Create Music Video: 20 new requests within 10 seconds; Get Music Task Details: "Maximum
query rate: 3 requests per second per task".
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from videos.api.errors import TOO_OFTEN, ApiError
from videos.models import ApiKey, RateLimitSlot, User
from videos.pipeline.rations import Ration, RationSpent

SENTENCE = "Your call frequency is too high. Please try again later."


@dataclass(frozen=True)
class RateLimit:
    """At most ``max_requests`` within ``seconds``."""

    max_requests: int
    seconds: float

    def acquire(self, name: str) -> None:
        """Acquire a slot of ``name``; raises ``ApiError`` where none is free."""
        if wait := RateLimitSlot.objects.acquire(name, self.max_requests, self.seconds):
            raise ApiError(TOO_OFTEN, SENTENCE, retry_after=wait)


ORDERS = RateLimit(20, 10)
SONGS = RateLimit(100, 10)
QUERIES = RateLimit(3, 1)


def limit_orders(key: ApiKey) -> None:
    """Count a new video task of ``key``; raises ``ApiError`` beyond the limit."""
    ORDERS.acquire(f"order:{key.pk}")


def limit_songs(key: ApiKey) -> None:
    """Count a new song of ``key``; raises ``ApiError`` beyond the limit."""
    SONGS.acquire(f"song:{key.pk}")


def limit_queries(kind: str, task: object) -> None:
    """Count a query of a task of ``kind``, of any key; raises ``ApiError`` beyond the limit."""
    QUERIES.acquire(f"{kind}:{task}")


def spend(ration: Ration, owner: User) -> None:
    """Count something costly; raises ``ApiError`` beyond the ration."""
    try:
        ration.spend(owner)
    except RationSpent as error:
        raise ApiError(TOO_OFTEN, SENTENCE, retry_after=error.retry_after) from error


@contextmanager
def lane(ration: Ration, owner: User) -> Iterator[None]:
    """Count something costly, and do it when there is room; raises ``ApiError``."""
    try:
        with ration.lane(owner):
            yield
    except RationSpent as error:
        raise ApiError(TOO_OFTEN, SENTENCE, retry_after=error.retry_after) from error
