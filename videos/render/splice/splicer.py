"""From painted frames to coded pictures, of a slice for each band."""

from collections.abc import Iterator

from videos.render.encode import Picture, group_length
from videos.render.layout import Rect
from videos.render.paint import Painter
from videos.render.splice import nal
from videos.render.splice.band_encoder import BandEncoder
from videos.render.splice.bands import bands_around
from videos.render.splice.parameters import read_parameters


class Splicer:
    """Encodes any groups of pictures of a film, each the same whoever had which before.

    Its `bands` lie from top to bottom.
    """

    def __init__(self, painter: Painter, fps: int, header: bytes) -> None:
        """Open the encoders for a film whose parameter sets are `header`.

        Raises RenderError if they cannot be spliced under it.
        """
        self._painter = painter
        self._group = group_length(fps)
        frame = painter.canvas.frame
        self._whole = Rect(0, 0, frame.width, frame.height)
        self.bands = bands_around(painter.moving, frame.height)
        film = read_parameters(header)
        self._encoders = [BandEncoder(band, frame.width, fps, film) for band in self.bands]

    def pictures(self, frames: range) -> Iterator[Picture]:
        """Paint and encode consecutive `frames`, the first of which is the first of a group."""
        group = frames.start // self._group % 2
        for place, index in enumerate(frames):
            self._painter.paint(index)
            touched = self._painter.canvas.take_touched()
            slices = self._slices(place, group, touched if place else [self._whole])
            yield Picture(index, place == 0, nal.stream(slices))

    def _slices(self, place: int, group: int, touched: list[Rect]) -> Iterator[bytes]:
        """Yield the slices of the picture at `place` in its group."""
        planes = self._painter.canvas.planes
        for band, encoder in zip(self.bands, self._encoders, strict=True):
            is_new = [encoder.take(planes, part) for part in touched if band.meets(part)]
            if any(is_new) or place == 0:
                yield encoder.changed(place, group)
            else:
                yield encoder.unchanged(place)
