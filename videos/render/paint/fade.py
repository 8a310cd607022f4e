"""Fading in from black and out to it: the only frames in which the whole picture changes."""

import numpy as np

from videos.render.paint.colour import Plane, Yuv

FADE_IN, FADE_OUT = 0.6, 0.9
"""Seconds."""

MOST = 1 / 8
"""The largest share of a film that a fade may take: a second of sound is not all twilight."""

BLACK = (np.int16(16), np.int16(128), np.int16(128))
FULL = 64


class Fade:
    """Tells which frames fade, and how dark they are."""

    def __init__(self, frames: int, fps: int) -> None:
        self._in, self._out = (
            round(min(seconds * fps, frames * MOST)) for seconds in (FADE_IN, FADE_OUT)
        )
        self._frames = frames

    @property
    def ranges(self) -> tuple[range, ...]:
        """Return the frames that fade, at both ends of the film."""
        ends = range(self._in), range(self._frames - self._out, self._frames)
        return tuple(end for end in ends if end)

    def brightness(self, index: int) -> float:
        """Return how much of the light of frame `index` is there, 0 to 1."""
        begun = (index + 1) / (self._in + 1)
        left = (self._frames - index) / (self._out + 1)
        share = max(0.0, min(1.0, begun, left))
        return share * share * (3 - 2 * share)


def dimmed(planes: Yuv, brightness: float) -> Yuv:
    """Return a picture at a share of its light."""
    share = np.int16(round(brightness * FULL))
    return Yuv(*(_dimmed(plane, black, share) for plane, black in zip(planes, BLACK, strict=True)))


def _dimmed(plane: Plane, black: np.int16, share: np.int16) -> Plane:
    light = plane.astype(np.int16)
    light -= black
    light *= share
    light += FULL // 2
    light >>= 6
    light += black
    return light.astype(np.uint8)
