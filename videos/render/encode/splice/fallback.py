"""Splices pictures as long as x264 makes what can be spliced, and encodes whole frames after that.

The splicer rewrites what x264 writes, and has to know it bit by bit: one slice for each frame, its
headers, one reference, no B-frames. A build that does otherwise costs time, never a film.
"""

import logging
from collections.abc import Callable, Iterator
from typing import Protocol

from videos.render.encode.pictures import EncodedPicture
from videos.render.encode.splice.groups import Group
from videos.render.encode.splice.parameters import SpliceError
from videos.render.encode.splice.remembered import Round
from videos.render.encode.splice.splicer import Splicer
from videos.render.encode.splice.whole_frames import WholeFrameEncoder
from videos.render.paint import Painter

logger = logging.getLogger(__name__)


class GroupEncoder(Protocol):
    """Paints and encodes groups of pictures."""

    def encode_group(self, group: Group) -> Iterator[EncodedPicture]:
        """Paint and encode the frames of a group."""


class FallbackEncoder:
    """Encodes groups of pictures of a film: a ``GroupEncoder``."""

    def __init__(
        self,
        painter: Painter,
        fps: int,
        header: bytes,
        open_splicer: Callable[[Painter, int, bytes, Round | None], GroupEncoder] = Splicer,
        backdrop: Round | None = None,
    ) -> None:
        """Open the encoders for a film whose parameter sets are ``header``; see ``Splicer``."""
        self._whole_frames = WholeFrameEncoder(painter, fps)
        self._splicer: GroupEncoder | None = None
        try:
            self._splicer = open_splicer(painter, fps, header, backdrop)
        except SpliceError as error:
            self._give_up(error)

    def encode_group(self, group: Group) -> Iterator[EncodedPicture]:
        """Paint and encode the frames of a group; after a surprise, the rest in whole frames."""
        done = 0
        if self._splicer:
            try:
                for picture in self._splicer.encode_group(group):
                    yield picture
                    done += 1
            except SpliceError as error:
                self._give_up(error)
            else:
                return
        yield from self._whole_frames.encode_group(group, done)

    def _give_up(self, error: SpliceError) -> None:
        self._splicer = None
        logger.warning("The pictures are encoded in whole frames, which takes longer: %s", error)
