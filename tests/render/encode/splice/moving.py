"""Pictures that move as no look does, to try what bands endure, and their decoding."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeAlias

import numpy as np
from av.codec.context import CodecContext
from av.packet import Packet
from numpy.typing import NDArray

from videos.render.encode.pictures import Picture
from videos.render.layout import Rect
from videos.render.paint.canvas import Canvas
from videos.render.paint.colour import Yuv

Motion: TypeAlias = Callable[[int, NDArray[np.uint8]], NDArray[np.uint8] | None]
"""From the index of a frame and a plane's part as it is to that part as it is then, or nothing."""


class Stage:
    """A painter of noise in which given parts move."""

    def __init__(
        self, width: int, height: int, parts: dict[Rect, Motion], in_place: bool = False
    ) -> None:
        self.canvas = Canvas(width, height)
        self.moving = tuple(parts)
        self.changing_in_place = self.moving if in_place else ()
        self._parts = parts
        random = np.random.default_rng(5)
        for plane in self.canvas.planes:
            tall, wide = plane.shape
            smooth = np.add.outer(np.arange(tall), np.arange(wide)) // 9 % 160 + 30
            plane[:] = smooth + random.integers(0, 3, plane.shape)

    def paint(self, index: int) -> None:
        for part, motion in self._parts.items():
            patch = [motion(index, before) for before in parts_of(self.canvas.planes, part)]
            if patch[0] is not None:
                self.canvas.paste(part.x, part.y, Yuv(*patch))


def parts_of(planes: Sequence[NDArray[np.uint8]], part: Rect) -> Iterator[NDArray[np.uint8]]:
    for plane, scale in zip(planes, (1, 2, 2), strict=True):
        rows = slice(part.y // scale, part.bottom // scale)
        yield plane[rows, part.x // scale : part.right // scale].copy()


def decoded(header: bytes, packets: Iterable[bytes]) -> Iterator[list[NDArray[np.uint8]]]:
    """Decode one packet after the other, forgiving nothing, and yield the planes of each frame."""
    decoder = CodecContext.create("h264", "r")
    decoder.extradata, decoder.options = header, {"err_detect": "explode"}
    decoder.thread_count = 1
    frames = [frame for packet in packets for frame in decoder.decode(Packet(packet))]
    for frame in frames + decoder.decode(None):
        yield [
            np.frombuffer(plane, np.uint8).reshape(-1, plane.line_size)[:, : plane.width].copy()
            for plane in frame.planes
        ]


def datas(pictures: Iterable[Picture]) -> list[bytes]:
    return [picture.data for picture in pictures]
