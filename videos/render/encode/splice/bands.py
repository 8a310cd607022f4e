"""Where a picture may be cut into bands, so that what moves in one never reaches another.

A band's encoder knows nothing of the pixels beyond its edges, and what it believes to lie there
must never be referred to. Rows of macroblocks that stand still are skipped, which refers to the
very same pixels; a row that moves refers to what lies 32 pixels away at most (`mvrange`). So two
still rows along a cut keep all motion away from it, whatever moves. Where there is no room for
two, one does for all that looks draw, but not for noise.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from videos.render.layout import Rect

MACROBLOCK = 16
"""Pixels of the side of the squares that H.264 codes a picture in."""


class Band(NamedTuple):
    """Rows of pixels over the whole width, from `top` to before `bottom`, and whether any move."""

    top: int
    bottom: int
    moves: bool

    def meets(self, part: Rect) -> bool:
        """Tell whether some of `part` lies in this band."""
        return part.y < self.bottom and self.top < part.bottom


def bands_around(moving: Iterable[Rect], height: int) -> list[Band]:
    """Cut a picture of `height` rows around its `moving` parts, from top to bottom.

    Each moving part has two still rows of macroblocks on either side in its own band, or one where
    its neighbour is near, or is one with that. Where everything moves, one band is left.
    """
    bands: list[Band] = []
    for top, bottom in _zones(moving, height):
        above = bands[-1].bottom if bands else 0
        if top > above:
            bands.append(Band(above, top, moves=False))
        bands.append(Band(top, bottom, moves=True))
    below = bands[-1].bottom if bands else 0
    if below < height:
        bands.append(Band(below, height, moves=False))
    return bands


def _zones(moving: Iterable[Rect], height: int) -> list[tuple[int, int]]:
    """Return the rows around moving parts that belong together, in order, without overlap."""
    zones: list[tuple[int, int]] = []
    for part in sorted(moving, key=lambda part: part.y):
        top = (part.y // MACROBLOCK - 1) * MACROBLOCK
        bottom = (-(-part.bottom // MACROBLOCK) + 1) * MACROBLOCK
        if zones and top < zones[-1][1]:
            top, bottom = zones[-1][0], max(bottom, zones.pop()[1])
        zones.append((top, bottom))
    return list(_roomier(zones, height))


def _roomier(zones: list[tuple[int, int]], height: int) -> Iterator[tuple[int, int]]:
    """Yield the zones with another row of macroblocks above and below, where there is room."""
    above = 0
    for (top, bottom), below in zip(zones, [*(top for top, _ in zones), height][1:], strict=True):
        yield max(top - MACROBLOCK, above), (above := min(bottom + MACROBLOCK, below))
