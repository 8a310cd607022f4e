"""The types of boxes that layouts are made of, and how they scale with the resolution."""

from dataclasses import dataclass, fields, replace
from typing import Any, Literal, NamedTuple, Self

from videos.render.options import VideoFormat

Anchor = Literal["l", "m", "r"]  # left, middle, right

# Width and height in pixels of the pictures for which the tables of the looks are written.
PICTURE_SIZES = {
    VideoFormat.WIDE: (1280, 720),
    VideoFormat.TALL: (720, 1280),
    VideoFormat.SQUARE: (720, 720),
}


class Rect(NamedTuple):
    """A rectangle in the picture, in pixels."""

    x: int
    y: int
    width: int
    height: int

    @property
    def right(self) -> int:
        """The first column to its right."""
        return self.x + self.width

    @property
    def bottom(self) -> int:
        """The first row below it."""
        return self.y + self.height

    @property
    def centre(self) -> tuple[int, int]:
        """The column and the row of its centre."""
        return self.x + self.width // 2, self.y + self.height // 2

    def resize(self, width: int, height: int) -> "Rect":
        """Return the rectangle of that size around the same centre, with even corners."""
        x, y = self.centre
        return Rect((x - width // 2) // 2 * 2, (y - height // 2) // 2 * 2, width, height)

    def expand(self, margin: int) -> "Rect":
        """Return the rectangle that is ``margin`` pixels larger on every side."""
        width, height = self.width + 2 * margin, self.height + 2 * margin
        return Rect(self.x - margin, self.y - margin, width, height)


# What the phone apps of TikTok, Reels and Shorts leave free of their buttons and captions in a tall
# picture, by the mildest margins that they publish; and what Google's stricter box leaves of that,
# for lyrics. Whatever must be seen stands there, while pictures may bleed.
SAFE_AREA, SAFE_LYRICS_AREA = Rect(60, 170, 540, 775), Rect(60, 192, 532, 640)
MIN_TALL_LYRICS_SIZE = 44  # pixels of the type of lyrics there, which are read on phones


@dataclass(frozen=True)
class Box:
    """Base class of all boxes. Their whole numbers and rectangles are in pixels."""

    def scale(self, factor: float) -> Self:
        """Return the same box in a picture ``factor`` times as large, with even corners."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return replace(self, **{name: _scale(value, factor) for name, value in values.items()})


def _scale(value: Any, factor: float) -> Any:  # noqa: ANN401  the type of any field of a box
    match value:
        case Rect():
            return Rect(*(round(number * factor / 2) * 2 for number in value))
        case Box():
            return value.scale(factor)
        case bool():
            return value
        case int():
            return round(value * factor)
    return value


@dataclass(frozen=True)
class HeadingBox(Box):
    """The title above the author, as a block centred vertically in ``area``; their font sizes.

    With ``mirrors_rtl`` a right-to-left title is aligned to the right instead of the left.
    """

    area: Rect
    title_size: int
    author_size: int
    anchor: Anchor
    mirrors_rtl: bool = True


@dataclass(frozen=True)
class BarsBox(Box):
    """The bars of the spectrum, one every ``pitch`` pixels, at most ``max_height`` pixels high.

    They stand on a ground line ``max_height`` below the top of ``area``; their reflection fills
    what is left of the area below it.
    """

    area: Rect
    max_height: int
    pitch: int

    @property
    def count(self) -> int:
        """The number of bars."""
        return self.area.width // self.pitch


@dataclass(frozen=True)
class RingBox(Box):
    """The bars of a circular spectrum around the centre of ``area``, between two radii."""

    area: Rect
    inner_radius: int
    outer_radius: int


@dataclass(frozen=True)
class OscilloscopeBox(Box):
    """The line of the oscilloscope, from the left edge of ``area`` to its right edge."""

    area: Rect


@dataclass(frozen=True)
class TimeBox(Box):
    """The timeline, in which the knob moves, and the clocks of the elapsed and the total time.

    ``line`` is a wide rectangle, the square around a circular timeline, or empty where another part
    shows the time. ``joined`` sets the clocks side by side with a slash: "l" starts at the left of
    ``elapsed``, "m" puts the slash at its right edge, "r" ends at the right of ``total``.
    """

    line: Rect
    elapsed: Rect
    total: Rect
    font_size: int
    joined: Anchor | None = None


@dataclass(frozen=True)
class LyricsBox(Box):
    """The window in which the lyrics scroll.

    ``current_line_at`` is where the current line stands, as a share of the window's height.
    """

    area: Rect
    font_size: int
    anchor: Anchor
    current_line_at: float = 0.36


@dataclass(frozen=True)
class Layout(Box):
    """All the boxes of a picture; ``visualiser`` is the part that moves to the sound.

    ``cover`` is where a square cover stands. In a look with ``card_room``, a cover of another shape
    has a card of its own shape, as large as there is room. In a look with moving pictures,
    ``backdrop`` is their window.
    """

    width: int
    height: int
    cover: Rect
    signature: Rect
    heading: HeadingBox
    visualiser: BarsBox | RingBox | OscilloscopeBox
    time: TimeBox
    watermark: Rect
    lyrics: LyricsBox | None = None
    card_room: Rect | None = None
    backdrop: Rect | None = None

    def scale_words(self, factor: float) -> "Layout":
        """Return the layout with lyrics, or without any with a title, ``factor`` times as large.

        In a tall picture lyrics stay large enough for phones.
        """
        if self.lyrics is None:
            size = round(self.heading.title_size * factor)
            return replace(self, heading=replace(self.heading, title_size=size))
        size = round(self.lyrics.font_size * factor)
        if self.height > self.width:
            size = max(size, MIN_TALL_LYRICS_SIZE * self.width // 720)
        return replace(self, lyrics=replace(self.lyrics, font_size=size))

    def fit_card(self, aspect: float) -> "Layout":
        """Return the layout for a cover whose width is ``aspect`` times its height."""
        room, square = self.card_room, self.cover
        if room is None or aspect == 1:
            return self
        width = min(room.width, room.height * aspect)
        card = square.resize(round(width / 2) * 2, round(width / aspect / 2) * 2)
        height = round(self.signature.height * min(card[2:]) / square.height / 2) * 2
        signature = Rect(card.x, card.bottom - height, card.width, height)
        return replace(self, cover=card, signature=signature)


def get_clock_width(font_size: int) -> int:
    """Return the width in pixels that hours, minutes and seconds need, a multiple of 4."""
    return -(-5 * font_size // 4) * 4
