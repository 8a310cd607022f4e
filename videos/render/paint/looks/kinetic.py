"""Kinetic: a line fills the picture, and its words rise into their places as they are sung."""

import numpy as np

from videos.render.layout import BarsBox, Layout, LyricsBox
from videos.render.paint.background import draw_background
from videos.render.paint.bars import Bars
from videos.render.paint.card import draw_card
from videos.render.paint.contrast import compute_luminance, lighten
from videos.render.paint.interfaces import LookContext, MovingPart, StagedLook
from videos.render.paint.kinetic_words import KineticWords
from videos.render.paint.looks.texts import (
    darken_behind_texts,
    draw_still_texts,
    make_clock,
    make_timeline,
    shown_lines,
)
from videos.render.paint.pages import make_pages

MAX_BRIGHTNESS = 64.0  # (0 to 255) of the background: darker than usual, for coloured words on it
BRIGHT_PERCENTILE = 98  # of the ground behind the words: a few brighter specks do not matter


def stage_kinetic(context: LookContext) -> StagedLook:
    """Draw the stage of a film in this look, and make its moving parts."""
    layout, palette, scene = context.layout, context.palette, context.scene
    assert isinstance(layout.visualiser, BarsBox)
    ground = draw_background(context.cover, palette, layout.width, layout.height, MAX_BRIGHTNESS)
    stage = darken_behind_texts(ground, context)
    signed = "" if layout.lyrics else scene.signature  # a small cover has no room for a signature
    draw_card(stage, context.cover, layout.cover, layout.signature, signed, palette)
    draw_still_texts(stage, context, with_heading=layout.lyrics is not None)
    pixels = np.asarray(stage, np.float32)
    box = layout.lyrics or _title_box(layout)
    area = box.area
    behind = pixels[area.y : area.bottom : 4, area.x : area.right : 4]
    brightest = float(np.percentile(compute_luminance(behind), BRIGHT_PERCENTILE))
    pages = make_pages(shown_lines(scene), *scene.heading, context.duration, scene.section_tags)
    accent = lighten(palette.first, brightest)
    parts: list[MovingPart] = []
    if not scene.hide_bars:
        parts.append(Bars(layout.visualiser, pixels, palette, are_calm=True))
    parts += [*make_timeline(pixels, context), *make_clock(stage, context)]
    parts.append(KineticWords(box, pages, pixels, accent, context.typesetter))
    return StagedLook(pixels, tuple(parts))


def _title_box(layout: Layout) -> LyricsBox:
    """Return the box in which the title moves as lyrics do."""
    heading = layout.heading
    return LyricsBox(heading.area, heading.title_size, heading.anchor, 0.5)
