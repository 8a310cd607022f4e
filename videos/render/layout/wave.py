"""Layouts of the look Wave: the cover fills the picture, an oscilloscope's line crosses it."""

from videos.render.layout.boxes import (
    PICTURE_SIZES,
    Anchor,
    HeadingBox,
    Layout,
    LyricsBox,
    OscilloscopeBox,
    Rect,
    TimeBox,
    get_clock_width,
)
from videos.render.options import VideoFormat

WIDE, TALL, SQUARE = VideoFormat.WIDE, VideoFormat.TALL, VideoFormat.SQUARE

EMPTY = Rect(0, 0, 0, 0)


def _build_layout(
    video_format: VideoFormat,
    signature: Rect,
    heading: HeadingBox,
    oscilloscope: Rect,
    footer: Rect,
    clock_size: int,
    lyrics: LyricsBox | None = None,
) -> Layout:
    """Return a layout; in its ``footer`` the watermark stands between the clocks."""
    width, height = PICTURE_SIZES[video_format]
    cover = Rect(0, 0, width, height)
    clock_width = get_clock_width(clock_size)
    elapsed = Rect(footer.x, footer.y, clock_width, footer.height)
    total = Rect(footer.right - clock_width, footer.y, clock_width, footer.height)
    if heading.area.y >= oscilloscope.bottom:  # the heading takes the left of the footer
        elapsed = Rect(total.x - clock_width, *elapsed[1:])
    joined: Anchor | None = "r" if elapsed.right == total.x else None
    time = TimeBox(EMPTY, elapsed, total, clock_size, joined)
    inset = width // 3 // 4 * 4 - footer.x
    watermark = Rect(footer.x + inset, footer.y, footer.width - 2 * inset, footer.height)
    visualiser = OscilloscopeBox(oscilloscope)
    return Layout(width, height, cover, signature, heading, visualiser, time, watermark, lyrics)


WAVE = {
    (WIDE, True): _build_layout(
        WIDE,
        signature=Rect(640, 48, 576, 96),
        heading=HeadingBox(
            Rect(64, 608, 352, 92), title_size=32, author_size=21, anchor="l", mirrors_rtl=False
        ),
        oscilloscope=Rect(0, 496, 1280, 112),
        footer=Rect(64, 664, 1152, 28),
        clock_size=18,
        lyrics=LyricsBox(Rect(64, 236, 1088, 228), font_size=42, anchor="l", current_line_at=0.4),
    ),
    (WIDE, False): _build_layout(
        WIDE,
        signature=Rect(640, 48, 576, 96),
        heading=HeadingBox(Rect(64, 340, 820, 184), title_size=72, author_size=32, anchor="l"),
        oscilloscope=Rect(0, 528, 1280, 120),
        footer=Rect(64, 664, 1152, 28),
        clock_size=18,
    ),
    (TALL, True): _build_layout(
        TALL,
        signature=Rect(60, 176, 540, 84),
        heading=HeadingBox(Rect(60, 300, 532, 108), title_size=46, author_size=27, anchor="l"),
        oscilloscope=Rect(60, 816, 540, 88),
        footer=Rect(60, 912, 540, 28),
        clock_size=20,
        lyrics=LyricsBox(Rect(60, 432, 532, 352), font_size=46, anchor="l", current_line_at=0.34),
    ),
    (TALL, False): _build_layout(
        TALL,
        signature=Rect(60, 176, 540, 84),
        heading=HeadingBox(Rect(60, 612, 540, 176), title_size=64, author_size=32, anchor="l"),
        oscilloscope=Rect(60, 804, 540, 96),
        footer=Rect(60, 912, 540, 28),
        clock_size=20,
    ),
    (SQUARE, True): _build_layout(
        SQUARE,
        signature=Rect(104, 132, 576, 72),
        heading=HeadingBox(Rect(40, 32, 440, 92), title_size=34, author_size=20, anchor="l"),
        oscilloscope=Rect(0, 560, 720, 88),
        footer=Rect(40, 668, 640, 24),
        clock_size=16,
        lyrics=LyricsBox(Rect(40, 328, 640, 200), font_size=38, anchor="l", current_line_at=0.44),
    ),
    (SQUARE, False): _build_layout(
        SQUARE,
        signature=Rect(104, 36, 576, 72),
        heading=HeadingBox(Rect(40, 412, 640, 132), title_size=54, author_size=26, anchor="l"),
        oscilloscope=Rect(0, 560, 720, 88),
        footer=Rect(40, 668, 640, 24),
        clock_size=16,
    ),
}
