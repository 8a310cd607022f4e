"""Glow: the cover as a card with a halo that pulses with the bass, and bars with a reflection."""

import numpy as np

from videos.render.layout import BarsBox
from videos.render.layout.glow import HALO
from videos.render.paint.background import draw_background
from videos.render.paint.bars import Bars
from videos.render.paint.card import draw_card
from videos.render.paint.halo import Halo
from videos.render.paint.interfaces import LookContext, MovingPart, StagedLook
from videos.render.paint.looks.texts import (
    darken_behind_texts,
    draw_still_texts,
    make_moving_texts,
    make_timeline,
)
from videos.render.paint.section_turns import SectionTurns


def stage_glow(context: LookContext) -> StagedLook:
    """Draw the stage of a film in this look, and make its moving parts."""
    layout, palette = context.layout, context.palette
    assert isinstance(layout.visualiser, BarsBox)
    ground = draw_background(context.cover, palette, layout.width, layout.height)
    stage = darken_behind_texts(ground, context)
    draw_card(
        stage, context.cover, layout.cover, layout.signature, context.scene.signature, palette
    )
    draw_still_texts(stage, context)
    pixels = np.asarray(stage, np.float32)
    halo_reach = round(HALO * context.scene.resolution / 720)
    turns = SectionTurns(context.scene.lyrics)
    parts: list[MovingPart] = [Halo(layout.cover, halo_reach, pixels, palette, turns)]
    if not context.scene.hide_bars:
        parts.append(Bars(layout.visualiser, pixels, palette, turns=turns))
    parts += make_timeline(pixels, context)
    parts += make_moving_texts(stage, pixels, context)
    return StagedLook(pixels, tuple(parts))
