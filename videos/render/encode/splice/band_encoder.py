"""The encoder of one band of the picture."""

from collections.abc import Sequence
from dataclasses import replace

from av.video.frame import PictureType

from videos.render.encode.pictures import EncoderSettings, open_picture_encoder
from videos.render.encode.splice import nal
from videos.render.encode.splice.bands import MACROBLOCK, Band
from videos.render.encode.splice.parameters import ParameterSets, SpliceError, parse_parameter_sets
from videos.render.encode.splice.skipped import SKIP_QUANTISER, encode_skipped_slice
from videos.render.encode.splice.slices import (
    DEBLOCK_ALL,
    DEBLOCK_INSIDE,
    SliceHeader,
    parse_slice,
    write_slice,
)
from videos.render.layout import Rect
from videos.render.paint.canvas import Canvas
from videos.render.paint.yuv import Plane, Yuv

COARSE_STEP = 7  # every seventh row is compared first, which finds most changes quickly

# The bit after the end of a slice, which x264 sets or not by the number of frames it has encoded,
# and which no decoder reads. It is always set here, so that a picture does not depend on what its
# encoder encoded before.
LAST_BIT = 1


class BandEncoder:
    """Has a copy of the pixels of a band and encodes the slice of each frame from them."""

    def __init__(
        self, band: Band, width: int, fps: int, film: ParameterSets, settings: EncoderSettings
    ) -> None:
        """Open the encoder.

        Raises SpliceError if its slices cannot be spliced under the parameter sets of the ``film``.
        """
        self.band = band
        self._film = film
        height = band.bottom - band.top
        self._encoder = open_picture_encoder(width, height, fps, settings)
        self._own = parse_parameter_sets(bytes(self._encoder.extradata or b""))
        if self._own.frame_number_bits != film.frame_number_bits:
            raise SpliceError("x264 chose other parameters for a part of the picture than for all.")
        self._canvas = Canvas(width, height)
        columns, rows = -(-width // MACROBLOCK), -(-height // MACROBLOCK)
        self._first_macroblock = band.top // MACROBLOCK * columns
        self._skipped_payload = encode_skipped_slice(rows * columns)
        self._skipped_slices: dict[int, bytes] = {}
        self._encoded = 0

    def copy_pixels(self, planes: Yuv, rect: Rect) -> bool:
        """Copy the pixels of ``rect`` that are in this band from the planes of the whole picture.

        Returns whether they differ from those before.
        """
        top, bottom = max(rect.y, self.band.top), min(rect.bottom, self.band.bottom)
        is_changed = False
        for own_plane, plane, scale in zip(self._canvas.planes, planes, (1, 2, 2), strict=True):
            columns = slice(rect.x // scale, rect.right // scale)
            source = plane[top // scale : bottom // scale, columns]
            above = self.band.top // scale
            target = own_plane[top // scale - above : bottom // scale - above, columns]
            is_changed = is_changed or _differ(source, target)
            if is_changed:
                target[:] = source
        return is_changed

    def encode_changed(self, position: int, idr_id: int) -> bytes:
        """Return the slice for a band with new pixels, of a key frame if ``position`` is 0.

        ``position`` is that of the frame in its group, ``idr_id`` that of the group. Raises
        SpliceError if the encoder does not return the slice at once, or another than is expected.
        """
        (unit,) = self.encode_for(position, (idr_id,))
        return unit

    def encode_for(self, position: int, idr_ids: Sequence[int]) -> list[bytes]:
        """Return what ``encode_changed`` does, once for each of the groups' ``idr_ids``.

        Raises SpliceError.
        """
        frame = self._canvas.frame
        frame.pts = self._encoded
        frame.pict_type = PictureType.NONE if position else PictureType.I
        self._encoded += 1
        stream = b"".join(map(bytes, self._encoder.encode(frame)))
        # x264 writes its settings before the first slice
        units = [unit for unit in nal.split_units(stream) if nal.is_slice(unit)]
        try:
            (unit,) = units
            header, payload = parse_slice(unit, self._own)
        except ValueError as error:
            raise SpliceError(f"x264 made what cannot be spliced: {error}") from error
        if header.is_key == bool(position):
            raise SpliceError("x264 made a key frame in a place of its own.")
        is_filtered = header.deblocking == DEBLOCK_ALL
        spliced = replace(
            header,
            first_macroblock=self._first_macroblock,
            frame_number=self._frame_number(position),
            quantiser=header.quantiser + self._own.quantiser - self._film.quantiser,
            deblocking=DEBLOCK_INSIDE if is_filtered else header.deblocking,
        )
        payload = payload[:-1] + bytes([payload[-1] | LAST_BIT])
        return [
            write_slice(replace(spliced, idr_id=idr_id), payload, self._film) for idr_id in idr_ids
        ]

    def encode_unchanged(self, position: int) -> bytes:
        """Return the slice for a band whose pixels are those of the frame before."""
        number = self._frame_number(position)
        if number not in self._skipped_slices:
            quantiser = SKIP_QUANTISER - self._film.quantiser
            header = SliceHeader(False, self._first_macroblock, number, quantiser=quantiser)
            self._skipped_slices[number] = write_slice(header, self._skipped_payload, self._film)
        return self._skipped_slices[number]

    def _frame_number(self, position: int) -> int:
        """Return ``frame_num``, which wraps around, of the frame at ``position`` in its group."""
        return position % (1 << self._film.frame_number_bits)


def _differ(one: Plane, other: Plane) -> bool:
    rows, other_rows = one[::COARSE_STEP], other[::COARSE_STEP]
    return bool((rows != other_rows).any() or (one != other).any())
