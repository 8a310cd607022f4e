"""The frame that is painted again and again."""

import numpy as np

from videos.render.layout import Rect
from videos.render.paint.canvas import Canvas, Surface
from videos.render.paint.yuv import Yuv


def patch(width: int, height: int, value: int) -> Yuv:
    shapes = ((height, width), (height // 2, width // 2), (height // 2, width // 2))
    return Yuv(*(np.full(shape, value, np.uint8) for shape in shapes))


def test_a_patch_is_written_into_all_planes_of_the_frame():
    canvas = Canvas(32, 16)
    canvas.paste(0, 0, patch(32, 16, 16))
    canvas.paste(8, 4, patch(4, 6, 200))
    for plane, name in zip(canvas.planes, ("y", "u", "v"), strict=True):
        scale = 1 if name == "y" else 2
        inside = plane[4 // scale : 10 // scale, 8 // scale : 12 // scale]
        assert (inside == 200).all()
        assert (plane == 200).sum() == inside.size
    luma = np.frombuffer(canvas.frame.planes[0], np.uint8).reshape(
        -1, canvas.frame.planes[0].line_size
    )
    assert (luma[:16, :32] == canvas.planes.y).all()


def test_it_tells_once_what_was_written():
    canvas = Canvas(32, 16)
    canvas.paste(8, 4, patch(4, 6, 200))
    canvas.paste(0, 0, patch(2, 2, 1))
    assert canvas.pop_dirty_rects() == [Rect(8, 4, 4, 6), Rect(0, 0, 2, 2)]
    assert canvas.pop_dirty_rects() == []


def test_a_surface_is_any_other_picture():
    surface = Surface(patch(8, 8, 0))
    surface.paste(2, 2, patch(2, 2, 9))
    assert surface.planes.y.sum() == 4 * 9
    assert surface.planes.u.sum() == 9


def test_it_can_be_seen_as_it_is_now():
    canvas = Canvas(32, 16)
    canvas.paste(0, 0, Yuv(*(plane + 0 for plane in patch(32, 16, 128))))
    assert canvas.to_image().size == (32, 16)
