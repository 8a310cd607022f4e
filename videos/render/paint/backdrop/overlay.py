"""Texts, bars and timeline over a ground that moves: the whole picture is one moving part.

The parts of a look draw on a ground that stands still. Here they draw on black: how bright they are
there tells how much of the ground shows through them. What never changes is drawn on white, too,
which also tells that of what is dark.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from PIL import Image

from videos.render.layout import Rect
from videos.render.paint.backdrop.interfaces import MovingGround, View
from videos.render.paint.canvas import Canvas, Surface
from videos.render.paint.interfaces import FrameInput, MovingPart
from videos.render.paint.yuv import OPAQUE, Int16Plane, Yuv, to_int16, to_yuv

BLACK, GREY = 16, 128  # of Y; of U and V, whatever the brightness
WHITE_RANGE = 219  # between black and white


@dataclass
class Ink:
    """What stands in an ``area``: for each plane how much of the ground shows through, 0 to
    ``OPAQUE``, and what is added to that, in the same fixed point.
    """

    area: Rect
    shares: tuple[Int16Plane, Int16Plane, Int16Plane]
    added: list[Int16Plane]


class Overlay:
    """Draws a moving ground and everything that stands on it: a ``Backdrop``."""

    changes_in_place = False
    period: float | None = None  # what stands on the ground does not repeat

    def __init__(
        self,
        size: tuple[int, int],
        ground: MovingGround,
        still_areas: Sequence[Rect],
        draw_still: Callable[[Image.Image], None],
        make_parts: Callable[[Image.Image], Sequence[MovingPart]],
    ) -> None:
        """Prepare for a picture of that size.

        ``draw_still`` draws what never changes on an RGB stage, all of it in ``still_areas``;
        ``make_parts`` makes what moves there.
        """
        self.area = Rect(0, 0, *size)
        self._ground = ground
        black, white = (Image.new("RGB", size, grey) for grey in ("black", "white"))
        self._parts = make_parts(black)
        for stage in (black, white):
            draw_still(stage)
        on_black, on_white = (to_yuv(np.asarray(each, np.float32)) for each in (black, white))
        self._canvas = Canvas(*size)
        self._canvas.paste(0, 0, on_black)
        self._canvas.pop_dirty_rects()
        self._still = [
            take_ink(area, crop(on_black, area), crop(on_white, area)) for area in still_areas
        ]
        self._moving = [self._take_moving(part.area) for part in self._parts]
        self._view: View | None = None
        self._picture: Yuv | None = None

    def prepare(self, on_wait: Callable[[], None]) -> None:
        """Make what all processes share, before they are forked."""
        self._ground.prepare(on_wait)

    def draw(self, surface: Surface, frame: FrameInput) -> None:
        """Draw the picture as it is in this frame."""
        inks = self._draw_parts(frame)
        view = self._ground.view(frame.time)
        if view != self._view or self._picture is None:
            self._view, self._picture = view, self._ground.picture(view)
            surface.paste(0, 0, self._picture)
            inks = [*self._still, *self._moving]
        for ink in inks:
            surface.paste(ink.area.x, ink.area.y, lay_on(self._picture, ink))

    def _draw_parts(self, frame: FrameInput) -> list[Ink]:
        """Draw the parts on black, and return the inks of those that have changed."""
        changed = []
        for number, part in enumerate(self._parts):
            part.draw(self._canvas, frame)
            if self._canvas.pop_dirty_rects():
                self._moving[number] = self._take_moving(part.area)
                changed.append(self._moving[number])
        return changed

    def _take_moving(self, area: Rect) -> Ink:
        return take_ink(area, crop(self._canvas.planes, area))


def take_ink(area: Rect, on_black: Yuv, on_white: Yuv | None = None) -> Ink:
    """Return the ink in an area from its pixels on black and on white.

    Without those, as much shows through as what stands there is darker than white.
    """
    luma = to_int16(on_black)[0]
    if on_white is None:
        share = np.int16(BLACK + WHITE_RANGE) - luma
    else:
        share = (on_white.y - luma).clip(0, WHITE_RANGE)
    share *= np.int16(OPAQUE)
    share //= np.int16(WHITE_RANGE)
    rows = share[::2] + share[1::2]
    halved: Int16Plane = rows[:, ::2] + rows[:, 1::2]
    halved >>= 2
    shares = share, halved, halved
    added = [
        plane * np.int16(OPAQUE) - shown * np.int16(base) + np.int16(OPAQUE // 2)
        for plane, shown, base in zip(on_black, shares, (BLACK, GREY, GREY), strict=True)
    ]
    return Ink(area, shares, added)


def crop(planes: Yuv, area: Rect) -> Yuv:
    """Return the part of a picture that is in ``area``."""
    x, y, right, bottom = area.x, area.y, area.right, area.bottom
    chroma = slice(y // 2, bottom // 2), slice(x // 2, right // 2)
    return Yuv(planes.y[y:bottom, x:right], planes.u[chroma], planes.v[chroma])


def lay_on(picture: Yuv, ink: Ink) -> Yuv:
    """Return the part of a picture that is in the area of an ``ink``, with that on it."""
    planes = []
    for ground, share, added in zip(crop(picture, ink.area), ink.shares, ink.added, strict=True):
        mixed = ground * share
        mixed += added
        mixed >>= 7
        planes.append(mixed.astype(np.uint8))
    return Yuv(*planes)
