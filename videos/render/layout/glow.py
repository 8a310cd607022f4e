"""Glow: a card with the cover, the lyrics beside or below it, bars over the time line."""

from videos.render.layout.boxes import (
    SIZES,
    BarsPlace,
    HeadingPlace,
    Layout,
    LyricsPlace,
    Rect,
    TimePlace,
    clock_width,
)
from videos.render.scene import VideoFormat

HALO = 24
"""How far the halo reaches around the cover."""

WIDE, TALL, SQUARE = VideoFormat.WIDE, VideoFormat.TALL, VideoFormat.SQUARE


def _layout(
    form: VideoFormat,
    cover: Rect,
    heading: HeadingPlace,
    bars: BarsPlace,
    line: Rect,
    clock: int,
    watermark: Rect,
    lyrics: LyricsPlace | None = None,
) -> Layout:
    """Complete what follows from the rest: the signature's part of the cover, and the clocks."""
    width, height = SIZES[form]
    corner = cover.height // 16 * 4
    signature = Rect(cover.x, cover.bottom - corner, cover.width, corner)
    tall = 24 if clock < 18 else 28
    elapsed = Rect(line.x, line.bottom + 4, clock_width(clock), tall)
    total = Rect(line.right - clock_width(clock), line.bottom + 4, clock_width(clock), tall)
    time = TimePlace(line, elapsed, total, clock)
    return Layout(width, height, cover, signature, heading, bars, time, watermark, lyrics)


GLOW = {
    (WIDE, True): _layout(
        WIDE,
        cover=Rect(64, 56, 384, 384),
        heading=HeadingPlace(Rect(512, 52, 704, 116), title=46, author=25, anchor="l"),
        bars=BarsPlace(Rect(64, 496, 1152, 136), rise=112, pitch=16),
        line=Rect(64, 648, 1152, 16),
        clock=18,
        watermark=Rect(320, 668, 640, 28),
        lyrics=LyricsPlace(Rect(512, 180, 704, 284), size=32, anchor="l"),
    ),
    (WIDE, False): _layout(
        WIDE,
        cover=Rect(64, 72, 496, 496),
        heading=HeadingPlace(Rect(632, 112, 584, 200), title=60, author=30, anchor="l"),
        bars=BarsPlace(Rect(632, 336, 576, 248), rise=200, pitch=16),
        line=Rect(64, 632, 1152, 16),
        clock=18,
        watermark=Rect(320, 652, 640, 28),
    ),
    (TALL, True): _layout(
        TALL,
        cover=Rect(152, 104, 416, 416),
        heading=HeadingPlace(Rect(48, 556, 624, 116), title=46, author=26, anchor="m"),
        bars=BarsPlace(Rect(48, 1008, 624, 112), rise=88, pitch=16),
        line=Rect(48, 1132, 624, 16),
        clock=19,
        watermark=Rect(48, 1204, 624, 32),
        lyrics=LyricsPlace(Rect(40, 704, 640, 264), size=36, anchor="m"),
    ),
    (TALL, False): _layout(
        TALL,
        cover=Rect(60, 120, 600, 600),
        heading=HeadingPlace(Rect(48, 768, 624, 140), title=54, author=30, anchor="m"),
        bars=BarsPlace(Rect(48, 944, 624, 168), rise=136, pitch=16),
        line=Rect(48, 1132, 624, 16),
        clock=19,
        watermark=Rect(48, 1204, 624, 32),
    ),
    (SQUARE, True): _layout(
        SQUARE,
        cover=Rect(40, 40, 208, 208),
        heading=HeadingPlace(Rect(288, 40, 392, 208), title=42, author=23, anchor="l"),
        bars=BarsPlace(Rect(40, 560, 640, 84), rise=68, pitch=16),
        line=Rect(40, 652, 640, 16),
        clock=16,
        watermark=Rect(160, 672, 400, 24),
        lyrics=LyricsPlace(Rect(40, 304, 640, 224), size=30, anchor="m", sung=0.34),
    ),
    (SQUARE, False): _layout(
        SQUARE,
        cover=Rect(180, 44, 360, 360),
        heading=HeadingPlace(Rect(40, 432, 640, 104), title=40, author=23, anchor="m"),
        bars=BarsPlace(Rect(40, 560, 640, 84), rise=68, pitch=16),
        line=Rect(40, 652, 640, 16),
        clock=16,
        watermark=Rect(160, 672, 400, 24),
    ),
}
