"""Glow: the cover as a card that breathes with the bass, bars with their reflection below."""

import numpy as np

from videos.render.layout import BarsPlace
from videos.render.layout.glow import HALO
from videos.render.paint.background import background
from videos.render.paint.bars import Bars
from videos.render.paint.card import draw_card
from videos.render.paint.halo import Halo
from videos.render.paint.looks.words import moving_words, ready_for_words, write_still
from videos.render.paint.parts import Given, Part, Staged
from videos.render.paint.timeline import TimeLine


def glow(given: Given) -> Staged:
    """Draw the stage of a film in this look, and make its parts."""
    layout, palette = given.layout, given.palette
    assert isinstance(layout.heard, BarsPlace)
    ground = background(given.cover, palette, layout.width, layout.height)
    stage = ready_for_words(ground, given)
    draw_card(stage, given.cover, layout.cover, layout.signature, given.scene.author)
    write_still(stage, given)
    pixels = np.asarray(stage, np.float32)
    reach = round(HALO * given.scene.resolution / 720)
    parts: tuple[Part, ...] = (
        Halo(layout.cover, reach, pixels, palette),
        Bars(layout.heard, pixels, palette),
        TimeLine(layout.time.line, pixels, palette, given.duration),
        *moving_words(stage, pixels, given),
    )
    return Staged(pixels, parts)
