"""Layouts of the look Drift: moving pictures fill the frame, and the words on them are large."""

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
    """Return a layout; add signature, and the clocks below the ends of the line."""
    width, height = PICTURE_SIZES[video_format]
    signature_height = cover.height // 16 * 4
    signature = Rect(cover.x, cover.bottom - signature_height, cover.width, signature_height)
    clock_height, clock_width = 24 if clock_size < 18 else 28, get_clock_width(clock_size)
    elapsed = Rect(line.x, line.bottom + 4, clock_width, clock_height)
    total = elapsed._replace(x=line.right - clock_width)
    time, backdrop = TimeBox(line, elapsed, total, clock_size), Rect(0, 0, width, height)
    return Layout(
        width, height, cover, signature, heading, bars, time, watermark, lyrics, backdrop=backdrop
    )


DRIFT = {
    (WIDE, True): _build_layout(
        WIDE,
        cover=Rect(64, 48, 80, 80),
        heading=HeadingBox(Rect(164, 48, 700, 80), title_size=32, author_size=20, anchor="l"),
        bars=BarsBox(Rect(976, 56, 240, 64), max_height=52, pitch=12),
        line=Rect(64, 648, 1152, 16),
        clock_size=18,
        watermark=Rect(320, 668, 640, 28),
        lyrics=LyricsBox(Rect(64, 376, 1152, 240), font_size=52, anchor="l", current_line_at=0.36),
    ),
    (WIDE, False): _build_layout(
        WIDE,
        cover=Rect(64, 488, 136, 136),
        heading=HeadingBox(Rect(224, 488, 640, 136), title_size=56, author_size=28, anchor="l"),
        bars=BarsBox(Rect(912, 520, 304, 104), max_height=84, pitch=16),
        line=Rect(64, 648, 1152, 16),
        clock_size=18,
        watermark=Rect(320, 668, 640, 28),
    ),
    (TALL, True): _build_layout(
        TALL,
        cover=Rect(60, 176, 88, 88),
        heading=HeadingBox(Rect(168, 176, 432, 88), title_size=36, author_size=22, anchor="l"),
        bars=BarsBox(Rect(60, 848, 540, 40), max_height=34, pitch=12),
        line=Rect(60, 892, 540, 16),
        clock_size=18,
        watermark=Rect(172, 912, 316, 28),
        lyrics=LyricsBox(Rect(60, 472, 532, 344), font_size=58, anchor="l", current_line_at=0.4),
    ),
    (TALL, False): _build_layout(
        TALL,
        cover=Rect(60, 668, 120, 120),
        heading=HeadingBox(Rect(200, 668, 400, 120), title_size=48, author_size=26, anchor="l"),
        bars=BarsBox(Rect(60, 808, 540, 72), max_height=58, pitch=20),
        line=Rect(60, 888, 540, 16),
        clock_size=20,
        watermark=Rect(172, 908, 316, 28),
    ),
    (SQUARE, True): _build_layout(
        SQUARE,
        cover=Rect(40, 40, 72, 72),
        heading=HeadingBox(Rect(128, 40, 336, 72), title_size=30, author_size=19, anchor="l"),
        bars=BarsBox(Rect(488, 48, 192, 56), max_height=46, pitch=12),
        line=Rect(40, 648, 640, 16),
        clock_size=16,
        watermark=Rect(160, 672, 400, 24),
        lyrics=LyricsBox(Rect(40, 416, 640, 200), font_size=42, anchor="l", current_line_at=0.38),
    ),
    (SQUARE, False): _build_layout(
        SQUARE,
        cover=Rect(40, 504, 112, 112),
        heading=HeadingBox(Rect(172, 504, 300, 112), title_size=38, author_size=22, anchor="l"),
        bars=BarsBox(Rect(488, 528, 192, 88), max_height=72, pitch=12),
        line=Rect(40, 648, 640, 16),
        clock_size=16,
        watermark=Rect(160, 672, 400, 24),
    ),
}
