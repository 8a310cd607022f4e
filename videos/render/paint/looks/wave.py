"""Wave: the cover fills the picture, and the sound crosses it as one bright line."""

import numpy as np

from videos.render.layout import ScopePlace
from videos.render.paint.card import sign, signed
from videos.render.paint.full_bleed import full_bleed
from videos.render.paint.looks.words import moving_words, ready_for_words, write_still
from videos.render.paint.parts import Given, Staged
from videos.render.paint.scope import Scope


def wave(given: Given) -> Staged:
    """Draw the stage of a film in this look, and make its parts."""
    layout = given.layout
    assert isinstance(layout.heard, ScopePlace)
    ground = full_bleed(given.cover, given.palette, layout)
    author = given.scene.author
    signature = signed(layout.signature, author) if author else None
    stage = ready_for_words(ground, given, across=True, signature=signature)
    sign(stage, layout.signature, author)
    write_still(stage, given)
    pixels = np.asarray(stage, np.float32)
    scope = Scope(layout.heard.area, pixels, given.palette, given.duration)
    return Staged(pixels, (scope, *moving_words(stage, pixels, given)))
