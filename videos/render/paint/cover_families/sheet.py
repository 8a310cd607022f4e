"""The sheet on which a cover is drawn: pixels, the colours of the cover, and its own dice."""

import numpy as np
from numpy.typing import NDArray

from videos.render.paint.palette import Rgb
from videos.render.paint.yuv import Pixels

Alpha = NDArray[np.float32]  # 0 to 1, (side, side), or of a part of the sheet

# The top, the middle and the horizon of a sky, and its light.
SKIES: tuple[tuple[Rgb, Rgb, Rgb, Rgb], ...] = (
    ((24, 18, 62), (142, 46, 122), (255, 138, 92), (255, 226, 178)),
    ((8, 26, 58), (22, 96, 138), (92, 196, 186), (236, 250, 214)),
    ((34, 12, 48), (128, 28, 92), (240, 86, 110), (255, 206, 168)),
    ((10, 18, 44), (52, 58, 150), (150, 118, 224), (252, 204, 232)),
    ((16, 34, 40), (34, 104, 92), (160, 190, 104), (252, 238, 176)),
    ((28, 14, 30), (112, 34, 44), (232, 112, 58), (255, 218, 140)),
    ((12, 16, 36), (28, 70, 128), (106, 160, 222), (246, 232, 222)),
)


class Sheet:
    """A square of RGB pixels, ``side`` wide; ``x`` and ``y`` run from 0 to 1.

    ``top``, ``middle``, ``horizon`` and ``light`` are its colours, from dark to light.
    """

    def __init__(self, seed: int, side: int) -> None:
        """Prepare an empty sheet; the same ``seed`` gives the same colours and the same dice."""
        self.side = side
        self.random = np.random.default_rng(seed)
        self.x = np.linspace(0, 1, side, dtype=np.float32)
        self.y = self.x[:, np.newaxis]
        self.top, self.middle, self.horizon, self.light = np.array(
            SKIES[seed % len(SKIES)], np.float32
        )
        self.pixels: Pixels = np.zeros((side, side, 3), np.float32)

    def fill_sky(self, end: float) -> None:
        """Fill the sheet with the sky, which reaches its horizon at row ``end`` (0 to 1)."""
        down = (self.y / np.float32(end)).clip(0, 1)[..., np.newaxis]
        upper, lower = (down * 2).clip(0, 1), (down * 2 - 1).clip(0, 1)
        column = self.top + (self.middle - self.top) * upper
        self.pixels[:] = column + (self.horizon - self.middle) * lower

    def paint(self, colour: Pixels, alpha: Alpha, first_row: int = 0) -> None:
        """Paint a colour through ``alpha``, whose first row is ``first_row`` of the sheet."""
        part = self.pixels[first_row : first_row + len(alpha)]
        part += (colour - part) * alpha[..., np.newaxis]

    def distance(self, x: float, y: float) -> Alpha:
        """Return how far each pixel is from a point, in widths of the sheet."""
        distance: Alpha = np.hypot(self.x - np.float32(x), self.y - np.float32(y))
        return distance

    def inside(self, depth: NDArray[np.float32]) -> Alpha:
        """Return the alpha of a shape: ``depth`` is how deep a pixel lies in it, in widths."""
        alpha: Alpha = (depth * np.float32(self.side / 2)).clip(0, 1)
        return alpha
