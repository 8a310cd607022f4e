import numpy as np
from PIL import Image

from tests.render.paint.factories import make_frame_input
from videos.render.layout import Rect
from videos.render.paint.backdrop.interfaces import Window
from videos.render.paint.backdrop.part import BackdropPart, MeltingEdge
from videos.render.paint.backdrop.slides import Slides
from videos.render.paint.canvas import Canvas
from videos.render.paint.yuv import to_yuv

AREA = Rect(0, 0, 160, 96)


def test_the_foot_of_a_picture_melts_into_the_stage() -> None:
    stage = np.full((160, 160, 3), 40, np.float32)
    edge = MeltingEdge(AREA, stage)
    picture = edge.finish(to_yuv(np.full((96, 160, 3), 220, np.float32)))
    still = to_yuv(stage)
    assert np.array_equal(picture.y[-1], still.y[AREA.bottom - 1])
    assert picture.y[40, 0] == to_yuv(np.full((2, 2, 3), 220, np.float32)).y[0, 0]
    assert (np.diff(picture.y[:, 0].astype(int)) <= 0).all()


def test_it_is_drawn_when_it_has_moved() -> None:
    pixels = np.random.default_rng(1).integers(0, 255, (96, 240, 3), np.uint8)
    window = Window(AREA[2:], 0.4, lambda picture: picture)
    part = BackdropPart(AREA, Slides([Image.fromarray(pixels)], window, (), 20))
    canvas = Canvas(160, 160)
    drawn = []
    for frame in range(4):
        part.draw(canvas, make_frame_input(time=frame / 30))
        drawn.append(bool(canvas.pop_dirty_rects()))
    assert drawn == [True, False, True, False]
