"""The frame that is painted again and again; it records its dirty rectangles for the encoder."""

import av
import numpy as np
from av.video.plane import VideoPlane
from PIL import Image

from videos.render.layout import Rect
from videos.render.paint.yuv import FFMPEG_BT709, FFMPEG_LIMITED_RANGE, Plane, Yuv, to_image


class Surface:
    """A picture in YUV 4:2:0 into which parts paste their patches."""

    def __init__(self, planes: Yuv) -> None:
        self.planes = planes

    def paste(self, x: int, y: int, patch: Yuv) -> None:
        """Write ``patch`` with its upper left corner at an even ``x`` and ``y``."""
        for plane, part, scale in zip(self.planes, patch, (1, 2, 2), strict=True):
            height, width = part.shape
            plane[y // scale : y // scale + height, x // scale : x // scale + width] = part


class Canvas(Surface):
    """A video frame; its planes are arrays that write straight into it."""

    def __init__(self, width: int, height: int) -> None:
        self.frame = av.VideoFrame(width, height, "yuv420p")
        self.frame.colorspace = FFMPEG_BT709
        self.frame.color_range = FFMPEG_LIMITED_RANGE
        super().__init__(read_planes(self.frame))
        self._dirty_rects: list[Rect] = []

    def paste(self, x: int, y: int, patch: Yuv) -> None:
        """Write ``patch`` with its upper left corner at an even ``x`` and ``y``; record where."""
        self._dirty_rects.append(Rect(x, y, patch.y.shape[1], patch.y.shape[0]))
        super().paste(x, y, patch)

    def pop_dirty_rects(self) -> list[Rect]:
        """Return the rectangles that were written since the last call, and forget them."""
        dirty_rects, self._dirty_rects = self._dirty_rects, []
        return dirty_rects

    def to_image(self) -> Image.Image:
        """Return the frame as it is now, in RGB."""
        return to_image(self.planes)


def read_planes(frame: av.VideoFrame) -> Yuv:
    """Return the planes of a frame in YUV 4:2:0: arrays that share its memory."""
    return Yuv(*map(_to_array, frame.planes))


def _to_array(plane: VideoPlane) -> Plane:
    """Return a view of a plane as (height, width), without the padding at the end of its rows."""
    rows = np.frombuffer(memoryview(plane), np.uint8).reshape(-1, plane.line_size)
    return rows[: plane.height, : plane.width]
