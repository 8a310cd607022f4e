"""Orbit: a round cover, the time on its way around it, the spectrum standing on that ring."""

from videos.render.layout.boxes import (
    SIZES,
    Anchor,
    HeadingPlace,
    Layout,
    LyricsPlace,
    Rect,
    RingPlace,
    TimePlace,
    clock_width,
)
from videos.render.scene import VideoFormat

WIDE, TALL, SQUARE = VideoFormat.WIDE, VideoFormat.TALL, VideoFormat.SQUARE

DISC, TIME, INNER = 0.53, 0.6, 0.655
"""The radii of the cover, the time line and the foot of the bars, as shares of the ring's."""

KNOB = 8
"""Room for the knob beyond the time line."""


def _layout(
    form: VideoFormat,
    middle: tuple[int, int],
    radius: int,
    heading: HeadingPlace,
    clocks: tuple[Anchor, int, int, int],
    watermark: Rect,
    lyrics: LyricsPlace | None = None,
) -> Layout:
    """Complete what follows from the rest; `clocks` start or meet somewhere, and have a size."""
    width, height = SIZES[form]
    cover = _around(middle, DISC * radius)
    corner = cover.height // 12 * 4
    signature = Rect(cover.x, cover.bottom - corner, cover.width, corner)
    anchor, across, down, size = clocks
    tall = 24 if size < 18 else 28
    elapsed = Rect(
        across if anchor == "l" else across - clock_width(size), down, clock_width(size), tall
    )
    total = Rect(elapsed.right, down, clock_width(size), tall)
    time = TimePlace(_around(middle, TIME * radius + KNOB), elapsed, total, size, anchor)
    ring = RingPlace(_around(middle, radius + 4), round(INNER * radius), radius)
    return Layout(width, height, cover, signature, heading, ring, time, watermark, lyrics)


def _around(middle: tuple[int, int], radius: float) -> Rect:
    """Return the square of about that half side around `middle`, with corners in fours."""
    half = round(radius / 4) * 4
    return Rect(middle[0] - half, middle[1] - half, 2 * half, 2 * half)


ORBIT = {
    (WIDE, True): _layout(
        WIDE,
        middle=(936, 336),
        radius=252,
        heading=HeadingPlace(Rect(64, 72, 552, 128), title=50, author=26, anchor="l"),
        clocks=("l", 64, 668, 18),
        watermark=Rect(320, 668, 640, 28),
        lyrics=LyricsPlace(Rect(64, 228, 552, 364), size=33, anchor="l"),
    ),
    (WIDE, False): _layout(
        WIDE,
        middle=(904, 344),
        radius=300,
        heading=HeadingPlace(Rect(64, 184, 500, 236), title=66, author=32, anchor="l"),
        clocks=("l", 64, 428, 21),
        watermark=Rect(320, 668, 640, 28),
    ),
    (TALL, True): _layout(
        TALL,
        middle=(360, 364),
        radius=284,
        heading=HeadingPlace(Rect(48, 664, 624, 116), title=46, author=26, anchor="m"),
        clocks=("m", 360, 784, 19),
        watermark=Rect(48, 1204, 624, 32),
        lyrics=LyricsPlace(Rect(40, 852, 640, 308), size=36, anchor="m"),
    ),
    (TALL, False): _layout(
        TALL,
        middle=(360, 468),
        radius=324,
        heading=HeadingPlace(Rect(48, 836, 624, 156), title=58, author=31, anchor="m"),
        clocks=("m", 360, 1004, 21),
        watermark=Rect(48, 1204, 624, 32),
    ),
    (SQUARE, True): _layout(
        SQUARE,
        middle=(360, 204),
        radius=172,
        heading=HeadingPlace(Rect(40, 384, 640, 92), title=36, author=20, anchor="m"),
        clocks=("l", 40, 668, 16),
        watermark=Rect(212, 668, 296, 24),
        lyrics=LyricsPlace(Rect(40, 496, 640, 160), size=29, anchor="m", sung=0.4),
    ),
    (SQUARE, False): _layout(
        SQUARE,
        middle=(360, 260),
        radius=228,
        heading=HeadingPlace(Rect(40, 500, 640, 116), title=46, author=24, anchor="m"),
        clocks=("m", 360, 620, 17),
        watermark=Rect(160, 668, 400, 24),
    ),
}
