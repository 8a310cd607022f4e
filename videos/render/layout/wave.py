"""Wave: the cover fills the picture, the sound runs across it as a line that tells the time."""

from videos.render.layout.boxes import (
    SIZES,
    Anchor,
    HeadingPlace,
    Layout,
    LyricsPlace,
    Rect,
    ScopePlace,
    TimePlace,
    clock_width,
)
from videos.render.scene import VideoFormat

WIDE, TALL, SQUARE = VideoFormat.WIDE, VideoFormat.TALL, VideoFormat.SQUARE

NOTHING = Rect(0, 0, 0, 0)


def _layout(
    form: VideoFormat,
    signature: Rect,
    heading: HeadingPlace,
    scope: Rect,
    foot: Rect,
    clock: int,
    lyrics: LyricsPlace | None = None,
) -> Layout:
    """Complete what follows from the rest; in the `foot` the watermark stands between clocks."""
    width, height = SIZES[form]
    cover = Rect(0, 0, width, height)
    elapsed = Rect(foot.x, foot.y, clock_width(clock), foot.height)
    total = Rect(foot.right - clock_width(clock), foot.y, clock_width(clock), foot.height)
    if heading.area.y >= scope.bottom:  # in the foot, where the clock would stand
        elapsed = Rect(total.x - clock_width(clock), *elapsed[1:])
    together: Anchor | None = "r" if elapsed.right == total.x else None
    time = TimePlace(NOTHING, elapsed, total, clock, together)
    gap = width // 3 // 4 * 4
    watermark = Rect(gap, foot.y, width - 2 * gap, foot.height)
    heard = ScopePlace(scope)
    return Layout(width, height, cover, signature, heading, heard, time, watermark, lyrics)


WAVE = {
    (WIDE, True): _layout(
        WIDE,
        signature=Rect(640, 48, 576, 96),
        heading=HeadingPlace(Rect(64, 608, 352, 92), title=32, author=21, anchor="l", turns=False),
        scope=Rect(0, 496, 1280, 112),
        foot=Rect(64, 664, 1152, 28),
        clock=18,
        lyrics=LyricsPlace(Rect(64, 236, 1088, 228), size=42, anchor="l", sung=0.4),
    ),
    (WIDE, False): _layout(
        WIDE,
        signature=Rect(640, 48, 576, 96),
        heading=HeadingPlace(Rect(64, 340, 820, 184), title=72, author=32, anchor="l"),
        scope=Rect(0, 528, 1280, 120),
        foot=Rect(64, 664, 1152, 28),
        clock=18,
    ),
    (TALL, True): _layout(
        TALL,
        signature=Rect(96, 64, 576, 96),
        heading=HeadingPlace(Rect(48, 588, 624, 116), title=46, author=26, anchor="l"),
        scope=Rect(0, 1072, 720, 112),
        foot=Rect(48, 1204, 624, 32),
        clock=19,
        lyrics=LyricsPlace(Rect(48, 716, 624, 324), size=40, anchor="l", sung=0.39),
    ),
    (TALL, False): _layout(
        TALL,
        signature=Rect(96, 64, 576, 96),
        heading=HeadingPlace(Rect(48, 868, 624, 180), title=66, author=32, anchor="l"),
        scope=Rect(0, 1072, 720, 112),
        foot=Rect(48, 1204, 624, 32),
        clock=19,
    ),
    (SQUARE, True): _layout(
        SQUARE,
        signature=Rect(104, 132, 576, 72),
        heading=HeadingPlace(Rect(40, 32, 440, 92), title=34, author=20, anchor="l"),
        scope=Rect(0, 560, 720, 88),
        foot=Rect(40, 668, 640, 24),
        clock=16,
        lyrics=LyricsPlace(Rect(40, 328, 640, 200), size=38, anchor="l", sung=0.44),
    ),
    (SQUARE, False): _layout(
        SQUARE,
        signature=Rect(104, 36, 576, 72),
        heading=HeadingPlace(Rect(40, 412, 640, 132), title=54, author=26, anchor="l"),
        scope=Rect(0, 560, 720, 88),
        foot=Rect(40, 668, 640, 24),
        clock=16,
    ),
}
