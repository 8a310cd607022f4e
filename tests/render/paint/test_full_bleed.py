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
    assert rows[layout.watermark.centre[1]] < middle * 0.5


@pytest.mark.parametrize("with_lyrics", [True, False])
def test_the_light_comes_back_below_the_texts_of_a_tall_picture(with_lyrics):
    layout = get_layout(VideoFormat.TALL, with_lyrics, Look.WAVE)
    rows = (draw(VideoFormat.TALL, with_lyrics) @ LUMA_WEIGHTS).mean(axis=1)
    assert rows[-1] > 2 * rows[layout.visualiser.area.centre[1]]


def test_a_white_cover_is_no_grey_smear():
    pixels = draw(VideoFormat.WIDE)
    chroma = pixels.max(axis=2) - pixels.min(axis=2)
    assert chroma.mean() > 0.35 * (pixels @ LUMA_WEIGHTS).mean()


def draw_stripes(contrast: int) -> np.ndarray:
    """Return the background of a cover of stripes, as fine as letters."""
    layout = get_layout(VideoFormat.WIDE, True, Look.WAVE)
    stripes = np.full((1280, 1280, 3), (220, 200, 170), np.uint8)
    stripes[:, np.arange(1280) // 30 % 2 == 0] -= np.uint8(contrast)
    return draw_full_bleed(Image.fromarray(stripes), PALETTE, layout)


def test_a_busy_cover_is_out_of_focus_behind_the_texts_alone():
    layout = get_layout(VideoFormat.WIDE, True, Look.WAVE)
    busy, calm = (draw_stripes(contrast) @ LUMA_WEIGHTS for contrast in (60, 20))
    for row, is_soft in ((20, False), (layout.lyrics.area.centre[1], True)):
        assert (busy[row].std() < 0.15 * busy[row].mean()) == is_soft
    assert calm[layout.lyrics.area.centre[1]].std() > 0.04 * calm[20].mean()


def test_it_is_darker_behind_a_heading_at_the_top():
    layout = get_layout(VideoFormat.SQUARE, True, Look.WAVE)
    rows = (draw(VideoFormat.SQUARE, True) @ LUMA_WEIGHTS).mean(axis=1)
    assert layout.heading.area.y < layout.height / 4
    assert rows[4] < rows[layout.height // 3] * 0.75
