"""When one picture of several follows another: at sections of the song, else on its onsets."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from videos.render.lyrics import Line

USUAL_HOLD, MIN_HOLD = 8.0, 2.6  # seconds that a picture is seen
SNAP = 0.25  # the share of a hold by which a cut may move to fall on an onset
RISE_SECONDS = 0.1  # over which the beat rises at an onset
SECTION_LEAD = 0.3  # seconds by which a new section is ahead of its first line


def plan_cuts(
    duration: float, pictures: int, beats: NDArray[np.floating], fps: int, lines: Sequence[Line]
) -> list[float]:
    """Return the times at which the next picture comes, in seconds of a film of that duration.

    ``beats`` has the strength of the beat in each frame. All pictures are seen, if there is time
    for that; then they come again.
    """
    if pictures < 2:
        return []
    hold = max(MIN_HOLD, min(USUAL_HOLD, duration / pictures))
    sections = [time for time in _section_starts(lines) if hold / 2 < time < duration - hold / 2]
    cuts: list[float] = []
    for start, end in zip([0.0, *sections], [*sections, duration], strict=True):
        cuts += _split(start, end, hold, beats, fps)
        cuts += [end] if end < duration else []
    return cuts


def _split(
    start: float, end: float, hold: float, beats: NDArray[np.floating], fps: int
) -> Iterator[float]:
    """Yield the cuts between ``start`` and ``end``: as even as onsets allow."""
    parts = max(1, round((end - start) / hold))
    step = (end - start) / parts
    for number in range(1, parts):
        yield _nearest_onset(start + number * step, step * SNAP, beats, fps)


def _nearest_onset(time: float, reach: float, beats: NDArray[np.floating], fps: int) -> float:
    """Return the time of the strongest rise of the beat that is at most ``reach`` away."""
    first, last = max(0, round((time - reach) * fps)), round((time + reach) * fps) + 1
    span = max(1, round(RISE_SECONDS * fps))
    part = beats[first : last + span].astype(np.float32)
    rises = part[span:] - part[:-span]
    if not len(rises) or rises.max() <= 0:
        return time
    return (first + int(rises.argmax())) / fps


def _section_starts(lines: Sequence[Line]) -> list[float]:
    """Return when sections begin, that have a name in the lyrics."""
    times = {line.start for line in lines if line.section and not line.is_guessed}
    return [max(0.0, time - SECTION_LEAD) for time in sorted(times)]
