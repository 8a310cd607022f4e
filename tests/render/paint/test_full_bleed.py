"""The background of Wave."""

import numpy as np
import pytest
from PIL import Image

from videos.render.layout import get_layout
from videos.render.options import Look, VideoFormat
from videos.render.paint.full_bleed import draw_full_bleed
from videos.render.paint.palette import Palette
from videos.render.paint.yuv import LUMA_WEIGHTS

PALETTE = Palette((250, 150, 90), (90, 150, 250))


def draw(video_format: VideoFormat, with_lyrics: bool = False) -> np.ndarray:
    layout = get_layout(video_format, with_lyrics, Look.WAVE)
    side = max(layout.width, layout.height)
    return draw_full_bleed(Image.new("RGB", (side, side), "white"), PALETTE, layout)


@pytest.mark.parametrize("video_format", list(VideoFormat))
def test_it_fills_the_picture_and_is_dark_where_the_line_is(video_format):
    layout = get_layout(video_format, False, Look.WAVE)
    luma = draw(video_format) @ LUMA_WEIGHTS
    assert luma.shape == (layout.height, layout.width)
    rows = luma.mean(axis=1)
    middle = rows[layout.height // 3]
    assert rows[layout.visualiser.area.centre[1]] < middle * 0.5
    assert rows[-1] < middle * 0.5


def test_it_is_darker_behind_a_heading_at_the_top():
    layout = get_layout(VideoFormat.SQUARE, True, Look.WAVE)
    rows = (draw(VideoFormat.SQUARE, True) @ LUMA_WEIGHTS).mean(axis=1)
    assert layout.heading.area.y < layout.height / 4
    assert rows[4] < rows[layout.height // 3] * 0.75
