"""The encoder of one band of the picture."""

from dataclasses import replace

from av.video.frame import PictureType

from videos.render.encode.pictures import Manner, open_picture_encoder
from videos.render.encode.splice import nal
from videos.render.encode.splice.bands import MACROBLOCK, Band
from videos.render.encode.splice.parameters import Parameters, read_parameters
from videos.render.encode.splice.skipped import QUANTISER, skipped
from videos.render.encode.splice.slices import (
    FILTERED,
    FILTERED_INSIDE,
    SliceHeader,
    read_slice,
    write_slice,
)
from videos.render.errors import RenderError
from videos.render.layout import Rect
from videos.render.paint.canvas import Canvas
from videos.render.paint.colour import Plane, Yuv

COARSE = 7
"""Of so many rows one is compared first: where something changed, that mostly tells."""

LAST_BIT = 1
"""The bit after the end of a slice that x264 sets or not by the number of frames it has had, which
nobody reads. Set always, a picture is the same whatever its encoder had before.
"""


class BandEncoder:
    """Holds the pixels of a band and makes each frame's slice of them."""

    def __init__(self, band: Band, width: int, fps: int, film: Parameters, manner: Manner) -> None:
        """Open the encoder.

        Raises RenderError if its slices do not fit under the parameters of the `film`.
        """
        self.band = band
        self._film = film
        height = band.bottom - band.top
        self._encoder = open_picture_encoder(width, height, fps, manner)
        self._own = read_parameters(bytes(self._encoder.extradata or b""))
        if self._own.frame_bits != film.frame_bits:
            raise RenderError("x264 chose other parameters for a part of the picture than for all.")
        self._canvas = Canvas(width, height)
        columns, rows = -(-width // MACROBLOCK), -(-height // MACROBLOCK)
        self._first = band.top // MACROBLOCK * columns
        self._skipped = skipped(rows * columns)
        self._resting: dict[int, bytes] = {}
        self._encoded = 0

    def take(self, planes: Yuv, part: Rect) -> bool:
        """Copy what of `part` of the whole picture lies in this band; tell whether it is new."""
        top, bottom = max(part.y, self.band.top), min(part.bottom, self.band.bottom)
        is_new = False
        for ours, theirs, scale in zip(self._canvas.planes, planes, (1, 2, 2), strict=True):
            columns = slice(part.x // scale, part.right // scale)
            source = theirs[top // scale : bottom // scale, columns]
            above = self.band.top // scale
            target = ours[top // scale - above : bottom // scale - above, columns]
            is_new = is_new or _differ(source, target)
            if is_new:
                target[:] = source
        return is_new

    def changed(self, frame: int, group: int) -> bytes:
        """Return the slice for a band with new pixels: of a key frame if `frame` is 0.

        Raises RenderError if the encoder does not make it at once.
        """
        picture = self._canvas.frame
        picture.pts = self._encoded
        picture.pict_type = PictureType.NONE if frame else PictureType.I
        self._encoded += 1
        stream = b"".join(map(bytes, self._encoder.encode(picture)))
        *_, unit = nal.units(stream)  # before the first slice, x264 tells how it is set up
        try:
            coded, payload = read_slice(unit, self._own)
        except ValueError as error:
            raise RenderError(f"x264 made what cannot be spliced: {error}") from error
        if coded.is_key == bool(frame):
            raise RenderError("x264 made a key frame in a place of its own.")
        edges = FILTERED_INSIDE if coded.deblocking == FILTERED else coded.deblocking
        number = frame % (1 << self._film.frame_bits)
        header = replace(
            coded,
            first=self._first,
            frame=number,
            group=group,
            quantiser=coded.quantiser + self._own.quantiser - self._film.quantiser,
            deblocking=edges,
        )
        return write_slice(header, payload[:-1] + bytes([payload[-1] | LAST_BIT]), self._film)

    def unchanged(self, frame: int) -> bytes:
        """Return the slice for a band whose pixels are those of the frame before."""
        number = frame % (1 << self._film.frame_bits)
        if number not in self._resting:
            quantiser = QUANTISER - self._film.quantiser
            header = SliceHeader(False, self._first, number, quantiser=quantiser)
            self._resting[number] = write_slice(header, self._skipped, self._film)
        return self._resting[number]


def _differ(one: Plane, other: Plane) -> bool:
    return bool((one[::COARSE] != other[::COARSE]).any() or (one != other).any())
