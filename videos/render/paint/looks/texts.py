"""What every look says in words: heading, site, clocks and lyrics."""

from collections.abc import Iterator
from math import ceil
from unicodedata import east_asian_width

import numpy as np
from PIL import Image

from videos.render.layout import Anchor, LyricsPlace, Rect
from videos.render.paint.clock import Clock, draw_total
from videos.render.paint.colour import Pixels
from videos.render.paint.heading import SIDES, anchor_of, draw_heading, draw_watermark
from videos.render.paint.legibility import legible
from videos.render.paint.lyrics_window import LyricsWindow
from videos.render.paint.parts import Given, Part

WATERMARK = 0.68
"""The size of the site's letters, as a share of the height of their place."""

WIDER = 1.04
"""Titles are set heavier than they are measured."""

LONGEST = 6
"""Of how many lines the width is looked at: of those with the most letters."""

BEHIND_SIGNATURE = 160.0
"""The same behind handwriting, which has a shadow of its own."""

ABOVE = 2.2
"""How far the sung line and its section's name reach up from its middle, in sizes of letters."""

BEHIND_WORDS, BEHIND_LYRICS = 88.0, 70.0
"""How light (0 to 255) the ground may be behind words that stand alone, and behind lyrics, of
which some are faint.
"""


def ready_for_words(
    pixels: Pixels, given: Given, *, across: bool = False, signature: Rect | None = None
) -> Image.Image:
    """Darken a background until the words of a layout can be read on it, and return it as RGB.

    It is darkened around them or, where it is a sharp picture and blots would show, all `across`.
    """
    layout = given.layout
    areas = [(area, BEHIND_WORDS) for area in _written(given)]
    if layout.lyrics:
        areas.append((_sung(given, layout.lyrics), BEHIND_LYRICS))
    legible(pixels, areas, across)
    if signature:
        legible(pixels, [(signature, BEHIND_SIGNATURE)], across)
    return Image.fromarray(np.rint(pixels, out=pixels).astype(np.uint8))


def _sung(given: Given, place: LyricsPlace) -> Rect:
    """Return the part of the lyrics' window that needs to be dark: as wide as lines can be, and
    without what is above the sung one.
    """
    texts = sorted((line.text for line in given.scene.lyrics), key=_extent)[-LONGEST:]
    widest = max(given.typesetter.width(text, place.size) for text in texts)
    rtl = any(map(given.typesetter.is_rtl, texts))
    above = max(0, round(place.area.height * place.sung - place.size * ABOVE))
    area = Rect(place.area.x, place.area.y + above, place.area.width, place.area.height - above)
    return area if rtl else _cut(area, widest, place.anchor)


def _extent(text: str) -> int:
    """Return about how wide a text is, in letters."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def _written(given: Given) -> Iterator[Rect]:
    """Yield where words will stand: no more of a place than they take."""
    layout, scene, width = given.layout, given.scene, given.typesetter.width
    heading, site = layout.heading, layout.watermark
    widest = max(width(scene.title, heading.title), width(scene.author, heading.author))
    anchor = anchor_of(heading, scene.title or scene.author, given.typesetter)
    yield _cut(heading.area, widest * WIDER, anchor)
    yield _cut(site, width(scene.domain_name, round(site.height * WATERMARK)), "m")
    yield from (layout.time.elapsed, layout.time.total)


def _cut(area: Rect, width: float, anchor: Anchor) -> Rect:
    """Return the part of a place that is `width` wide."""
    kept = min(area.width, ceil(width))
    left = area.x + round((area.width - kept) * SIDES[anchor])
    return Rect(left, area.y, kept, area.height)


def write_still(stage: Image.Image, given: Given) -> None:
    """Write the words that never change."""
    layout, scene, typesetter = given.layout, given.scene, given.typesetter
    draw_heading(stage, layout.heading, scene.title, scene.author, given.palette, typesetter)
    draw_total(stage, layout.time, given.duration, typesetter)
    size = round(layout.watermark.height * WATERMARK)
    draw_watermark(stage, layout.watermark, scene.domain_name, size, typesetter)


def moving_words(stage: Image.Image, pixels: Pixels, given: Given) -> list[Part]:
    """Return the words that do, for a stage as a picture and as pixels."""
    place = given.layout.lyrics
    parts: list[Part] = [Clock(given.layout.time, stage, given.duration, given.typesetter)]
    if place:
        scene = given.scene
        parts.append(
            LyricsWindow(place, scene.lyrics, pixels, given.typesetter, scene.section_tags)
        )
    return parts
