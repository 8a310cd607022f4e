"""Orbit: a round cover among stars, ringed by the timeline and by the spectrum."""

import numpy as np

from videos.render.layout import RingBox
from videos.render.paint.background import Light, draw_background
from videos.render.paint.card import draw_disc
from videos.render.paint.interfaces import LookContext, MovingPart, StagedLook
from videos.render.paint.looks.texts import darken_behind_texts, draw_still_texts, make_moving_texts
from videos.render.paint.ring import Ring
from videos.render.paint.section_turns import SectionTurns
from videos.render.paint.stars import draw_stars
from videos.render.paint.yuv import Pixels

# The light behind the ring: its strength, and its reach beyond the ring's radius, squared.
AURA_STRENGTH, AURA_REACH = 0.42, 0.7

MAX_BRIGHTNESS = 84.0  # (0 to 255) of the background: darker than usual, for the ring to stand out


def stage_orbit(context: LookContext) -> StagedLook:
    """Draw the stage of a film in this look, and make its moving parts."""
    layout, palette = context.layout, context.palette
    assert isinstance(layout.visualiser, RingBox)
    x, y = layout.visualiser.area.centre
    reach = (layout.visualiser.outer_radius / layout.height) ** 2
    lights = (
        Light(x / layout.width, y / layout.height, reach * AURA_REACH, AURA_STRENGTH),
        Light(0.1, 0.9, 0.16, 0.1),
    )
    ground = draw_background(
        context.cover, palette, layout.width, layout.height, MAX_BRIGHTNESS, lights
    )
    text_areas = [layout.heading.area, layout.time.elapsed, layout.time.total, layout.watermark]
    text_areas += [layout.lyrics.area] if layout.lyrics else []
    draw_stars(ground, context.scene.title, text_areas)
    stage = darken_behind_texts(ground, context)
    draw_disc(
        stage, context.cover, layout.cover, layout.signature, context.scene.signature, palette
    )
    draw_still_texts(stage, context)
    pixels = np.asarray(stage, np.float32)
    return StagedLook(
        pixels, (*_make_ring(pixels, context), *make_moving_texts(stage, pixels, context))
    )


def _make_ring(pixels: Pixels, context: LookContext) -> list[MovingPart]:
    """Return the ring with what the film has of it, if it has anything."""
    layout, scene = context.layout, context.scene
    assert isinstance(layout.visualiser, RingBox)
    if scene.hide_bars and scene.hide_timeline:
        return []
    ring = Ring(
        layout.visualiser,
        layout.time.line,
        pixels,
        context.palette,
        context.duration,
        turns=SectionTurns(scene.lyrics),
        has_bars=not scene.hide_bars,
        has_timeline=not scene.hide_timeline,
    )
    return [ring]
