"""What every look has: heading, watermark, times and lyrics, on a background that is dark."""

from collections.abc import Iterator
from dataclasses import replace
from math import ceil
from unicodedata import east_asian_width

import numpy as np
from PIL import Image

from videos.render.layout import Anchor, LyricsBox, Rect
from videos.render.lyrics import Line
from videos.render.lyrics.section_labels import label_sections
from videos.render.paint.clock import Clock, draw_total_time
from videos.render.paint.heading import (
    ANCHOR_SHARES,
    draw_heading,
    draw_watermark,
    heading_anchor,
)
from videos.render.paint.interfaces import LookContext, MovingPart
from videos.render.paint.logo_file import load_logo
from videos.render.paint.lyrics_window import LyricsWindow
from videos.render.paint.text_contrast import darken_areas
from videos.render.paint.timeline import Timeline
from videos.render.paint.yuv import Pixels
from videos.render.scene import Scene
from videos.render.text.capitals import is_turkic, to_capitals

WATERMARK_SIZE = 0.68  # the font size of the watermark, as a share of its box's height
LOGO_WIDTH = 0.5  # of a logo at most, as a share of the width of the watermark's box
HEAVY_WIDTH = 1.04  # titles are set heavier than they are measured
MEASURED_LINES = 6  # the lines with the most letters: of these the width is measured

# How far the current line and its section's label reach above its middle, in font sizes.
CURRENT_LINE_TOP = 2.2

# How bright (0 to 255) the background may be behind still texts, behind lyrics, of which some are
# faint, and behind the signature, which has a shadow of its own.
MAX_BEHIND_TEXTS, MAX_BEHIND_LYRICS, MAX_BEHIND_SIGNATURE = 88.0, 70.0, 160.0


def darken_behind_texts(
    pixels: Pixels, context: LookContext, *, across: bool = False, signature: Rect | None = None
) -> Image.Image:
    """Darken a background until the texts of a layout can be read on it, and return it as RGB.

    It is darkened around them or, where it is a sharp picture and blots would show, all ``across``.
    """
    darken_areas(pixels, text_areas(context), across)
    if signature:
        darken_areas(pixels, [(signature, MAX_BEHIND_SIGNATURE)], across)
    return Image.fromarray(np.rint(pixels, out=pixels).astype(np.uint8))


def text_areas(context: LookContext) -> list[tuple[Rect, float]]:
    """Return where texts stand, each with how bright (0 to 255) the background may be there."""
    areas = [(area, MAX_BEHIND_TEXTS) for area in _still_text_areas(context)]
    if context.layout.lyrics:
        areas.append((_lyrics_area(context, context.layout.lyrics), MAX_BEHIND_LYRICS))
    return areas


def _lyrics_area(context: LookContext, box: LyricsBox) -> Rect:
    """Return the part of the lyrics window that must be dark: as wide as the widest line, from the
    top of the current line down.
    """
    texts = sorted((line.text for line in context.scene.lyrics), key=_count_columns)
    widest = texts[-MEASURED_LINES:]
    width = max(context.typesetter.width(text, box.font_size) for text in widest)
    is_rtl = any(map(context.typesetter.is_rtl, widest))
    middle = box.area.height * box.current_line_at
    above = max(0, round(middle - box.font_size * CURRENT_LINE_TOP))
    area = box.area._replace(y=box.area.y + above, height=box.area.height - above)
    return area if is_rtl else _narrow(area, width, box.anchor)


def _count_columns(text: str) -> int:
    """Return about how wide a text is, in Latin letters."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def _still_text_areas(context: LookContext) -> Iterator[Rect]:
    """Yield the area of each still text and clock, no wider than its text."""
    layout, scene, width = context.layout, context.scene, context.typesetter.width
    heading, watermark = layout.heading, layout.watermark
    title, author = scene.heading
    widest = max(width(title, heading.title_size), width(author, heading.author_size))
    anchor = heading_anchor(heading, title or author, context.typesetter)
    yield _narrow(heading.area, widest * HEAVY_WIDTH, anchor)
    watermark_size = round(watermark.height * WATERMARK_SIZE)
    yield _narrow(watermark, width(scene.site, watermark_size), "m")
    if not scene.hide_clock:
        yield from (layout.time.elapsed, layout.time.total)


def _narrow(area: Rect, max_width: float, anchor: Anchor) -> Rect:
    """Return the part of an area that is at most ``max_width`` wide, at its ``anchor``."""
    width = min(area.width, ceil(max_width))
    left = area.x + round((area.width - width) * ANCHOR_SHARES[anchor])
    return Rect(left, area.y, width, area.height)


def draw_still_texts(
    stage: Image.Image, context: LookContext, *, with_heading: bool = True
) -> None:
    """Draw the texts that never change: heading, total time and watermark."""
    layout, scene, typesetter = context.layout, context.scene, context.typesetter
    if with_heading:
        draw_heading(stage, layout.heading, *scene.heading, context.palette, typesetter)
    if not scene.hide_clock:
        draw_total_time(stage, layout.time, context.duration, typesetter)
    size = round(layout.watermark.height * WATERMARK_SIZE)
    draw_watermark(stage, layout.watermark, scene.site, size, typesetter, _load_logo(context))


def _load_logo(context: LookContext) -> Image.Image | None:
    """Return the logo at the height of the watermark, if the film has one."""
    area, logo = context.layout.watermark, context.scene.logo
    return load_logo(logo, area.height, round(area.width * LOGO_WIDTH)) if logo else None


def make_clock(stage: Image.Image, context: LookContext) -> list[MovingPart]:
    """Return the clock on an RGB ``stage`` without it, if the film has one."""
    if context.scene.hide_clock:
        return []
    return [Clock(context.layout.time, stage, context.duration, context.typesetter)]


def make_timeline(pixels: Pixels, context: LookContext) -> list[MovingPart]:
    """Return the straight timeline on RGB ``pixels`` without it, if the film has one."""
    if context.scene.hide_timeline:
        return []
    return [Timeline(context.layout.time.line, pixels, context.palette, context.duration)]


def make_moving_texts(stage: Image.Image, pixels: Pixels, context: LookContext) -> list[MovingPart]:
    """Return the texts that change: clock and lyrics; ``pixels`` are those of the ``stage``."""
    layout, scene, typesetter = context.layout, context.scene, context.typesetter
    parts = make_clock(stage, context)
    if layout.lyrics:
        lines = shown_lines(scene)
        parts.append(LyricsWindow(layout.lyrics, lines, pixels, typesetter, scene.section_tags))
    return parts


def shown_lines(scene: Scene) -> list[Line]:
    """Return the lyrics with the names of their sections in the film's language, in capitals."""
    lines = label_sections(scene.lyrics, scene.section_language)
    dotted_i = is_turkic(line.text for line in lines)
    return [replace(line, section=to_capitals(line.section, dotted_i=dotted_i)) for line in lines]
