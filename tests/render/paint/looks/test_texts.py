"""The texts of every look, on a background that is dark."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.render.samples import lines
from videos.render.audio.features import make_placeholder_analysis
from videos.render.layout import get_layout
from videos.render.options import Look, VideoFormat
from videos.render.paint.clock import Clock
from videos.render.paint.interfaces import LookContext
from videos.render.paint.looks.texts import (
    MAX_BEHIND_LYRICS,
    MAX_BEHIND_TEXTS,
    darken_behind_texts,
    draw_still_texts,
    make_moving_texts,
)
from videos.render.paint.lyrics_window import LyricsWindow
from videos.render.paint.palette import Palette
from videos.render.paint.yuv import LUMA_WEIGHTS
from videos.render.scene import Scene
from videos.render.text import Typesetter


@pytest.fixture(scope="module")
def context() -> LookContext:
    scene = Scene(
        audio=Path("none"),
        cover=None,
        lyrics=lines(3),
        title="Afterglow",
        author="Mira",
        domain_name="example.com",
        look=Look.GLOW,
    )
    layout = get_layout(VideoFormat.WIDE, True, Look.GLOW)
    palette = Palette((250, 150, 90), (90, 150, 250))
    cover, analysis = Image.new("RGB", (8, 8)), make_placeholder_analysis(60, 30)
    return LookContext(scene, layout, cover, palette, 60.0, Typesetter(), cover, analysis)


def white(context: LookContext) -> np.ndarray:
    return np.full((context.layout.height, context.layout.width, 3), 255, np.float32)


def luma_in(stage: Image.Image, area) -> np.ndarray:
    pixels = np.asarray(stage, np.float32) @ LUMA_WEIGHTS
    return pixels[area.y : area.bottom, area.x : area.right]


def test_a_white_background_becomes_dark_behind_texts_and_lyrics(context):
    stage = darken_behind_texts(white(context), context)
    assert luma_in(stage, context.layout.time.elapsed).max() <= MAX_BEHIND_TEXTS * 1.1
    lyrics = context.layout.lyrics.area
    current = lyrics._replace(y=lyrics.y + 60, height=60, width=100)
    assert luma_in(stage, current).max() <= MAX_BEHIND_LYRICS * 1.1
    assert np.asarray(stage).max() == 255


def test_still_texts_are_written_in_their_places(context):
    stage = Image.new("RGB", (context.layout.width, context.layout.height))
    draw_still_texts(stage, context)
    for area in (context.layout.heading.area, context.layout.watermark, context.layout.time.total):
        assert luma_in(stage, area).max() > 150
    assert luma_in(stage, context.layout.lyrics.area).max() == 0


def test_clock_and_lyrics_move(context):
    stage = Image.new("RGB", (context.layout.width, context.layout.height))
    parts = make_moving_texts(stage, np.asarray(stage, np.float32), context)
    assert [type(part) for part in parts] == [Clock, LyricsWindow]
