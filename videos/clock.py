"""The time by which rows are due, held and over: that of the database server, for all machines.

A machine whose own clock is a minute slow would otherwise find nothing due, and one whose clock is
fast would take the work of others. PostgreSQL's time is read whenever a connection is taken from
the pool (``suno_portal/backends/postgres``), and counted on from there by a clock that nobody sets.
SQLite has no server: there it is the time of the machine, which all processes share.
"""

import time
from datetime import UTC, datetime

from django.utils import timezone

MAX_AGE = 60.0  # seconds after which any reading replaces the one that is in use
_BOOT_CLOCK = getattr(time, "CLOCK_BOOTTIME", None)  # goes on while the machine is suspended


def elapsed() -> float:
    """Return seconds since some moment in the past; no change of the date moves them."""
    return time.monotonic() if _BOOT_CLOCK is None else time.clock_gettime(_BOOT_CLOCK)


class DatabaseClock:
    """The database server's time, as this process knows it."""

    def __init__(self) -> None:
        self._start: float | None = None  # the server's time when ``elapsed`` was nought
        self._round_trip = 0.0
        self._read_at = 0.0

    def set(self, server_time: float, before: float, after: float) -> None:
        """Take a reading: the server's time in seconds since 1970, between two ``elapsed()``.

        The one with the shortest round trip stays for a minute, because it is the most exact. The
        time is at most that round trip early, never late: what is due for the server is due here.
        """
        round_trip = after - before
        is_old = before - self._read_at > MAX_AGE
        if self._start is None or is_old or round_trip < self._round_trip:
            self._start = server_time - before
            self._round_trip, self._read_at = round_trip, before

    def now(self) -> datetime:
        """Return the time of the database server, or of this machine where there is none."""
        if self._start is None:
            return timezone.now()
        return datetime.fromtimestamp(self._start + elapsed(), UTC)


database_clock = DatabaseClock()


def now() -> datetime:
    """Return the time by which rows are due, held and over."""
    return database_clock.now()


def timestamp() -> float:
    """Return the same in seconds since 1970."""
    return now().timestamp()
