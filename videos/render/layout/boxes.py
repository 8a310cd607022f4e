"""The places of which layouts are made, and how they grow with the resolution."""

from dataclasses import dataclass, fields, replace
from typing import Any, Literal, NamedTuple, Self

from videos.render.scene import VideoFormat

Anchor = Literal["l", "m", "r"]

SIZES = {
    VideoFormat.WIDE: (1280, 720),
    VideoFormat.TALL: (720, 1280),
    VideoFormat.SQUARE: (720, 720),
}
"""Width and height of the pictures in whose pixels places are told."""


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

    def grown(self, by: int) -> "Rect":
        """Return the rectangle that is larger by that many pixels on every side."""
        return Rect(self.x - by, self.y - by, self.width + 2 * by, self.height + 2 * by)


@dataclass(frozen=True)
class Place:
    """Something that stands somewhere: all whole numbers and rectangles are in pixels."""

    def scaled(self, factor: float) -> Self:
        """Return the same place in a picture `factor` times as large, with even corners."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return replace(self, **{name: _scaled(value, factor) for name, value in values.items()})


def _scaled(value: Any, factor: float) -> Any:  # noqa: ANN401  whatever a place is made of
    match value:
        case Rect():
            return Rect(*(round(number * factor / 2) * 2 for number in value))
        case Place():
            return value.scaled(factor)
        case bool():
            return value
        case int():
            return round(value * factor)
    return value


@dataclass(frozen=True)
class HeadingPlace(Place):
    """Title above author, centred in height within `area`; sizes of the letters.

    A title that is read from the right stands at the right if the place `turns`.
    """

    area: Rect
    title: int
    author: int
    anchor: Anchor
    turns: bool = True


@dataclass(frozen=True)
class BarsPlace(Place):
    """Bars, `pitch` apart, on a ground line `rise` below the top of `area`.

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
class RingPlace(Place):
    """Bars that stand around the middle of `area`, between two radii."""

    area: Rect
    inner: int
    outer: int


@dataclass(frozen=True)
class ScopePlace(Place):
    """The line of an oscilloscope, from the left of `area` to its right."""

    area: Rect


@dataclass(frozen=True)
class TimePlace(Place):
    """The time line, inside which the knob moves, and the two clocks; `size` of their letters.

    `line` may be a square around which the line runs, or nothing where another part shows the time.
    Clocks may stand `together`: from the left of `elapsed` on, meeting at its right end, or up to
    the right of `total`.
    """

    line: Rect
    elapsed: Rect
    total: Rect
    size: int
    together: Anchor | None = None


@dataclass(frozen=True)
class LyricsPlace(Place):
    """The window behind which the lyrics scroll; the sung line stands `sung` of it from its top."""

    area: Rect
    size: int
    anchor: Anchor
    sung: float = 0.36


@dataclass(frozen=True)
class Layout(Place):
    """All the places of a picture; `heard` is what dances to the sound."""

    width: int
    height: int
    cover: Rect
    signature: Rect
    heading: HeadingPlace
    heard: BarsPlace | RingPlace | ScopePlace
    time: TimePlace
    watermark: Rect
    lyrics: LyricsPlace | None = None


def clock_width(size: int) -> int:
    """Return room enough for the hours, minutes and seconds of a clock of such letters."""
    return -(-5 * size // 4) * 4
