"""Layouts of the look Orbit: a round cover, ringed by the timeline and by the spectrum."""

from videos.render.layout.boxes import (
    PICTURE_SIZES,
    Anchor,
    HeadingBox,
    Layout,
    LyricsBox,
    Rect,
    RingBox,
    TimeBox,
    get_clock_width,
)
from videos.render.options import VideoFormat

WIDE, TALL, SQUARE = VideoFormat.WIDE, VideoFormat.TALL, VideoFormat.SQUARE

# The radii of the cover, of the timeline and of the foot of the bars, as shares of the ring's.
COVER_RADIUS, TIMELINE_RADIUS, INNER_RADIUS = 0.53, 0.6, 0.655

KNOB_MARGIN = 8  # pixels for the knob outside of the timeline


def _build_layout(
    video_format: VideoFormat,
    centre: tuple[int, int],
    radius: int,
    heading: HeadingBox,
    clocks: tuple[Anchor, int, int, int],
    watermark: Rect,
    lyrics: LyricsBox | None = None,
) -> Layout:
    """Return a layout from the ring's centre and radius, and the anchor, column, row and font size
    of the joined ``clocks``.
    """
    width, height = PICTURE_SIZES[video_format]
    cover = _square_around(centre, COVER_RADIUS * radius)
    signature_height = cover.height // 12 * 4
    signature = Rect(cover.x, cover.bottom - signature_height, cover.width, signature_height)
    anchor, column, row, clock_size = clocks
    clock_height, clock_width = 24 if clock_size < 18 else 28, get_clock_width(clock_size)
    left = column if anchor == "l" else column - clock_width
    elapsed = Rect(left, row, clock_width, clock_height)
    total = Rect(elapsed.right, row, clock_width, clock_height)
    line = _square_around(centre, TIMELINE_RADIUS * radius + KNOB_MARGIN)
    time = TimeBox(line, elapsed, total, clock_size, anchor)
    ring = RingBox(_square_around(centre, radius + 4), round(INNER_RADIUS * radius), radius)
    return Layout(width, height, cover, signature, heading, ring, time, watermark, lyrics)


def _square_around(centre: tuple[int, int], radius: float) -> Rect:
    """Return the square around ``centre``; half its side is ``radius``, rounded to 4 pixels."""
    half = round(radius / 4) * 4
    return Rect(centre[0] - half, centre[1] - half, 2 * half, 2 * half)


ORBIT = {
    (WIDE, True): _build_layout(
        WIDE,
        centre=(936, 336),
        radius=252,
        heading=HeadingBox(Rect(64, 72, 552, 128), title_size=50, author_size=26, anchor="l"),
        clocks=("l", 64, 668, 18),
        watermark=Rect(320, 668, 640, 28),
        lyrics=LyricsBox(Rect(64, 228, 552, 364), font_size=33, anchor="l"),
    ),
    (WIDE, False): _build_layout(
        WIDE,
        centre=(904, 344),
        radius=300,
        heading=HeadingBox(Rect(64, 184, 500, 236), title_size=66, author_size=32, anchor="l"),
        clocks=("l", 64, 428, 21),
        watermark=Rect(320, 668, 640, 28),
    ),
    (TALL, True): _build_layout(
        TALL,
        centre=(204, 316),
        radius=142,
        heading=HeadingBox(Rect(368, 196, 232, 168), title_size=52, author_size=26, anchor="l"),
        clocks=("l", 368, 380, 20),
        watermark=Rect(60, 888, 540, 28),
        lyrics=LyricsBox(Rect(60, 496, 532, 336), font_size=46, anchor="l", current_line_at=0.35),
    ),
    (TALL, False): _build_layout(
        TALL,
        centre=(360, 424),
        radius=236,
        heading=HeadingBox(Rect(120, 692, 480, 136), title_size=56, author_size=30, anchor="m"),
        clocks=("m", 360, 840, 21),
        watermark=Rect(120, 904, 480, 28),
    ),
    (SQUARE, True): _build_layout(
        SQUARE,
        centre=(360, 204),
        radius=172,
        heading=HeadingBox(Rect(40, 384, 640, 92), title_size=36, author_size=20, anchor="m"),
        clocks=("l", 40, 668, 16),
        watermark=Rect(212, 668, 296, 24),
        lyrics=LyricsBox(Rect(40, 496, 640, 160), font_size=29, anchor="m", current_line_at=0.4),
    ),
    (SQUARE, False): _build_layout(
        SQUARE,
        centre=(360, 260),
        radius=228,
        heading=HeadingBox(Rect(40, 500, 640, 116), title_size=46, author_size=24, anchor="m"),
        clocks=("m", 360, 620, 17),
        watermark=Rect(160, 668, 400, 24),
    ),
}
