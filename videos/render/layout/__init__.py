"""The layouts: the box of each element in the picture, by look, format and with or without lyrics.

The tables in the modules of the looks hold pixels of a picture whose shorter side is 720. Their
numbers are multiples of 4, so that every corner is even at 720p and at 1080p: chroma has half
the resolution. Rows that never change separate the moving parts from each other: between two of
them lies a multiple of 32 with 16 still rows on either side of it. There the encoder can cut the
picture into bands of whole macroblocks, at both resolutions.
"""

from videos.render.layout.boxes import (
    Anchor,
    BarsBox,
    HeadingBox,
    Layout,
    LyricsBox,
    OscilloscopeBox,
    Rect,
    RingBox,
    TimeBox,
)
from videos.render.layout.drift import DRIFT
from videos.render.layout.glow import GLOW
from videos.render.layout.kinetic import KINETIC
from videos.render.layout.orbit import ORBIT
from videos.render.layout.stage import STAGE
from videos.render.layout.wave import WAVE
from videos.render.options import RESOLUTION, Look, VideoFormat

__all__ = [
    "LAYOUTS",
    "Anchor",
    "BarsBox",
    "HeadingBox",
    "Layout",
    "LyricsBox",
    "OscilloscopeBox",
    "Rect",
    "RingBox",
    "TimeBox",
    "get_layout",
]

LAYOUTS = {
    Look.GLOW: GLOW,
    Look.ORBIT: ORBIT,
    Look.WAVE: WAVE,
    Look.KINETIC: KINETIC,
    Look.STAGE: STAGE,
    Look.DRIFT: DRIFT,
}


def get_layout(
    video_format: VideoFormat,
    with_lyrics: bool,
    look: Look = Look.GLOW,
    resolution: int = RESOLUTION,
) -> Layout:
    """Return the layout of a picture whose shorter side is ``resolution`` pixels.

    Without lyrics the other elements take their space.
    """
    return LAYOUTS[look][video_format, with_lyrics].scale(resolution / 720)
