"""Moments of songs that never were, and the light of a part at one of them."""

import numpy as np

from tests.render.films import cut
from videos.render.audio.spectrum import BANDS
from videos.render.audio.waveform import POINTS
from videos.render.paint import Painter
from videos.render.paint.parts import Moment


def moment(
    time: float = 3.0, level: float = 0.0, wave: np.ndarray | float = 0.0, beat: float = 0.0
) -> Moment:
    return Moment(
        time,
        np.full(BANDS, level, np.float32),
        np.zeros(POINTS, np.float32) + np.float32(wave),
        beat,
    )


def drawn(each: Painter, now: Moment) -> np.ndarray:
    """Return the lightness of the first part of a look, drawn at a moment."""
    part = each._parts[0]
    part.draw(each.canvas, now)
    return cut(each.canvas.planes.y, part.area)
