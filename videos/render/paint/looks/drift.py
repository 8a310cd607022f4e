"""Drift: the creator's own pictures or looping video fill the frame; the words on it are large."""

from collections.abc import Sequence

import numpy as np
from PIL import Image

from videos.render.layout import BarsBox
from videos.render.paint.backdrop import CalmPart, Overlay, Shade, Window, make_ground
from videos.render.paint.bars import Bars
from videos.render.paint.card import draw_card
from videos.render.paint.interfaces import LookContext, MovingPart, StagedLook
from videos.render.paint.looks.card_room import without_card
from videos.render.paint.looks.texts import (
    draw_still_texts,
    make_moving_texts,
    make_timeline,
    text_areas,
)
from videos.render.paint.lyrics_window import LEAD, SCROLL_TIME

# The share of a picture that is seen at least: enough for a wide video to fill a tall picture.
MIN_SEEN = 0.3
# Of a picture, on average: where the ground behind the words ends, a lighter one would glare.
MAX_BRIGHTNESS = 132.0


def stage_drift(context: LookContext) -> StagedLook:
    """Draw the stage of a film in this look, and make its moving parts."""
    context = without_card(context)
    layout = context.layout
    size = layout.width, layout.height
    shade = Shade(size, text_areas(context), context.palette.second)
    window = Window(size, MIN_SEEN, shade.apply, max_brightness=MAX_BRIGHTNESS)
    ground = make_ground(context, window)
    still = [layout.heading.area, layout.watermark, layout.time.total]
    still += [layout.cover] if context.scene.backdrop else []
    overlay = Overlay(
        size,
        ground,
        still,
        lambda stage: _draw_still(stage, context),
        lambda stage: _make_parts(stage, context),
    )
    return StagedLook(np.zeros((layout.height, layout.width, 3), np.float32), (overlay,), overlay)


def _draw_still(stage: Image.Image, context: LookContext) -> None:
    layout = context.layout
    if context.scene.backdrop:
        draw_card(stage, context.cover, layout.cover, layout.signature, "", context.palette)
    draw_still_texts(stage, context)


def _make_parts(stage: Image.Image, context: LookContext) -> Sequence[MovingPart]:
    layout, palette, pixels = context.layout, context.palette, np.asarray(stage, np.float32)
    assert isinstance(layout.visualiser, BarsBox)
    starts = sorted({max(0.0, line.start - LEAD) for line in context.scene.lyrics})
    parts = [*make_timeline(pixels, context), *make_moving_texts(stage, pixels, context)]
    calm: list[MovingPart] = [CalmPart(part, starts, SCROLL_TIME) for part in parts]
    if context.scene.hide_bars:
        return calm
    return [Bars(layout.visualiser, pixels, palette, are_calm=True), *calm]
