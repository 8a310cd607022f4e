"""Encodes painted frames as pictures that have one slice for each band."""

from collections.abc import Iterator, Sequence
from functools import cached_property

from videos.render.encode.pictures import (
    DEFAULT_SETTINGS,
    DRIFT_SETTINGS,
    FADE_SETTINGS,
    IN_PLACE_SETTINGS,
    EncodedPicture,
    EncoderSettings,
)
from videos.render.encode.splice import nal
from videos.render.encode.splice.band_encoder import BandEncoder
from videos.render.encode.splice.bands import Band, cut_bands
from videos.render.encode.splice.groups import Group
from videos.render.encode.splice.parameters import parse_parameter_sets
from videos.render.encode.splice.remembered import Round
from videos.render.layout import Rect
from videos.render.paint import Painter


class Splicer:
    """Encodes groups of pictures of a film. The result does not depend on what was encoded before.

    Its ``bands`` are in order from top to bottom. In a fade the picture is encoded as one band.
    """

    def __init__(
        self, painter: Painter, fps: int, header: bytes, backdrop: Round | None = None
    ) -> None:
        """Open the encoders for a film whose parameter sets are ``header``.

        The slices of one round of its ``backdrop`` are there already if they can be used again.
        Raises SpliceError if slices cannot be spliced under them.
        """
        self._painter = painter
        self._round = backdrop
        self._fps = fps
        self._parameters = parse_parameter_sets(header)
        self._width, self._height = painter.canvas.frame.width, painter.canvas.frame.height
        self.bands = cut_bands(painter.moving_areas, self._height)
        self._band_encoders = [
            self._open_encoder(band, choose_settings(painter, band)) for band in self.bands
        ]

    def encode_group(self, group: Group) -> Iterator[EncodedPicture]:
        """Paint and encode the frames of a group.

        Raises SpliceError if x264 makes of one what cannot be spliced.
        """
        encoders = [self._fade_encoder] if group.is_fade else self._band_encoders
        remembered = self._round if self._round and self._round.has_group(group) else None
        unseen = self._painter.backdrop if remembered else None
        for position, index in enumerate(group.frames):
            self._painter.paint(index, unseen)
            dirty_rects = self._painter.canvas.pop_dirty_rects()
            if position == 0:
                dirty_rects = [Rect(0, 0, self._width, self._height)]
            slices = self._encode_slices(encoders, position, group, dirty_rects, remembered)
            yield EncodedPicture(index, position == 0, nal.join_units(slices))

    @cached_property
    def _fade_encoder(self) -> BandEncoder:
        return self._open_encoder(Band(0, self._height, moves=True), FADE_SETTINGS)

    def _open_encoder(self, band: Band, settings: EncoderSettings) -> BandEncoder:
        return BandEncoder(band, self._width, self._fps, self._parameters, settings)

    def _encode_slices(
        self,
        encoders: Sequence[BandEncoder],
        position: int,
        group: Group,
        rects: Sequence[Rect],
        remembered: Round | None,
    ) -> Iterator[bytes]:
        """Yield the slices of the picture at ``position`` in a group.

        ``rects`` are the areas that were painted since the picture before; the backdrop is not
        where its slices are ``remembered``.
        """
        planes = self._painter.canvas.planes
        for encoder in encoders:
            if remembered and encoder.band == remembered.band:
                yield remembered.get_slice(group.frames[position], group.number % 2)
                continue
            changes = [
                encoder.copy_pixels(planes, rect) for rect in rects if encoder.band.overlaps(rect)
            ]
            if any(changes) or position == 0:
                yield encoder.encode_changed(position, group.number % 2)
            else:
                yield encoder.encode_unchanged(position)


def choose_settings(painter: Painter, band: Band) -> EncoderSettings:
    """Return how a band of a film is encoded. Of a backdrop that repeats, it is encoded once."""
    backdrop = painter.backdrop
    if backdrop and band.overlaps(backdrop.area):
        return DRIFT_SETTINGS if backdrop.period is None else DEFAULT_SETTINGS
    in_place = painter.areas_changing_in_place
    return IN_PLACE_SETTINGS if any(map(band.overlaps, in_place)) else DEFAULT_SETTINGS
