"""When a new section of the song begins, and the colours of a film change places."""

from bisect import bisect_right
from collections.abc import Sequence

from videos.render.lyrics import Line

MIN_SECONDS = 4.0  # between two changes: more often would be restless


class SectionTurns:
    """Knows how often the sections have changed at a time of the film."""

    def __init__(self, lines: Sequence[Line] = ()) -> None:
        """Take the sections of the ``lines``; the first of them is no change."""
        self._starts: list[float] = []
        names = [(line.start, line.section) for line in lines if line.section]
        for start, _ in sorted(names)[1:]:
            if not self._starts or start - self._starts[-1] >= MIN_SECONDS:
                self._starts.append(start)

    def parity(self, time: float) -> int:
        """Return 0 or 1, in turn from section to section."""
        return bisect_right(self._starts, time) % 2
