"""The price list: how often, and how many at a time, a person and the whole site may do what costs.

Each ration is counted exactly by rows (``RateLimitSlot``), whatever the number of processes. Only
what is costly has one: pages and status fragments count nothing.
"""

import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from videos.models import RateLimitSlot, User

LANES = max(2, os.cpu_count() or 1)  # what they do occupies a core
LANE_TIMEOUT = 5.0  # seconds that a request waits for a lane
MAX_QUEUE = 2  # requests of a person, done or waiting, for each lane: each holds a thread of ours
MAX_PIECES = 8  # of files that a person sends at a time: each holds a thread of ours
LANE_INTERVAL = 0.1  # seconds between two looks at it
LANE_LEASE = 60.0  # seconds after which the lane of a process that died is free again


class RationSpent(Exception):
    """Somebody did something too often, or too much of it at a time; the text is a sentence."""

    def __init__(self, retry_after: int) -> None:
        sentence = _("That was too much in a short time. Wait %(seconds)d s, then try again.")
        super().__init__(sentence % {"seconds": retry_after})
        self.retry_after = retry_after  # seconds


@dataclass(frozen=True)
class Ration:
    """What a person and the site may do of one thing.

    The Django setting ``RATION_<NAME>`` has three numbers: so many times a person, so many times
    everybody together, within so many seconds; 0 is without limit. ``lanes`` is how many are done
    at a time for everybody; a person has half of them, for all things that have lanes together.
    """

    name: str
    lanes: int = 0

    @property
    def limits(self) -> Sequence[float]:
        """The three numbers."""
        limits: Sequence[float] = getattr(settings, f"RATION_{self.name.upper()}")
        return limits

    def spend(self, user: User) -> None:
        """Count one for ``user``; raises ``RationSpent``.

        What a person has no ration for is not taken from everybody's.
        """
        self.spend_share(str(user.pk))
        self.spend_common()

    def spend_share(self, who: str) -> None:
        """Count one for ``who`` alone, a person or what stands for one; raises ``RationSpent``."""
        self._acquire(f"{self.name}:{who}", self.limits[0])

    def spend_common(self) -> None:
        """Count one for everybody together; raises ``RationSpent``."""
        self._acquire(self.name, self.limits[1])

    def _acquire(self, name: str, limit: float) -> None:
        if limit and (wait := RateLimitSlot.objects.acquire(name, int(limit), self.limits[2])):
            raise RationSpent(wait)

    @contextmanager
    def lane(self, user: User) -> Iterator[None]:
        """Count one for ``user``, and do it when there is room; raises ``RationSpent``."""
        self.spend(user)
        with (
            _lane(f"queue:{user.pk}", self.lanes * MAX_QUEUE, timeout=0),
            _lane(f"lane:{user.pk}", max(1, self.lanes // 2)),
            _lane(f"{self.name}-lane", self.lanes),
        ):
            yield


@contextmanager
def _lane(name: str, lanes: int, timeout: float | None = None) -> Iterator[None]:
    deadline = time.monotonic() + (LANE_TIMEOUT if timeout is None else timeout)
    while not (taken_at := RateLimitSlot.objects.acquire_lane(name, lanes, LANE_LEASE)):
        if time.monotonic() >= deadline:
            raise RationSpent(1)
        time.sleep(LANE_INTERVAL)
    try:
        yield
    finally:
        RateLimitSlot.objects.release_lane(name, taken_at)


def count_attempt(slots: Mapping[str, float], seconds: float) -> Callable[[], None]:
    """Count an attempt that may fail: one in each of ``slots``, names with their limits.

    Returns the function that gives it back after a success; raises ``RationSpent``. It is counted
    first, so that attempts at the same time are no way around the limit.
    """
    acquired = {}
    for name, limit in slots.items():
        if limit:
            acquired[name] = RateLimitSlot.objects.acquire_lane(name, int(limit), seconds)
            if not acquired[name]:
                raise RationSpent(int(seconds))

    def give_back() -> None:
        for name, taken_at in acquired.items():
            RateLimitSlot.objects.release_lane(name, taken_at)

    return give_back


@contextmanager
def sending(user: User) -> Iterator[None]:
    """Count one piece of a file that ``user`` is sending now; raises ``RationSpent`` at once."""
    with _lane(f"pieces:{user.pk}", MAX_PIECES, timeout=0):
        yield


UPLOADS = Ration("uploads", lanes=LANES)
UPLOAD_STARTS = Ration("upload_starts")
FILE_TAGS = Ration("file_tags", lanes=LANES)
PREVIEWS = Ration("previews", lanes=LANES)
MOVING_PREVIEWS = Ration("moving_previews", lanes=LANES)
LOOKUPS = Ration("lookups")
FETCHES = Ration("fetches")
SEARCHES = Ration("searches")
LOGINS = Ration("logins")
CODES = Ration("codes")
PASSWORDS = Ration("passwords")
MAILS = Ration("mails")
REPORTS = Ration("reports")
ALL = (
    *(UPLOADS, UPLOAD_STARTS, FILE_TAGS, PREVIEWS, MOVING_PREVIEWS, LOOKUPS, FETCHES, SEARCHES),
    *(LOGINS, CODES, PASSWORDS, MAILS, REPORTS),
)


def longest_window() -> float:
    """Return the seconds after which no ration counts any more what was done."""
    return max(ration.limits[2] for ration in ALL)
