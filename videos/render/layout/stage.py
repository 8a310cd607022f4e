"""Layouts of the look Stage: moving pictures above, words and bars below.

Below the pictures 64 rows are still: their band has three macroblocks of those, since vectors of
whatever moves in a video reach 35 pixels far, and the next band has one.
"""

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

STILL_ROWS = 64  # below the pictures


def _build_layout(
    video_format: VideoFormat,
    pictures: int,
    cover: Rect,
    heading: HeadingBox,
    bars: BarsBox,
    line: Rect,
    clock_size: int,
    watermark: Rect,
    lyrics: LyricsBox | None = None,
) -> Layout:
    """Return a layout whose ``pictures`` are so many rows high; add signature and clocks.

    The clocks stand below the ends of the line or, where it ends early, joined at its right.
    """
    width, height = PICTURE_SIZES[video_format]
    signature_height = cover.height // 16 * 4
    signature = Rect(cover.x, cover.bottom - signature_height, cover.width, signature_height)
    clock_height, clock_width = 24 if clock_size < 18 else 28, get_clock_width(clock_size)
    right = 2 * clock_width + 16
    if line.right + right <= bars.area.right:
        y = line.centre[1] - clock_height // 2
        elapsed = Rect(line.right + 16, y, clock_width, clock_height)
        time = TimeBox(line, elapsed, elapsed._replace(x=elapsed.right), clock_size, "r")
    else:
        elapsed = Rect(line.x, line.bottom + 4, clock_width, clock_height)
        total = elapsed._replace(x=line.right - clock_width)
        time = TimeBox(line, elapsed, total, clock_size)
    backdrop = Rect(0, 0, width, pictures)
    return Layout(
        width, height, cover, signature, heading, bars, time, watermark, lyrics, backdrop=backdrop
    )


STAGE = {
    (WIDE, True): _build_layout(
        WIDE,
        pictures=400,
        cover=Rect(64, 632, 64, 64),
        heading=HeadingBox(Rect(144, 632, 352, 64), title_size=24, author_size=17, anchor="l"),
        bars=BarsBox(Rect(808, 632, 408, 64), max_height=52, pitch=12),
        line=Rect(64, 600, 976, 16),
        clock_size=16,
        watermark=Rect(512, 672, 256, 24),
        lyrics=LyricsBox(Rect(64, 464, 1152, 116), font_size=38, anchor="m", current_line_at=0.4),
    ),
    (WIDE, False): _build_layout(
        WIDE,
        pictures=464,
        cover=Rect(64, 528, 104, 104),
        heading=HeadingBox(Rect(192, 528, 528, 104), title_size=42, author_size=24, anchor="l"),
        bars=BarsBox(Rect(768, 528, 448, 104), max_height=84, pitch=16),
        line=Rect(64, 648, 1152, 16),
        clock_size=18,
        watermark=Rect(320, 668, 640, 28),
    ),
    (TALL, True): _build_layout(
        TALL,
        pictures=368,
        cover=Rect(60, 780, 68, 68),
        heading=HeadingBox(Rect(144, 776, 456, 76), title_size=34, author_size=21, anchor="l"),
        bars=BarsBox(Rect(60, 860, 540, 36), max_height=30, pitch=12),
        line=Rect(60, 896, 540, 16),
        clock_size=18,
        watermark=Rect(172, 916, 316, 28),
        lyrics=LyricsBox(Rect(60, 432, 532, 324), font_size=46, anchor="l", current_line_at=0.32),
    ),
    (TALL, False): _build_layout(
        TALL,
        pictures=608,
        cover=Rect(60, 656, 116, 116),
        heading=HeadingBox(Rect(196, 656, 404, 116), title_size=46, author_size=26, anchor="l"),
        bars=BarsBox(Rect(60, 796, 540, 84), max_height=68, pitch=20),
        line=Rect(60, 888, 540, 16),
        clock_size=20,
        watermark=Rect(172, 908, 316, 28),
    ),
    (SQUARE, True): _build_layout(
        SQUARE,
        pictures=336,
        cover=Rect(40, 580, 72, 72),
        heading=HeadingBox(Rect(128, 580, 304, 72), title_size=27, author_size=18, anchor="l"),
        bars=BarsBox(Rect(488, 584, 192, 64), max_height=52, pitch=12),
        line=Rect(40, 656, 640, 16),
        clock_size=16,
        watermark=Rect(160, 676, 400, 24),
        lyrics=LyricsBox(Rect(40, 400, 640, 144), font_size=36, anchor="m", current_line_at=0.4),
    ),
    (SQUARE, False): _build_layout(
        SQUARE,
        pictures=448,
        cover=Rect(40, 512, 104, 104),
        heading=HeadingBox(Rect(164, 512, 276, 104), title_size=34, author_size=20, anchor="l"),
        bars=BarsBox(Rect(464, 512, 216, 104), max_height=84, pitch=12),
        line=Rect(40, 640, 640, 16),
        clock_size=16,
        watermark=Rect(160, 660, 400, 24),
    ),
}
