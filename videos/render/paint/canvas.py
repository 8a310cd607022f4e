"""The one frame that is painted over and over: only what moves is touched."""

import av
import numpy as np
from av.video.plane import VideoPlane
from PIL import Image

from videos.render.layout import Rect
from videos.render.paint.colour import AS_BT709, AS_LIMITED, Plane, Yuv, to_picture


class Sheet:
    """A picture in YUV 4:2:0 to paste patches on."""

    def __init__(self, planes: Yuv) -> None:
        self.planes = planes

    def paste(self, x: int, y: int, patch: Yuv) -> None:
        """Write `patch` with its upper left corner at an even `x` and `y`."""
        for plane, part, scale in zip(self.planes, patch, (1, 2, 2), strict=True):
            height, width = part.shape
            plane[y // scale : y // scale + height, x // scale : x // scale + width] = part


class Canvas(Sheet):
    """A video frame, and its planes as arrays that write straight into it."""

    def __init__(self, width: int, height: int) -> None:
        self.frame = av.VideoFrame(width, height, "yuv420p")
        self.frame.colorspace = AS_BT709
        self.frame.color_range = AS_LIMITED
        super().__init__(Yuv(*map(_array, self.frame.planes)))
        self._touched: list[Rect] = []

    def paste(self, x: int, y: int, patch: Yuv) -> None:
        """Write `patch` with its upper left corner at an even `x` and `y`, and note where."""
        self._touched.append(Rect(x, y, patch.y.shape[1], patch.y.shape[0]))
        super().paste(x, y, patch)

    def take_touched(self) -> list[Rect]:
        """Return the parts that were written to since this was last asked."""
        touched, self._touched = self._touched, []
        return touched

    def picture(self) -> Image.Image:
        """Return the frame as it is now, in RGB."""
        return to_picture(self.planes)


def _array(plane: VideoPlane) -> Plane:
    """Return a plane as (height, width), without the padding at the end of its rows."""
    rows = np.frombuffer(memoryview(plane), np.uint8).reshape(-1, plane.line_size)
    return rows[: plane.height, : plane.width]
