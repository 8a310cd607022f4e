"""The slices of a backdrop that repeats: they are encoded once and used again in every round.

A group that starts with a key frame and has the same pixels in a band has the same slices there,
because the quantiser is constant. Only the number of a key frame differs between groups that follow
each other, so those slices are there twice. It needs a band in which nothing else moves, with so
many still rows at its edges that no motion refers beyond them, whatever moves in a video.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from videos.render.encode.pictures import DEFAULT_SETTINGS
from videos.render.encode.splice.band_encoder import BandEncoder
from videos.render.encode.splice.bands import MACROBLOCK, Band, cut_bands
from videos.render.encode.splice.groups import Group, round_length
from videos.render.encode.splice.parameters import SpliceError, parse_parameter_sets
from videos.render.layout import Rect
from videos.render.paint import Painter

# Pixels beyond the area at each edge of the band, unless it is the picture's; the area of a
# backdrop has a row of still macroblocks itself
STILL_ROWS = 2 * MACROBLOCK
PARITIES = (0, 1)  # of the numbers of groups


@dataclass(frozen=True)
class Round:
    """The slices of a band for each frame of one round, which begins at frame ``first``.

    ``slices`` has them for groups with even and with odd numbers; ``starts`` are the places in the
    round at which groups begin.
    """

    band: Band
    first: int
    slices: list[list[bytes]]
    starts: frozenset[int]

    def has_group(self, group: Group) -> bool:
        """Whether a group begins where one of the round does."""
        start = group.frames.start - self.first
        return not group.is_fade and start >= 0 and start % len(self.slices) in self.starts

    def get_slice(self, frame: int, idr_id: int) -> bytes:
        """Return the slice of a frame, in a group whose key frame has that number."""
        return self.slices[(frame - self.first) % len(self.slices)][idr_id]


def remember_round(
    painter: Painter,
    fps: int,
    header: bytes,
    groups: Sequence[Group],
    max_frames: int,
    on_wait: Callable[[], None],
) -> Round | None:
    """Encode the first round of a film's backdrop; None if its slices could not be used again.

    ``groups`` are those of the film, of at most ``max_frames``. ``on_wait`` is called often.
    """
    band, groups = find_band(painter), [group for group in groups if not group.is_fade]
    if band is None or not painter.period or not groups:
        return None
    first, length = groups[0].frames.start, round_length(painter.period, max_frames)
    if groups[-1].frames.stop - first < 2 * length:
        return None
    parts = [group.frames for group in groups if group.frames.start < first + length]
    try:
        slices = _encode(painter, band, fps, header, parts, on_wait)
    except SpliceError:  # the splicer says so, too, and what follows from it
        return None
    return Round(band, first, slices, frozenset(part.start - first for part in parts))


def find_band(painter: Painter) -> Band | None:
    """Return the band of a backdrop that repeats; None if it cannot be encoded by itself."""
    backdrop, height = painter.backdrop, painter.canvas.frame.height
    if backdrop is None or backdrop.period is None:
        return None
    for band in cut_bands(painter.moving_areas, height):
        if band.overlaps(backdrop.area):
            others = [area for area in painter.moving_areas if area != backdrop.area]
            is_apart = _has_still_rows(band, backdrop.area, height)
            return band if is_apart and not any(map(band.overlaps, others)) else None
    return None


def _has_still_rows(band: Band, area: Rect, height: int) -> bool:
    above, below = area.y - band.top, band.bottom - area.bottom
    return (above >= STILL_ROWS or band.top == 0) and (below >= STILL_ROWS or band.bottom == height)


def _encode(
    painter: Painter,
    band: Band,
    fps: int,
    header: bytes,
    parts: Sequence[range],
    on_wait: Callable[[], None],
) -> list[list[bytes]]:
    """Return the slices of a band for all frames of the groups ``parts``. Raises SpliceError."""
    width, height = painter.canvas.frame.width, painter.canvas.frame.height
    encoder = BandEncoder(band, width, fps, parse_parameter_sets(header), DEFAULT_SETTINGS)
    slices: list[list[bytes]] = []
    for part in parts:
        for position, frame in enumerate(part):
            painter.paint_backdrop(frame)
            rects = painter.canvas.pop_dirty_rects()
            if position == 0:
                rects = [Rect(0, 0, width, height)]
            changes = [
                encoder.copy_pixels(painter.canvas.planes, rect)
                for rect in rects
                if band.overlaps(rect)
            ]
            if any(changes) or position == 0:
                slices.append(encoder.encode_for(position, PARITIES))
            else:
                slices.append([encoder.encode_unchanged(position)] * len(PARITIES))
            on_wait()
    return slices
