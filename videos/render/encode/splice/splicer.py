"""From painted frames to coded pictures, of a slice for each band."""

from collections.abc import Iterator, Sequence
from functools import cached_property

from videos.render.encode.pictures import FADING, IN_PLACE, USUAL, Manner, Picture
from videos.render.encode.splice import nal
from videos.render.encode.splice.band_encoder import BandEncoder
from videos.render.encode.splice.bands import Band, bands_around
from videos.render.encode.splice.groups import Group
from videos.render.encode.splice.parameters import read_parameters
from videos.render.layout import Rect
from videos.render.paint import Painter


class Splicer:
    """Encodes any groups of pictures of a film, each the same whoever had which before.

    Its `bands` lie from top to bottom. Where all of the picture changes, it is encoded as one.
    """

    def __init__(self, painter: Painter, fps: int, header: bytes) -> None:
        """Open the encoders for a film whose parameter sets are `header`.

        Raises RenderError if they cannot be spliced under it.
        """
        self._painter = painter
        self._fps = fps
        self._film = read_parameters(header)
        self._width, self._height = painter.canvas.frame.width, painter.canvas.frame.height
        self.bands = bands_around(painter.moving, self._height)
        in_place = painter.changing_in_place
        self._in_bands = [
            self._encoder(band, IN_PLACE if any(map(band.meets, in_place)) else USUAL)
            for band in self.bands
        ]

    def pictures(self, group: Group) -> Iterator[Picture]:
        """Paint and encode the frames of a group."""
        encoders = [self._in_one] if group.is_whole else self._in_bands
        for place, index in enumerate(group.frames):
            self._painter.paint(index)
            touched = self._painter.canvas.take_touched()
            if place == 0:
                touched = [Rect(0, 0, self._width, self._height)]
            slices = self._slices(encoders, place, group.number, touched)
            yield Picture(index, place == 0, nal.stream(slices))

    @cached_property
    def _in_one(self) -> BandEncoder:
        return self._encoder(Band(0, self._height, moves=True), FADING)

    def _encoder(self, band: Band, manner: Manner) -> BandEncoder:
        return BandEncoder(band, self._width, self._fps, self._film, manner)

    def _slices(
        self, encoders: Sequence[BandEncoder], place: int, group: int, touched: Sequence[Rect]
    ) -> Iterator[bytes]:
        """Yield the slices of the picture at `place` in the group with this number."""
        planes = self._painter.canvas.planes
        for encoder in encoders:
            is_new = [encoder.take(planes, part) for part in touched if encoder.band.meets(part)]
            if any(is_new) or place == 0:
                yield encoder.changed(place, group % 2)
            else:
                yield encoder.unchanged(place)
