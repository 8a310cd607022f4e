"""The sound as a line across the picture, bright as far as the song has played."""

import numpy as np
from numpy.typing import NDArray

from videos.render.audio.waveform import FULL, POINTS
from videos.render.layout import Rect
from videos.render.paint.canvas import Sheet
from videos.render.paint.colour import WHITE, Palette, Pixels, Yuv, to_yuv
from videos.render.paint.ink import OPAQUE, Steps, disc, steps, whitened
from videos.render.paint.parts import Moment

STEPS, COARSE = 8, 4
"""In how many steps of a pixel the way to the line is told; for the light around it, whose square
must fit 16 bits, in fewer.
"""

FAR = 511
"""The furthest that is told, in steps: 64 times as much still fits 16 bits."""

THICKNESS = 0.0055
"""Of the line, as a share of the picture's shorter side."""

REACH = 5.0
"""How many times the line's thickness the light around it reaches."""

DIM = 0.75
"""The share of that reach beyond which the light is too faint to be missed at a high swing."""

LIGHTEST = 58
"""The opacity (of 128) of that light at the line; it falls with the square of the way."""

AHEAD = 0.4
"""The opacity of the line where the song has not come yet."""

ECHO, ECHO_HEIGHT = 0.26, -0.5
"""The opacity of a fainter line that swings against the bright one, and how far it swings."""

ENDS = 0.16
"""The share of the picture at either end in which the line comes to rest."""

CALM = 0.03
"""The share around the knob in which it is held."""


class Scope:
    """Draws the line of each frame, in the rows between its lowest and its highest point."""

    changes_in_place = False

    def __init__(self, area: Rect, stage: Pixels, palette: Palette, duration: float) -> None:
        """Prepare for a `stage` of pixels without a line and for `duration` seconds."""
        self.area = area
        self._duration = duration
        thickness = max(3.0, THICKNESS * min(stage.shape[:2]))
        self._reach = int(thickness * REACH) + 2
        self._knob = round(thickness * 1.9)
        self._beside = self._knob // 2 * 2 + 2
        self._upper = (area.height // 2 - self._beside) // 2 * 2
        side, middle = 2 * self._beside + 2, area.height // 2 - self._upper
        self._covers = disc(self._knob, self._beside, middle, side, side)
        swing = area.height / 2 - self._reach * DIM
        self._points = _spread(area.width) * (swing / FULL)
        self._rows = (np.arange(area.height, dtype=np.int16) * STEPS + STEPS // 2)[:, np.newaxis]
        self._columns = np.arange(area.width, dtype=np.float32)
        self._thickness = thickness
        self._far = round(thickness * REACH * COARSE)
        self._ending = (64 * np.linspace(1, 0, self._reach) ** 2).astype(np.int16)
        ground = stage[area.y : area.bottom, area.x : area.right]
        inks = (_colours(area.width, palette), np.array(WHITE, np.float32))
        self._ground = steps(to_yuv(ground))
        played, coming = (
            _gains(ground, ink, strength, self._ground)
            for ink, strength in zip(inks, (1.0, AHEAD), strict=True)
        )
        self._played, self._coming = played, coming
        self._gains = [plane.copy() for plane in coming]
        self._split = 0
        self._drawn = (0, area.height)

    def draw(self, sheet: Sheet, moment: Moment) -> None:
        """Draw the line as it is at `moment`."""
        at = self._knob + (self.area.width - 2 * self._knob) * min(
            1.0, moment.time / self._duration
        )
        line = moment.wave @ self._points
        away = (self._columns - np.float32(at)) / np.float32(CALM * self.area.width)
        line *= 1 - np.exp(-away * away)
        top, bottom = self._between(line)
        patch = self._patch(line, at, top, bottom)
        sheet.paste(self.area.x, self.area.y + top, patch)

    def _between(self, line: NDArray[np.float32]) -> tuple[int, int]:
        """Return the rows that change: those of the line and those of the one before."""
        middle, reach = self.area.height / 2, self._reach + self._knob
        top = max(0, int(middle + line.min() - reach)) // 2 * 2
        bottom = min(self.area.height, int(middle + line.max() + reach) // 2 * 2 + 2)
        before, self._drawn = self._drawn, (top, bottom)
        return min(top, before[0]), max(bottom, before[1])

    def _patch(self, line: NDArray[np.float32], at: float, top: int, bottom: int) -> Yuv:
        split = round(at / 2) * 2
        self._play_to(split)
        fine = self._opacity(line, split, top, bottom)
        coarse = (fine[::2, ::2] + fine[1::2, 1::2]) >> 1
        planes = []
        for number, (gains, ground) in enumerate(zip(self._gains, self._ground, strict=True)):
            scale, opacity = (2, coarse) if number else (1, fine)
            rows = slice(top // scale, bottom // scale)
            mixed = gains[rows] * opacity
            mixed >>= 7
            mixed += ground[rows]
            planes.append(mixed.astype(np.uint8))
        return self._with_knob(Yuv(*planes), split, top)

    def _play_to(self, split: int) -> None:
        """Have the columns before `split` gain what the song's past does, and the others less."""
        source = self._played if split > self._split else self._coming
        left, right = sorted((self._split, split))
        for number, (gains, plane) in enumerate(zip(self._gains, source, strict=True)):
            columns = slice(left // 2, right // 2) if number else slice(left, right)
            gains[:, columns] = plane[:, columns]
        self._split = split

    def _opacity(self, line: NDArray[np.float32], split: int, top: int, bottom: int) -> Steps:
        """Return how much of the line lies on each pixel of some rows, up to `OPAQUE`."""
        away = self._away(line, top, bottom)
        glow = np.int16(self._far) - (away[:, :split] >> 1)
        np.clip(glow, 0, self._far, out=glow)
        glow *= glow
        glow >>= 4
        glow *= np.int16(LIGHTEST * 16 * 256 / self._far**2)
        glow >>= 8
        last = glow[:, max(0, split - len(self._ending)) :]
        last *= self._ending[len(self._ending) - last.shape[1] :]
        last >>= 6
        self._add_echo(glow, line[:split] * np.float32(ECHO_HEIGHT), top, bottom)
        opacity = _core(_leaned(away, line), self._thickness, 1.0)
        np.maximum(opacity[:, :split], glow, out=opacity[:, :split])
        return opacity

    def _add_echo(self, glow: Steps, echo: NDArray[np.float32], top: int, bottom: int) -> None:
        """Lay the echo over the light in some rows, where it is the brighter of the two."""
        if not len(echo):
            return
        middle, reach = self.area.height / 2, self._thickness * 2
        upper = max(top, int(middle + echo.min() - reach))
        lower = min(bottom, int(middle + echo.max() + reach) + 1)
        faint = _leaned(self._away(echo, upper, lower), echo)
        rows = glow[upper - top : lower - top]
        np.maximum(rows, _core(faint, self._thickness * 0.7, ECHO), out=rows)

    def _away(self, line: NDArray[np.float32], top: int, bottom: int) -> Steps:
        """Return how far each pixel of some rows is above or below a line, in steps."""
        heights = ((line + self.area.height / 2) * STEPS).astype(np.int16)
        away: Steps = self._rows[top:bottom] - heights
        np.abs(away, out=away)
        np.clip(away, 0, FAR, out=away)  # many times as fast as a minimum with one number
        return away

    def _with_knob(self, patch: Yuv, at: int, top: int) -> Yuv:
        """Lay the knob over a patch that begins at row `top`."""
        for number, (plane, cover) in enumerate(zip(patch, self._covers, strict=True)):
            scale = 2 if number else 1
            upper, left = (self._upper - top) // scale, (at - self._beside) // scale
            lower, right = upper + cover.shape[0], left + cover.shape[1]
            part = plane[max(0, upper) : lower, max(0, left) : right]
            inside = cover[max(0, -upper) :, max(0, -left) :][: part.shape[0], : part.shape[1]]
            part[:] = whitened(number, part.astype(np.int16), inside)
        return patch


def _spread(width: int) -> NDArray[np.float32]:
    """Return what turns the points of a wave into the heights of `width` columns by `@`.

    The curve is a cubic spline, whose bends are soft; at both ends it comes to rest.
    """
    columns = np.arange(width) / (width - 1)
    away = np.abs(columns * (POINTS - 1) - np.arange(POINTS)[:, np.newaxis])
    near = 2 / 3 - away**2 + away**3 / 2
    spline = np.where(away < 1, near, (2 - away).clip(0, None) ** 3 / 6)
    ends = (np.minimum(columns, 1 - columns) / ENDS).clip(0, 1)
    spread: NDArray[np.float32] = (spline * np.sin(ends * np.pi / 2) ** 2).astype(np.float32)
    return spread


def _leaned(away: Steps, line: NDArray[np.float32]) -> Steps:
    """Turn heights above a line into ways to it, the shorter the steeper it is."""
    slope = np.gradient(line)
    away *= (64 / np.sqrt(1 + slope * slope)).astype(np.int16)
    away >>= 6
    return away


def _core(away: Steps, thickness: float, strength: float) -> Steps:
    """Return the opacity of a line at such distances, with smooth edges."""
    core = np.int16((thickness + 1) / 2 * STEPS) - away
    np.clip(core, 0, STEPS, out=core)
    core *= np.int16(strength * OPAQUE / STEPS)
    return core


def _colours(width: int, palette: Palette) -> Pixels:
    """Return the line's colours, from one to the other, one row of them, nearly white."""
    along = np.linspace(0, 1, width, dtype=np.float32)[:, np.newaxis]
    first, second = (np.array(colour, np.float32) for colour in palette)
    colours: Pixels = (first + (second - first) * along)[np.newaxis]
    return colours


def _gains(ground: Pixels, ink: Pixels, strength: float, before: list[Steps]) -> list[Steps]:
    """Return how far each plane changes where `ink` of a strength covers `ground`."""
    inked = to_yuv(ground + (ink - ground) * np.float32(strength))
    return [plane - dark for plane, dark in zip(inked, before, strict=True)]
