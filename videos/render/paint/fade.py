"""The fade in and the fade out at both ends of a film: slight, for first frames are thumbnails."""

import numpy as np

from videos.render.paint.yuv import Plane, Yuv

FADE_IN, FADE_OUT = 0.4, 0.6  # seconds
MIN_BRIGHTNESS = 0.85  # the share of its light that the first and the last frame have
STEPS_A_SECOND = 15  # pictures of a fade: each of them changes everywhere, which is dear
MAX_SHARE = 1 / 8  # of a film for each fade: a film of one second is not dark most of the time

BLACK = (np.int16(16), np.int16(128), np.int16(128))
FULL = 64  # full brightness, in fixed point


class Fade:
    """Knows which frames of a film fade, and how dark they are."""

    def __init__(self, frames: int, fps: int) -> None:
        self._frames_in, self._frames_out = (
            round(min(seconds * fps, frames * MAX_SHARE)) for seconds in (FADE_IN, FADE_OUT)
        )
        self._frames = frames
        self._step = max(1, fps // STEPS_A_SECOND)

    def hold(self, index: int) -> int:
        """Return the frame whose picture frame ``index`` shows: in a fade each is held a while."""
        for fade in self.ranges:
            if index in fade:
                return index - (index - fade.start) % self._step
        return index

    @property
    def ranges(self) -> tuple[range, ...]:
        """The frames that fade, at both ends of the film."""
        fade_out = range(self._frames - self._frames_out, self._frames)
        return tuple(fade for fade in (range(self._frames_in), fade_out) if fade)

    def brightness(self, index: int) -> float:
        """Return the share of its light that frame ``index`` has, ``MIN_BRIGHTNESS`` to 1."""
        fading_in = index / self._frames_in if self._frames_in else 1.0
        from_end = self._frames - 1 - index
        fading_out = from_end / self._frames_out if self._frames_out else 1.0
        share = min(1.0, fading_in, fading_out)
        return MIN_BRIGHTNESS + (1 - MIN_BRIGHTNESS) * share * share * (3 - 2 * share)


def dim(planes: Yuv, brightness: float) -> Yuv:
    """Return a picture at a ``brightness`` of 0 (black) to 1."""
    share = np.int16(round(brightness * FULL))
    return Yuv(
        *(_dim_plane(plane, black, share) for plane, black in zip(planes, BLACK, strict=True))
    )


def _dim_plane(plane: Plane, black: np.int16, share: np.int16) -> Plane:
    light = plane.astype(np.int16)
    light -= black
    light *= share
    light += FULL // 2
    light >>= 6
    light += black
    return light.astype(np.uint8)
