"""The halo: the light around the cover in the look Glow, which pulses with the beat of the bass."""

import numpy as np

from videos.render.layout import Rect
from videos.render.paint.canvas import Surface
from videos.render.paint.interfaces import FrameInput
from videos.render.paint.palette import Palette
from videos.render.paint.section_turns import SectionTurns
from videos.render.paint.yuv import Pixels, Yuv, compute_gains, to_int16, to_yuv

LEVELS = 24  # brightness levels: enough that no step between two can be seen
MAX_ALPHA, MIN_ALPHA = 0.85, 0.16  # at the edge of the cover: at the strongest beat, in silence


class Halo:
    """Redraws the light when its brightness has changed by a level."""

    changes_in_place = False

    def __init__(
        self,
        cover: Rect,
        reach: int,
        stage: Pixels,
        palette: Palette,
        turns: SectionTurns | None = None,
    ) -> None:
        """Prepare for a light that reaches ``reach`` pixels around ``cover`` on the RGB stage.

        At each of the ``turns`` its colours change places.
        """
        area = cover.expand(reach)
        self.area = area
        dark = stage[area.y : area.bottom, area.x : area.right]
        alpha = _light_shares(area, reach, min(cover[2:]) // 20)[..., np.newaxis] * MAX_ALPHA
        self._dark = to_int16(to_yuv(dark))
        self._gains_of_turns = [
            compute_gains(dark + (_light_colours(area, colours) - dark) * alpha, self._dark)
            for colours in (palette, palette.swap())
        ]
        self._turns = turns or SectionTurns()
        self._drawn: tuple[int, int] | None = None

    def draw(self, surface: Surface, frame: FrameInput) -> None:
        """Draw the light as bright as the beat is strong."""
        min_share = MIN_ALPHA / MAX_ALPHA
        level = round((min_share + (1 - min_share) * frame.beat) * LEVELS)
        turn = self._turns.parity(frame.time)
        if (level, turn) == self._drawn:
            return
        self._drawn = level, turn
        planes = zip(self._dark, self._gains_of_turns[turn], strict=True)
        lit = (dark + gain * np.int16(level) // LEVELS for dark, gain in planes)
        patch = Yuv(*(plane.astype(np.uint8) for plane in lit))
        surface.paste(self.area.x, self.area.y, patch)


def _light_shares(area: Rect, reach: int, radius: int) -> Pixels:
    """Return the share of the full light in each pixel: none on the cover, most at its edge.

    ``radius`` is that of the cover's corners.
    """
    across, down = (
        np.abs(np.arange(side, dtype=np.float32) + 0.5 - side / 2) - (side / 2 - reach - radius)
        for side in (area.width, area.height)
    )
    distance = (
        np.hypot(down.clip(0, None)[:, np.newaxis], across.clip(0, None)[np.newaxis, :]) - radius
    )
    light: Pixels = (distance + 1).clip(0, 1) * (1 - distance / reach).clip(0, 1) ** 2.2
    return light


def _light_colours(area: Rect, palette: Palette) -> Pixels:
    """Return the colours of the light: the palette from the upper left to the lower right."""
    across, down = (
        np.linspace(0, 0.5, side, dtype=np.float32) for side in (area.width, area.height)
    )
    return palette.gradient((down[:, np.newaxis] + across)[..., np.newaxis])
