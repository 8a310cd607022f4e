"""The moving part of the look Stage: a ground above the words, which melts into the still stage."""

from collections.abc import Callable

import numpy as np

from videos.render.layout import Rect
from videos.render.paint.backdrop.interfaces import MovingGround, View
from videos.render.paint.canvas import Surface
from videos.render.paint.interfaces import FrameInput
from videos.render.paint.yuv import OPAQUE, Pixels, Yuv, blend, to_int16, to_yuv

# Still pixels below the ground that belong to its area: the band around that keeps two more rows
# of macroblocks still, and vectors in a video reach 35 pixels far.
STILL_MARGIN = 16
EDGE = 0.16  # the share of the height over which the ground melts


class BackdropPart:
    """Draws a moving ground into its window."""

    changes_in_place = False

    def __init__(self, area: Rect, ground: MovingGround) -> None:
        self._window = area
        self.area = area._replace(height=area.height + STILL_MARGIN)
        self.period = ground.period
        self._ground = ground
        self._drawn: View | None = None

    def prepare(self, on_wait: Callable[[], None]) -> None:
        """Load pictures that follow each other; what repeats is encoded once, in its order."""
        if self.period is None:
            self._ground.prepare(on_wait)

    def draw(self, surface: Surface, frame: FrameInput) -> None:
        """Draw the ground as it is in this frame."""
        view = self._ground.view(frame.time)
        if view != self._drawn:
            surface.paste(self._window.x, self._window.y, self._ground.picture(view))
            self._drawn = view


class MeltingEdge:
    """Lets the foot of a picture melt into the stage below it."""

    def __init__(self, area: Rect, stage: Pixels) -> None:
        """Prepare for an RGB ``stage`` and pictures that fill the ``area`` of it."""
        height = round(area.height * EDGE / 2) * 2
        foot = stage[area.bottom - height : area.bottom, area.x : area.right]
        self._still = to_int16(to_yuv(foot))
        share = (np.arange(height, dtype=np.float32) + 1) / height
        alpha = np.rint(OPAQUE * share * share * (3 - 2 * share)).astype(np.int16)[:, np.newaxis]
        self._alphas = alpha, alpha[::2], alpha[::2]

    def finish(self, picture: Yuv) -> Yuv:
        """Return a picture whose last row is that of the stage."""
        planes = []
        for plane, still, alpha in zip(picture, self._still, self._alphas, strict=True):
            foot = plane[-len(still) :].astype(np.int16)
            planes.append(np.concatenate([plane[: -len(still)], blend(foot, still - foot, alpha)]))
        return Yuv(*planes)
