"""Where things stand in the picture: for each look and format, with lyrics and without.

The tables hold pixels of a picture whose shorter side is 720, in fours, so that every corner is
even in 720 and in 1080 lines: chroma has half the resolution. What moves by itself is kept apart
by rows that never change: between two such parts lies a multiple of 32 with 16 still rows on
either side of it, where the picture can be cut on rows of macroblocks in both resolutions.
"""

from videos.render.layout.boxes import (
    Anchor,
    BarsPlace,
    HeadingPlace,
    Layout,
    LyricsPlace,
    Rect,
    RingPlace,
    ScopePlace,
    TimePlace,
)
from videos.render.layout.glow import GLOW
from videos.render.layout.orbit import ORBIT
from videos.render.layout.wave import WAVE
from videos.render.scene import RESOLUTION, Look, VideoFormat

__all__ = [
    "LAYOUTS",
    "Anchor",
    "BarsPlace",
    "HeadingPlace",
    "Layout",
    "LyricsPlace",
    "Rect",
    "RingPlace",
    "ScopePlace",
    "TimePlace",
    "layout_for",
]

LAYOUTS = {Look.GLOW: GLOW, Look.ORBIT: ORBIT, Look.WAVE: WAVE}


def layout_for(
    form: VideoFormat,
    with_lyrics: bool,
    look: Look = Look.GLOW,
    resolution: int = RESOLUTION,
) -> Layout:
    """Return the layout; without lyrics, what else there is takes their place."""
    return LAYOUTS[look][form, with_lyrics].scaled(resolution / 720)
