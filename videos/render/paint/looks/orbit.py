"""Orbit: a round cover among stars, ringed by the time and by the spectrum."""

import numpy as np

from videos.render.layout import RingPlace
from videos.render.paint.background import Light, background
from videos.render.paint.card import draw_disc
from videos.render.paint.looks.words import moving_words, ready_for_words, write_still
from videos.render.paint.parts import Given, Staged
from videos.render.paint.ring import Ring
from videos.render.paint.stars import draw_stars

AURA, AURA_REACH = 0.42, 0.7
"""The strength of the light behind the ring, and how far it reaches beyond it, squared."""

BRIGHTEST = 84.0
"""How light the background is: darker than usual, for the ring to stand out."""


def orbit(given: Given) -> Staged:
    """Draw the stage of a film in this look, and make its parts."""
    layout, palette = given.layout, given.palette
    assert isinstance(layout.heard, RingPlace)
    x, y = layout.heard.area.middle
    reach = (layout.heard.outer / layout.height) ** 2
    lights = (
        Light(x / layout.width, y / layout.height, reach * AURA_REACH, AURA),
        Light(0.1, 0.9, 0.16, 0.1),
    )
    ground = background(given.cover, palette, layout.width, layout.height, BRIGHTEST, lights)
    words = [layout.heading.area, layout.time.elapsed, layout.time.total, layout.watermark]
    words += [layout.lyrics.area] if layout.lyrics else []
    draw_stars(ground, given.scene.title, words)
    stage = ready_for_words(ground, given)
    draw_disc(stage, given.cover, layout.cover, layout.signature, given.scene.author)
    write_still(stage, given)
    pixels = np.asarray(stage, np.float32)
    ring = Ring(layout.heard, layout.time.line, pixels, palette, given.duration)
    return Staged(pixels, (ring, *moving_words(stage, pixels, given)))
