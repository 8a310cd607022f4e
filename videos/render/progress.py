"""Telling the caller how far a film is, and asking whether it is still wanted."""

from bisect import bisect_left
from collections.abc import Callable
from time import monotonic

from videos.render.errors import Stopped
from videos.render.scene import Progress

STAGES = {"reading": (0.0, 0.06), "drawing": (0.06, 0.98), "finishing": (0.98, 1.0)}
"""Which part of the whole each stage is, as fractions."""

ASK_EVERY, TELL_EVERY = 0.05, 0.2
"""Seconds between two questions, and between two reports."""

TRUSTED = 0.02
"""The share of the drawing after which its speed tells when it will end."""

SETTLING = 1 / 3
"""The share of the time so far that tells nothing: the beginning is never like the rest."""

DRAWING_ENDS = (1 - STAGES["drawing"][0]) / (STAGES["drawing"][1] - STAGES["drawing"][0])
"""The share of the drawing at which the film would be whole: what finishes it takes time, too."""


class Pace:
    """What passes between the making of a film and whoever waits for it."""

    def __init__(
        self,
        on_progress: Callable[[Progress], None] | None,
        should_stop: Callable[[], bool] | None,
    ) -> None:
        self._on_progress = on_progress
        self._should_stop = should_stop
        self._stage = ""
        self._share = 0.0
        self._asked = self._told = 0.0
        self._course: list[tuple[float, float]] = []

    def at(self, stage: str, share: float) -> None:
        """Note that a `share` (0 to 1) of `stage` is done. Raises Stopped if that was asked."""
        if stage != self._stage:
            self._stage, self._share, self._told = stage, 0.0, 0.0
            self._course = [(monotonic(), 0.0)]
        self._share = max(self._share, min(1.0, share))
        self.wait()

    def wait(self) -> None:
        """Note that nothing has come further, but that we live. Raises Stopped like `at`."""
        now = monotonic()
        if self._should_stop and now - self._asked >= ASK_EVERY:
            self._asked = now
            if self._should_stop():
                raise Stopped
        if self._on_progress and now - self._told >= TELL_EVERY:
            self._told = now
            start, end = STAGES[self._stage]
            fraction = start + (end - start) * self._share
            self._on_progress(Progress(self._stage, fraction, self._seconds_left(now)))

    def _seconds_left(self, now: float) -> float | None:
        """Return how long it will take at the pace of late; `_course` is (time, share) so far."""
        if self._stage != "drawing":
            return None
        self._course.append((now, self._share))
        began = self._course[0][0]
        settled = bisect_left(self._course, (began + SETTLING * (now - began), 0.0))
        since, share = self._course[min(settled, len(self._course) - 2)]
        if self._share < TRUSTED or self._share == share or now == since:
            return None
        return (now - since) * (DRAWING_ENDS - self._share) / (self._share - share)
