"""Where things stand in the picture: for each format with lyrics and without, in pixels.

Every corner is even, since chroma has half the resolution.
"""

from dataclasses import dataclass
from typing import Literal, NamedTuple

from videos.render.scene import VideoFormat

Anchor = Literal["l", "m", "r"]


class Rect(NamedTuple):
    """A part of the picture."""

    x: int
    y: int
    width: int
    height: int

    @property
    def right(self) -> int:
        """Return the first column beside it."""
        return self.x + self.width

    @property
    def bottom(self) -> int:
        """Return the first row below it."""
        return self.y + self.height

    @property
    def middle(self) -> tuple[int, int]:
        """Return the column and the row of its centre."""
        return self.x + self.width // 2, self.y + self.height // 2


@dataclass(frozen=True)
class HeadingPlace:
    """Title above author, centred in height within `area`; sizes of the letters."""

    area: Rect
    title: int
    author: int
    anchor: Anchor


@dataclass(frozen=True)
class BarsPlace:
    """`count` bars, `pitch` apart, on a ground line `rise` below the top of `area`.

    What is left of the area below the ground line is for their reflection.
    """

    area: Rect
    rise: int
    pitch: int

    @property
    def count(self) -> int:
        """Return how many bars there are."""
        return self.area.width // self.pitch


@dataclass(frozen=True)
class TimePlace:
    """The time line as wide as `line`, inside which the knob moves; the two clocks below it."""

    line: Rect
    elapsed: Rect
    total: Rect
    size: int


@dataclass(frozen=True)
class LyricsPlace:
    """The window behind which the lyrics scroll; the sung line stands `sung` of it from its top."""

    area: Rect
    size: int
    anchor: Anchor
    sung: float = 0.36


@dataclass(frozen=True)
class Layout:
    """All the places of a picture; `signature` lies inside `cover`, no others overlap."""

    width: int
    height: int
    cover: Rect
    signature: Rect
    heading: HeadingPlace
    bars: BarsPlace
    time: TimePlace
    watermark: Rect
    lyrics: LyricsPlace | None = None


def layout_for(form: VideoFormat, with_lyrics: bool) -> Layout:
    """Return the layout for a format; without lyrics, the cover and the bars take their place."""
    return LAYOUTS[form, with_lyrics]


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
    width, height = form.size
    corner = cover.height // 8 * 2
    signature = Rect(cover.x, cover.bottom - corner, cover.width, corner)
    tall = clock * 3 // 4 * 2
    elapsed = Rect(line.x, line.bottom + 4, clock * 4, tall)
    total = Rect(line.right - clock * 4, line.bottom + 4, clock * 4, tall)
    time = TimePlace(line, elapsed, total, clock)
    return Layout(width, height, cover, signature, heading, bars, time, watermark, lyrics)


WIDE, TALL, SQUARE = VideoFormat.WIDE, VideoFormat.TALL, VideoFormat.SQUARE

LAYOUTS = {
    (WIDE, True): _layout(
        WIDE,
        cover=Rect(64, 64, 400, 400),
        heading=HeadingPlace(Rect(528, 64, 688, 116), title=46, author=25, anchor="l"),
        bars=BarsPlace(Rect(64, 496, 1152, 138), rise=112, pitch=16),
        line=Rect(64, 648, 1152, 16),
        clock=18,
        watermark=Rect(320, 668, 640, 26),
        lyrics=LyricsPlace(Rect(528, 188, 688, 284), size=31, anchor="l"),
    ),
    (WIDE, False): _layout(
        WIDE,
        cover=Rect(64, 72, 512, 512),
        heading=HeadingPlace(Rect(640, 128, 576, 180), title=56, author=29, anchor="l"),
        bars=BarsPlace(Rect(640, 336, 576, 248), rise=200, pitch=16),
        line=Rect(64, 632, 1152, 16),
        clock=18,
        watermark=Rect(320, 652, 640, 26),
    ),
    (TALL, True): _layout(
        TALL,
        cover=Rect(112, 80, 496, 496),
        heading=HeadingPlace(Rect(48, 586, 624, 130), title=46, author=27, anchor="m"),
        bars=BarsPlace(Rect(48, 720, 624, 116), rise=92, pitch=16),
        line=Rect(48, 850, 624, 16),
        clock=19,
        watermark=Rect(48, 1216, 624, 32),
        lyrics=LyricsPlace(Rect(40, 912, 640, 288), size=34, anchor="m"),
    ),
    (TALL, False): _layout(
        TALL,
        cover=Rect(48, 112, 624, 624),
        heading=HeadingPlace(Rect(48, 768, 624, 140), title=52, author=30, anchor="m"),
        bars=BarsPlace(Rect(48, 924, 624, 176), rise=144, pitch=16),
        line=Rect(48, 1116, 624, 16),
        clock=19,
        watermark=Rect(48, 1202, 624, 32),
    ),
    (SQUARE, True): _layout(
        SQUARE,
        cover=Rect(64, 64, 336, 336),
        heading=HeadingPlace(Rect(448, 64, 568, 336), title=62, author=34, anchor="l"),
        bars=BarsPlace(Rect(60, 780, 960, 176), rise=142, pitch=24),
        line=Rect(64, 970, 952, 20),
        clock=25,
        watermark=Rect(240, 994, 600, 36),
        lyrics=LyricsPlace(Rect(64, 432, 952, 328), size=43, anchor="m", sung=0.34),
    ),
    (SQUARE, False): _layout(
        SQUARE,
        cover=Rect(270, 56, 540, 540),
        heading=HeadingPlace(Rect(64, 622, 952, 140), title=58, author=33, anchor="m"),
        bars=BarsPlace(Rect(60, 780, 960, 176), rise=142, pitch=24),
        line=Rect(64, 970, 952, 20),
        clock=25,
        watermark=Rect(240, 994, 600, 36),
    ),
}
