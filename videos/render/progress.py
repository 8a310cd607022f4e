"""Reports to the caller how far a film is, and checks whether the caller asks to stop."""

from bisect import bisect_left
from collections.abc import Callable
from time import monotonic

from videos.render.errors import Stopped
from videos.render.scene import Progress

# The part of the whole that each stage is, as fractions.
STAGES = {"reading": (0.0, 0.06), "drawing": (0.06, 0.98), "finishing": (0.98, 1.0)}
STOP_CHECK_INTERVAL, REPORT_INTERVAL = 0.05, 0.2  # seconds
# The share of the drawing that must be done before its speed says when it will end.
MIN_SHARE_FOR_ESTIMATE = 0.02
# The share of the time so far that an estimate ignores: the beginning is never like the rest.
WARM_UP_SHARE = 1 / 3
# The share of the drawing at which the whole film would be done: finishing takes time, too.
FULL_FILM_SHARE = (1 - STAGES["drawing"][0]) / (STAGES["drawing"][1] - STAGES["drawing"][0])


class ProgressTracker:
    """Tracks the progress of a film, reports it, and raises Stopped if the caller asks for that."""

    def __init__(
        self,
        on_progress: Callable[[Progress], None] | None,
        should_stop: Callable[[], bool] | None,
    ) -> None:
        self._on_progress = on_progress
        self._should_stop = should_stop
        self._stage = ""
        self._share = 0.0
        self._checked_at = self._reported_at = 0.0
        self._history: list[tuple[float, float]] = []

    def update(self, stage: str, share: float) -> None:
        """Record that a ``share`` (0 to 1) of ``stage`` is done. Raises Stopped if asked to."""
        if stage != self._stage:
            self._stage, self._share, self._reported_at = stage, 0.0, 0.0
            self._history = [(monotonic(), 0.0)]
        self._share = max(self._share, min(1.0, share))
        self.heartbeat()

    def heartbeat(self) -> None:
        """Report that the work still runs, without new progress. Raises Stopped if asked to."""
        now = monotonic()
        if self._should_stop and now - self._checked_at >= STOP_CHECK_INTERVAL:
            self._checked_at = now
            if self._should_stop():
                raise Stopped
        if self._on_progress and now - self._reported_at >= REPORT_INTERVAL:
            self._reported_at = now
            start, end = STAGES[self._stage]
            fraction = start + (end - start) * self._share
            self._on_progress(Progress(self._stage, fraction, self._estimate_seconds_left(now)))

    def _estimate_seconds_left(self, now: float) -> float | None:
        """Return the seconds left at the recent speed, None if it is not known.

        ``_history`` has (time, share) of each report so far.
        """
        if self._stage != "drawing":
            return None
        self._history.append((now, self._share))
        began = self._history[0][0]
        settled = bisect_left(self._history, (began + WARM_UP_SHARE * (now - began), 0.0))
        since, share = self._history[min(settled, len(self._history) - 2)]
        if self._share < MIN_SHARE_FOR_ESTIMATE or self._share == share or now == since:
            return None
        return (now - since) * (FULL_FILM_SHARE - self._share) / (self._share - share)
