"""Moves a window slowly across a picture, a whole pixel at a time: so it costs next to nothing."""

from videos.render.paint.yuv import OPAQUE, Plane, Yuv, mix

RATE = 15  # steps a second: each is so small that more of them would not be seen
STEP_HEIGHT = 720  # pixels of the shorter side of a picture in which a step is one pixel


def step_size(width: int, height: int) -> int:
    """Return the pixels of one step in a picture of that size."""
    return max(1, min(width, height) // STEP_HEIGHT)


def swing(steps: int, reach: int) -> int:
    """Return where a window is after so many pixels of a way that goes ``reach`` pixels there and
    back, again and again.
    """
    place = steps % (2 * reach) if reach else 0
    return min(place, 2 * reach - place)


def take_window(planes: Yuv, x: int, y: int, width: int, height: int) -> Yuv:
    """Return the window of that even size whose upper left corner is at ``x``, ``y``, in pixels.

    At least one of the two is even.
    """
    return Yuv(
        planes.y[y : y + height, x : x + width],
        *(_take_chroma(plane, x, y, width // 2, height // 2) for plane in planes[1:]),
    )


def _take_chroma(plane: Plane, x: int, y: int, width: int, height: int) -> Plane:
    """Return the chroma of a window, half a pixel of it further if ``x`` or ``y`` is odd."""
    row, column = y // 2, x // 2
    near = plane[row : row + height, column : column + width]
    if x % 2:
        return mix(near, plane[row : row + height, column + 1 : column + 1 + width], OPAQUE // 2)
    if y % 2:
        return mix(near, plane[row + 1 : row + 1 + height, column : column + width], OPAQUE // 2)
    return near
