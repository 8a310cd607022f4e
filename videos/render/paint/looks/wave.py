"""Wave: the cover fills the picture, and the sound crosses it as the line of an oscilloscope."""

import numpy as np

from videos.render.layout import OscilloscopeBox
from videos.render.paint.card import draw_signature, signature_box
from videos.render.paint.full_bleed import draw_full_bleed
from videos.render.paint.interfaces import LookContext, StagedLook
from videos.render.paint.looks.texts import darken_behind_texts, draw_still_texts, make_moving_texts
from videos.render.paint.oscilloscope import Oscilloscope
from videos.render.paint.section_turns import SectionTurns


def stage_wave(context: LookContext) -> StagedLook:
    """Draw the stage of a film in this look, and make its moving parts."""
    layout, author, scene = context.layout, context.scene.signature, context.scene
    assert isinstance(layout.visualiser, OscilloscopeBox)
    ground = draw_full_bleed(context.cover, context.palette, layout)
    signature = signature_box(layout.signature, author) if author else None
    stage = darken_behind_texts(ground, context, across=True, signature=signature)
    draw_signature(stage, layout.signature, author)
    draw_still_texts(stage, context)
    pixels = np.asarray(stage, np.float32)
    parts = make_moving_texts(stage, pixels, context)
    if not scene.hide_bars:
        turns = SectionTurns(scene.lyrics)
        area, duration = layout.visualiser.area, None if scene.hide_timeline else context.duration
        parts.insert(0, Oscilloscope(area, pixels, context.palette, duration, turns))
    return StagedLook(pixels, tuple(parts))
