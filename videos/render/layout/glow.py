"""Layouts of the look Glow: a card with the cover, bars over the timeline."""

from videos.render.layout.boxes import (
    PICTURE_SIZES,
    BarsBox,
    HeadingBox,
    Layout,
    LyricsBox,
    Rect,
    TimeBox,
    get_clock_width,
)
from videos.render.options import VideoFormat

HALO = 24  # pixels that the halo reaches around the cover

WIDE, TALL, SQUARE = VideoFormat.WIDE, VideoFormat.TALL, VideoFormat.SQUARE


def _build_layout(
    video_format: VideoFormat,
    cover: Rect,
    heading: HeadingBox,
    bars: BarsBox,
    line: Rect,
    clock_size: int,
    watermark: Rect,
    lyrics: LyricsBox | None = None,
    card_room: Rect | None = None,
) -> Layout:
    """Return a layout; add the signature's part of the cover and the clocks at the line's ends.

    ``card_room``, around the centre of ``cover``, is the cover's own box where there is no more.
    """
    width, height = PICTURE_SIZES[video_format]
    signature_height = cover.height // 16 * 4
    signature = Rect(cover.x, cover.bottom - signature_height, cover.width, signature_height)
    clock_height, clock_width = 24 if clock_size < 18 else 28, get_clock_width(clock_size)
    elapsed = Rect(line.x, line.bottom + 4, clock_width, clock_height)
    total = Rect(line.right - clock_width, line.bottom + 4, clock_width, clock_height)
    time = TimeBox(line, elapsed, total, clock_size)
    room = card_room or cover
    return Layout(width, height, cover, signature, heading, bars, time, watermark, lyrics, room)


GLOW = {
    (WIDE, True): _build_layout(
        WIDE,
        cover=Rect(64, 56, 384, 384),
        heading=HeadingBox(Rect(512, 52, 704, 116), title_size=46, author_size=25, anchor="l"),
        bars=BarsBox(Rect(64, 496, 1152, 136), max_height=112, pitch=16),
        line=Rect(64, 648, 1152, 16),
        clock_size=18,
        watermark=Rect(320, 668, 640, 28),
        lyrics=LyricsBox(Rect(512, 180, 704, 284), font_size=32, anchor="l"),
    ),
    (WIDE, False): _build_layout(
        WIDE,
        cover=Rect(64, 72, 496, 496),
        heading=HeadingBox(Rect(632, 112, 584, 200), title_size=60, author_size=30, anchor="l"),
        bars=BarsBox(Rect(632, 336, 576, 248), max_height=200, pitch=16),
        line=Rect(64, 632, 1152, 16),
        clock_size=18,
        watermark=Rect(320, 652, 640, 28),
    ),
    (TALL, True): _build_layout(
        TALL,
        cover=Rect(60, 188, 156, 156),
        heading=HeadingBox(Rect(244, 184, 356, 164), title_size=56, author_size=28, anchor="l"),
        bars=BarsBox(Rect(60, 816, 540, 68), max_height=56, pitch=20),
        line=Rect(60, 888, 540, 16),
        clock_size=20,
        watermark=Rect(172, 908, 316, 28),
        lyrics=LyricsBox(Rect(60, 400, 532, 384), font_size=52, anchor="l", current_line_at=0.32),
    ),
    (TALL, False): _build_layout(
        TALL,
        cover=Rect(120, 128, 480, 480),
        heading=HeadingBox(Rect(120, 640, 480, 128), title_size=54, author_size=30, anchor="m"),
        bars=BarsBox(Rect(120, 784, 480, 96), max_height=76, pitch=16),
        line=Rect(120, 884, 480, 16),
        clock_size=20,
        watermark=Rect(220, 904, 280, 28),
    ),
    (SQUARE, True): _build_layout(
        SQUARE,
        cover=Rect(40, 40, 208, 208),
        heading=HeadingBox(Rect(288, 40, 392, 208), title_size=42, author_size=23, anchor="l"),
        bars=BarsBox(Rect(40, 560, 640, 84), max_height=68, pitch=16),
        line=Rect(40, 652, 640, 16),
        clock_size=16,
        watermark=Rect(160, 672, 400, 24),
        lyrics=LyricsBox(Rect(40, 304, 640, 224), font_size=30, anchor="m", current_line_at=0.34),
    ),
    (SQUARE, False): _build_layout(
        SQUARE,
        cover=Rect(180, 44, 360, 360),
        heading=HeadingBox(Rect(40, 432, 640, 104), title_size=40, author_size=23, anchor="m"),
        bars=BarsBox(Rect(40, 560, 640, 84), max_height=68, pitch=16),
        line=Rect(40, 652, 640, 16),
        clock_size=16,
        watermark=Rect(160, 672, 400, 24),
        card_room=Rect(40, 44, 640, 360),
    ),
}
