"""Cuts a picture into bands so that motion in one band never refers to another.

The encoder of a band does not know the pixels beyond its edges, so no motion vector may refer to
them. Rows of macroblocks that stand still are skipped, which refers to the very same pixels; a row
that moves refers to pixels at most 32 pixels away (``mvrange``). So two still rows along a cut keep
all motion away from it, whatever moves. If there is no room for two, one is enough for everything
that the looks paint, but not for noise.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from videos.render.layout import Rect

MACROBLOCK = 16  # pixels of the side of the squares in which H.264 encodes a picture


class Band(NamedTuple):
    """Rows of pixels from ``top`` to before ``bottom``, over the whole width; whether any move."""

    top: int
    bottom: int
    moves: bool

    def overlaps(self, rect: Rect) -> bool:
        """Whether some of ``rect`` is in this band."""
        return rect.y < self.bottom and self.top < rect.bottom


def cut_bands(moving: Iterable[Rect], height: int) -> list[Band]:
    """Cut a picture of ``height`` rows into bands around its ``moving`` areas, from top to bottom.

    The band of a moving area has two still rows of macroblocks above and below it, or one if its
    neighbour is near; if it is nearer, they share a band. If everything moves, there is one band.
    """
    bands: list[Band] = []
    for top, bottom in _merge_zones(moving, height):
        above = bands[-1].bottom if bands else 0
        if top > above:
            bands.append(Band(above, top, moves=False))
        bands.append(Band(top, bottom, moves=True))
    below = bands[-1].bottom if bands else 0
    if below < height:
        bands.append(Band(below, height, moves=False))
    return bands


def _merge_zones(moving: Iterable[Rect], height: int) -> list[tuple[int, int]]:
    """Return the rows around moving areas, merged where they overlap, from top to bottom."""
    zones: list[tuple[int, int]] = []
    for rect in sorted(moving, key=lambda rect: rect.y):
        top = (rect.y // MACROBLOCK - 1) * MACROBLOCK
        bottom = (-(-rect.bottom // MACROBLOCK) + 1) * MACROBLOCK
        if zones and top < zones[-1][1]:
            top, bottom = zones[-1][0], max(bottom, zones.pop()[1])
        zones.append((top, bottom))
    return list(_widen_zones(zones, height))


def _widen_zones(zones: list[tuple[int, int]], height: int) -> Iterator[tuple[int, int]]:
    """Yield the zones with another row of macroblocks above and below if there is room."""
    above = 0
    for (top, bottom), below in zip(zones, [*(top for top, _ in zones), height][1:], strict=True):
        yield max(top - MACROBLOCK, above), (above := min(bottom + MACROBLOCK, below))
