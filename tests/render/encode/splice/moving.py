"""A painter whose pictures move more than any look, to test the bands, and decoding."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeAlias

import numpy as np
from av.codec.context import CodecContext
from av.packet import Packet
from numpy.typing import NDArray

from videos.render.encode.pictures import EncodedPicture
from videos.render.layout import Rect
from videos.render.paint.canvas import Canvas
from videos.render.paint.yuv import Yuv

# From the index of a frame and the pixels of a plane's part to its new pixels, None for no change.
Motion: TypeAlias = Callable[[int, NDArray[np.uint8]], NDArray[np.uint8] | None]


class FakePainter:
    """Paints noise, in which each part of ``motions`` moves."""

    backdrop, period = None, None

    def __init__(
        self, width: int, height: int, motions: dict[Rect, Motion], in_place: bool = False
    ) -> None:
        self.canvas = Canvas(width, height)
        self.moving_areas = tuple(motions)
        self.areas_changing_in_place = self.moving_areas if in_place else ()
        self._motions = motions
        random = np.random.default_rng(5)
        for plane in self.canvas.planes:
            tall, wide = plane.shape
            smooth = np.add.outer(np.arange(tall), np.arange(wide)) // 9 % 160 + 30
            plane[:] = smooth + random.integers(0, 3, plane.shape)

    def paint(self, index: int, without: object = None) -> None:
        for part, motion in self._motions.items():
            patch = [motion(index, pixels) for pixels in copy_parts(self.canvas.planes, part)]
            if patch[0] is not None:
                self.canvas.paste(part.x, part.y, Yuv(*patch))


def copy_parts(planes: Sequence[NDArray[np.uint8]], part: Rect) -> Iterator[NDArray[np.uint8]]:
    for plane, scale in zip(planes, (1, 2, 2), strict=True):
        rows = slice(part.y // scale, part.bottom // scale)
        yield plane[rows, part.x // scale : part.right // scale].copy()


def decode_packets(header: bytes, packets: Iterable[bytes]) -> Iterator[list[NDArray[np.uint8]]]:
    """Decode one packet after the other, and yield the planes of each frame. An error is raised."""
    decoder = CodecContext.create("h264", "r")
    decoder.extradata, decoder.options = header, {"err_detect": "explode"}
    decoder.thread_count = 1
    frames = [frame for packet in packets for frame in decoder.decode(Packet(packet))]
    for frame in frames + decoder.decode(None):
        yield [
            np.frombuffer(plane, np.uint8).reshape(-1, plane.line_size)[:, : plane.width].copy()
            for plane in frame.planes
        ]


def get_bitstreams(pictures: Iterable[EncodedPicture]) -> list[bytes]:
    return [picture.data for picture in pictures]
