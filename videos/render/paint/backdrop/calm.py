"""A part that is drawn less often than the film has frames, so that many frames change nothing."""

from bisect import bisect_right
from collections.abc import Sequence
from math import floor

from videos.render.paint.backdrop.drift import RATE
from videos.render.paint.canvas import Surface
from videos.render.paint.interfaces import FrameInput, MovingPart

EPSILON = 1e-6


class CalmPart:
    """Draws a part as often as the ground below it moves, and in each frame when it hurries."""

    def __init__(
        self, part: MovingPart, hurries: Sequence[float] = (), hurry_seconds: float = 0.0
    ) -> None:
        """Wrap a part that hurries for some seconds from each of these times, in their order."""
        self.area, self.changes_in_place = part.area, part.changes_in_place
        self._part, self._hurries, self._seconds = part, hurries, hurry_seconds

    def draw(self, surface: Surface, frame: FrameInput) -> None:
        """Draw the part as it is in this frame, or was a moment ago."""
        last = bisect_right(self._hurries, frame.time) - 1
        if last < 0 or frame.time - self._hurries[last] > self._seconds:
            frame = frame._replace(time=floor(frame.time * RATE + EPSILON) / RATE)
        self._part.draw(surface, frame)
