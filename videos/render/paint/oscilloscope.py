"""The oscilloscope of the look Wave: the sound as a line, bright as far as the song has played."""

import numpy as np
from numpy.typing import NDArray

from videos.render.audio.waveform import FULL_SCALE, POINTS
from videos.render.layout import Rect
from videos.render.paint.canvas import Surface
from videos.render.paint.interfaces import FrameInput
from videos.render.paint.palette import WHITE, Palette
from videos.render.paint.section_turns import SectionTurns
from videos.render.paint.yuv import (
    OPAQUE,
    Int16Plane,
    Pixels,
    Yuv,
    blend_white,
    compute_disc_alpha,
    compute_gains,
    to_int16,
    to_yuv,
)

STEPS = 8  # fixed-point steps of a pixel, for distances from the line
GLOW_STEPS = 4  # the same for the glow: the square of its distances must fit 16 bits
MAX_DISTANCE = 511  # in steps: 64 times as much still fits 16 bits

THICKNESS = 0.0055  # of the line, as a share of the picture's shorter side
GLOW_REACH = 5.0  # how far the glow around the line reaches, in thicknesses of the line
VISIBLE_GLOW = 0.75  # the share of that reach that must stay inside the area at a full swing
GLOW_ALPHA = 58  # of 128, at the line; it falls with the square of the distance
UNPLAYED_ALPHA = 0.4  # of the line where the song has not arrived yet

# A fainter line, the echo, swings against the bright one: its alpha, and its share of the swing.
ECHO_ALPHA, ECHO_HEIGHT = 0.26, -0.5

# Where the line comes to rest, as shares of the width: at either end, and around the knob.
RESTING_ENDS, RESTING_KNOB = 0.16, 0.03


class Oscilloscope:
    """Draws the line of each frame, in the rows between its lowest and its highest point."""

    changes_in_place = True

    def __init__(
        self,
        area: Rect,
        stage: Pixels,
        palette: Palette,
        duration: float | None,
        turns: SectionTurns | None = None,
    ) -> None:
        """Prepare for an RGB ``stage`` without a line and for ``duration`` seconds.

        Without a duration the line does not tell the time: all of it is bright. At each of the
        ``turns`` its colours change places.
        """
        self.area = area
        self._duration = duration
        self._turns = turns or SectionTurns()
        thickness = max(3.0, THICKNESS * min(stage.shape[:2]))
        self.reach = int(thickness * GLOW_REACH) + 2
        self._knob_radius = round(thickness * 1.9)
        self._knob_margin = self._knob_radius // 2 * 2 + 2
        self._knob_top = (area.height // 2 - self._knob_margin) // 2 * 2
        side, middle = 2 * self._knob_margin + 2, area.height // 2 - self._knob_top
        self._knob_masks = compute_disc_alpha(
            self._knob_radius, self._knob_margin, middle, side, side
        )
        swing = area.height / 2 - self.reach * VISIBLE_GLOW
        self._points_to_heights = _interpolation_matrix(area.width) * (swing / FULL_SCALE)
        self._rows = (np.arange(area.height, dtype=np.int16) * STEPS + STEPS // 2)[:, np.newaxis]
        self._columns = np.arange(area.width, dtype=np.float32)
        self._thickness = thickness
        self._glow_reach = round(thickness * GLOW_REACH * GLOW_STEPS)
        self._glow_end = (64 * np.linspace(1, 0, self.reach) ** 2).astype(np.int16)
        self._prepare_gains(stage[area.y : area.bottom, area.x : area.right], palette)
        self._drawn_rows = (0, area.height)

    def _prepare_gains(self, ground: Pixels, palette: Palette) -> None:
        """Prepare the gains of the played line, in colour, and of the unplayed one, in white."""
        along = np.linspace(0, 1, self.area.width, dtype=np.float32)[:, np.newaxis]
        colours, swapped = (each.gradient(along)[np.newaxis] for each in (palette, palette.swap()))
        white = np.array(WHITE, np.float32)
        self._ground = to_int16(to_yuv(ground))
        first, second, self._unplayed_gains = (
            compute_gains(ground + (ink - ground) * np.float32(alpha), self._ground)
            for ink, alpha in ((colours, 1.0), (swapped, 1.0), (white, UNPLAYED_ALPHA))
        )
        self._played_gains, self._turn = (first, second), 0
        self._gains = [plane.copy() for plane in self._unplayed_gains]
        self._split = 0  # the column up to which ``_gains`` are those of the played line

    def draw(self, surface: Surface, frame: FrameInput) -> None:
        """Draw the line as it is in this frame."""
        played = min(1.0, frame.time / self._duration) if self._duration else 2.0
        knob = self._knob_radius + (self.area.width - 2 * self._knob_radius) * played
        line = frame.wave @ self._points_to_heights
        from_knob = (self._columns - np.float32(knob)) / np.float32(RESTING_KNOB * self.area.width)
        line *= 1 - np.exp(-from_knob * from_knob)
        top, bottom = self._changed_rows(line)
        turn = self._turns.parity(frame.time)
        patch = self._draw_rows(line, knob, turn, top, bottom)
        surface.paste(self.area.x, self.area.y + top, patch)

    def _changed_rows(self, line: NDArray[np.float32]) -> tuple[int, int]:
        """Return the rows that change: those of this line and those of the line before."""
        middle, reach = self.area.height / 2, self.reach + self._knob_radius
        top = max(0, int(middle + line.min() - reach)) // 2 * 2
        bottom = min(self.area.height, int(middle + line.max() + reach) // 2 * 2 + 2)
        before, self._drawn_rows = self._drawn_rows, (top, bottom)
        return min(top, before[0]), max(bottom, before[1])

    def _draw_rows(
        self, line: NDArray[np.float32], knob: float, turn: int, top: int, bottom: int
    ) -> Yuv:
        split = min(round(knob / 2) * 2, self.area.width)
        if turn != self._turn:
            self._move_split(0)
            self._turn = turn
        self._move_split(split)
        luma_alpha = self._compute_alpha(line, split, top, bottom)
        chroma_alpha = (luma_alpha[::2, ::2] + luma_alpha[1::2, 1::2]) >> 1
        planes = []
        for number, (gains, ground) in enumerate(zip(self._gains, self._ground, strict=True)):
            scale, alpha = (2, chroma_alpha) if number else (1, luma_alpha)
            rows = slice(top // scale, bottom // scale)
            mixed = gains[rows] * alpha
            mixed >>= 7
            mixed += ground[rows]
            planes.append(mixed.astype(np.uint8))
        return self._draw_knob(Yuv(*planes), split, top) if self._duration else Yuv(*planes)

    def _move_split(self, split: int) -> None:
        """Give the columns before ``split`` the gains of the played line, the others the unplayed.

        Only the columns between the last split and this one change.
        """
        source = self._played_gains[self._turn] if split > self._split else self._unplayed_gains
        left, right = sorted((self._split, split))
        for number, (gains, plane) in enumerate(zip(self._gains, source, strict=True)):
            columns = slice(left // 2, right // 2) if number else slice(left, right)
            gains[:, columns] = plane[:, columns]
        self._split = split

    def _compute_alpha(
        self, line: NDArray[np.float32], split: int, top: int, bottom: int
    ) -> Int16Plane:
        """Return the alpha of line, glow and echo in each pixel of some rows, 0 to ``OPAQUE``."""
        distances = self._vertical_distances(line, top, bottom)
        glow = np.int16(self._glow_reach) - (distances[:, :split] >> 1)
        np.clip(glow, 0, self._glow_reach, out=glow)
        glow *= glow
        glow >>= 4
        glow *= np.int16(GLOW_ALPHA * 16 * 256 / self._glow_reach**2)
        glow >>= 8
        last = glow[:, max(0, split - len(self._glow_end)) :]
        last *= self._glow_end[len(self._glow_end) - last.shape[1] :]
        last >>= 6
        self._add_echo(glow, line[:split] * np.float32(ECHO_HEIGHT), top, bottom)
        alpha = _core_alpha(_correct_for_slope(distances, line), self._thickness, 1.0)
        np.maximum(alpha[:, :split], glow, out=alpha[:, :split])
        return alpha

    def _add_echo(self, glow: Int16Plane, echo: NDArray[np.float32], top: int, bottom: int) -> None:
        """Add the echo to the glow of some rows, where it is the brighter of the two."""
        if not len(echo):
            return
        middle, reach = self.area.height / 2, self._thickness * 2
        upper = max(top, int(middle + echo.min() - reach))
        lower = min(bottom, int(middle + echo.max() + reach) + 1)
        distances = _correct_for_slope(self._vertical_distances(echo, upper, lower), echo)
        rows = glow[upper - top : lower - top]
        np.maximum(rows, _core_alpha(distances, self._thickness * 0.7, ECHO_ALPHA), out=rows)

    def _vertical_distances(self, line: NDArray[np.float32], top: int, bottom: int) -> Int16Plane:
        """Return how far each pixel of some rows is above or below a line, in steps."""
        heights = ((line + self.area.height / 2) * STEPS).astype(np.int16)
        distances: Int16Plane = self._rows[top:bottom] - heights
        np.abs(distances, out=distances)
        # Much faster than a minimum with one number.
        np.clip(distances, 0, MAX_DISTANCE, out=distances)
        return distances

    def _draw_knob(self, patch: Yuv, column: int, top: int) -> Yuv:
        """Draw the knob at ``column`` on a patch whose first row is row ``top`` of the area."""
        for number, (plane, mask) in enumerate(zip(patch, self._knob_masks, strict=True)):
            scale = 2 if number else 1
            upper, left = (self._knob_top - top) // scale, (column - self._knob_margin) // scale
            lower, right = upper + mask.shape[0], left + mask.shape[1]
            part = plane[max(0, upper) : lower, max(0, left) : right]
            inside = mask[max(0, -upper) :, max(0, -left) :][: part.shape[0], : part.shape[1]]
            part[:] = blend_white(number, part.astype(np.int16), inside)
        return patch


def _interpolation_matrix(width: int) -> NDArray[np.float32]:
    """Return the matrix (POINTS, width) that by ``@`` turns a wave into the heights of columns.

    The curve is a cubic B-spline, whose bends are soft; it comes to rest at both ends.
    """
    columns = np.arange(width) / (width - 1)
    distance = np.abs(columns * (POINTS - 1) - np.arange(POINTS)[:, np.newaxis])
    near = 2 / 3 - distance**2 + distance**3 / 2
    spline = np.where(distance < 1, near, (2 - distance).clip(0, None) ** 3 / 6)
    ends = (np.minimum(columns, 1 - columns) / RESTING_ENDS).clip(0, 1)
    matrix: NDArray[np.float32] = (spline * np.sin(ends * np.pi / 2) ** 2).astype(np.float32)
    return matrix


def _correct_for_slope(distances: Int16Plane, line: NDArray[np.float32]) -> Int16Plane:
    """Turn vertical distances from a line into the shortest ones, in place: less where steep."""
    slope = np.gradient(line)
    distances *= (64 / np.sqrt(1 + slope * slope)).astype(np.int16)
    distances >>= 6
    return distances


def _core_alpha(distances: Int16Plane, thickness: float, alpha: float) -> Int16Plane:
    """Return the alpha at such distances from a line, with smooth edges; ``alpha`` is 0 to 1."""
    core = np.int16((thickness + 1) / 2 * STEPS) - distances
    np.clip(core, 0, STEPS, out=core)
    core *= np.int16(alpha * OPAQUE / STEPS)
    return core
