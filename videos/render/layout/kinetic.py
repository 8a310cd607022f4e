"""Layouts of the look Kinetic: the words fill the picture, the rest is a strip beside them."""

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
) -> Layout:
    """Return a layout; add the signature's part of the cover and the clocks at the line's ends.

    The font size of ``lyrics`` is that of the largest letters. Without lyrics the title moves in
    the area of ``heading`` as they do, in at most its ``title_size``.
    """
    width, height = PICTURE_SIZES[video_format]
    signature_height = cover.height // 16 * 4
    signature = Rect(cover.x, cover.bottom - signature_height, cover.width, signature_height)
    clock_height, clock_width = 24 if clock_size < 18 else 28, get_clock_width(clock_size)
    elapsed = Rect(line.x, line.bottom + 4, clock_width, clock_height)
    total = Rect(line.right - clock_width, line.bottom + 4, clock_width, clock_height)
    time = TimeBox(line, elapsed, total, clock_size)
    return Layout(width, height, cover, signature, heading, bars, time, watermark, lyrics)


KINETIC = {
    (WIDE, True): _build_layout(
        WIDE,
        cover=Rect(64, 560, 80, 80),
        heading=HeadingBox(
            Rect(164, 556, 508, 88), title_size=32, author_size=21, anchor="l", mirrors_rtl=False
        ),
        bars=BarsBox(Rect(1112, 576, 104, 60), max_height=48, pitch=8),
        line=Rect(64, 652, 1152, 16),
        clock_size=18,
        watermark=Rect(320, 672, 640, 28),
        lyrics=LyricsBox(Rect(64, 44, 1152, 476), font_size=156, anchor="l", current_line_at=0.5),
    ),
    (WIDE, False): _build_layout(
        WIDE,
        cover=Rect(784, 60, 432, 432),
        heading=HeadingBox(Rect(64, 60, 672, 432), title_size=132, author_size=44, anchor="l"),
        bars=BarsBox(Rect(64, 544, 1152, 88), max_height=72, pitch=16),
        line=Rect(64, 648, 1152, 16),
        clock_size=18,
        watermark=Rect(320, 668, 640, 28),
    ),
    (TALL, True): _build_layout(
        TALL,
        cover=Rect(60, 176, 84, 84),
        heading=HeadingBox(
            Rect(164, 172, 436, 92), title_size=36, author_size=23, anchor="l", mirrors_rtl=False
        ),
        bars=BarsBox(Rect(496, 832, 104, 48), max_height=40, pitch=8),
        line=Rect(60, 888, 540, 16),
        clock_size=20,
        watermark=Rect(172, 908, 316, 28),
        lyrics=LyricsBox(Rect(60, 292, 532, 508), font_size=128, anchor="l", current_line_at=0.5),
    ),
    (TALL, False): _build_layout(
        TALL,
        cover=Rect(140, 176, 380, 380),
        heading=HeadingBox(Rect(60, 584, 540, 216), title_size=96, author_size=36, anchor="m"),
        bars=BarsBox(Rect(60, 836, 540, 48), max_height=40, pitch=20),
        line=Rect(60, 888, 540, 16),
        clock_size=20,
        watermark=Rect(172, 908, 316, 28),
    ),
    (SQUARE, True): _build_layout(
        SQUARE,
        cover=Rect(40, 36, 72, 72),
        heading=HeadingBox(
            Rect(128, 32, 552, 80), title_size=32, author_size=20, anchor="l", mirrors_rtl=False
        ),
        bars=BarsBox(Rect(576, 584, 104, 60), max_height=48, pitch=8),
        line=Rect(40, 652, 640, 16),
        clock_size=16,
        watermark=Rect(160, 672, 400, 24),
        lyrics=LyricsBox(Rect(40, 132, 640, 396), font_size=124, anchor="l", current_line_at=0.5),
    ),
    (SQUARE, False): _build_layout(
        SQUARE,
        cover=Rect(220, 40, 280, 280),
        heading=HeadingBox(Rect(40, 344, 640, 184), title_size=84, author_size=32, anchor="m"),
        bars=BarsBox(Rect(40, 568, 640, 76), max_height=62, pitch=16),
        line=Rect(40, 652, 640, 16),
        clock_size=16,
        watermark=Rect(160, 672, 400, 24),
    ),
}
