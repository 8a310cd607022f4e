"""Stage: the creator's own pictures or looping video above, words and bars below."""

import numpy as np

from videos.render.layout import BarsBox
from videos.render.paint.backdrop import BackdropPart, MeltingEdge, Window, make_ground
from videos.render.paint.background import draw_background
from videos.render.paint.bars import Bars
from videos.render.paint.card import draw_card
from videos.render.paint.interfaces import LookContext, MovingPart, StagedLook
from videos.render.paint.looks.card_room import without_card
from videos.render.paint.looks.texts import (
    darken_behind_texts,
    draw_still_texts,
    make_moving_texts,
    make_timeline,
)

# The share of a picture that is seen at least where it fills the window: else it is seen whole. A
# cover may be square, and drifts through a wide window.
MIN_SEEN, MIN_SEEN_OF_COVER = 0.45, 0.3


def stage_stage(context: LookContext) -> StagedLook:
    """Draw the stage of a film in this look, and make its moving parts."""
    context = without_card(context)
    layout, palette = context.layout, context.palette
    assert isinstance(layout.visualiser, BarsBox)
    assert layout.backdrop
    ground = draw_background(context.cover, palette, layout.width, layout.height)
    stage = darken_behind_texts(ground, context)
    if context.scene.backdrop:
        draw_card(stage, context.cover, layout.cover, layout.signature, "", palette)
    draw_still_texts(stage, context)
    pixels = np.asarray(stage, np.float32)
    edge = MeltingEdge(layout.backdrop, pixels)
    min_seen = MIN_SEEN if context.scene.backdrop else MIN_SEEN_OF_COVER
    window = Window(layout.backdrop[2:], min_seen, edge.finish, drifts_across=True)
    backdrop = BackdropPart(layout.backdrop, make_ground(context, window))
    parts: list[MovingPart] = [backdrop]
    if not context.scene.hide_bars:
        parts.append(Bars(layout.visualiser, pixels, palette))
    parts += make_timeline(pixels, context)
    parts += make_moving_texts(stage, pixels, context)
    return StagedLook(pixels, tuple(parts), backdrop)
