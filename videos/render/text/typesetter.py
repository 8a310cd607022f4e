"""Measuring, fitting and drawing lines of text in any script."""

from collections.abc import Sequence
from typing import Literal

from PIL import Image

from videos.render.text import bidi, emoji, runs, wrapping
from videos.render.text.clusters import clean, clusters
from videos.render.text.faces import FACES, Face, Weight
from videos.render.text.shaping import Layout, ink_box, lay_out, mask

Anchor = Literal["l", "m", "r"]
Colour = int | Sequence[int]  # a level for "L", three or four channels for "RGB" and "RGBA"
ELLIPSIS = "…"


class Typesetter:
    """Sets lines of text; sizes, widths and positions are in pixels, and `y` is a baseline.

    Text may be anything a person typed: controls and direction overrides are dropped, line
    breaks become spaces, and a character that no face covers is left out and logged once.
    """

    def __init__(self, faces: tuple[Face, ...] = FACES) -> None:
        self._faces = faces

    def width(self, text: str, size: int, weight: Weight = Weight.BOLD) -> float:
        """Return how much of a line `text` takes."""
        return self._layout(clean(text), size, weight).width

    def fit(
        self, text: str, size: int, weight: Weight, max_width: int, min_size: int
    ) -> tuple[str, int]:
        """Return `text` and the largest size, down to `min_size`, at which it is narrow enough.

        What is too wide even then is cut between clusters and ends in an ellipsis; where not even
        that has room, the text is empty.
        """
        text = clean(text)
        width = self._layout(text, size, weight).width
        if width > max_width:
            size = max(min_size, min(size, int(size * max_width / width) + 2))
        while size > min_size and self._layout(text, size, weight).width > max_width:
            size -= 1
        if self._layout(text, size, weight).width > max_width:
            text = self._shortened(text, size, weight, max_width)
        return text, size

    def wrap(
        self, text: str, size: int, weight: Weight, max_width: int, most: int | None = None
    ) -> list[str]:
        """Return the lines of `text`, as even as can be, none wider than `max_width`.

        If there may be `most`, the last of them holds what is left, however wide.
        """

        def measure(part: str) -> float:
            return self._layout(part, size, weight).width

        if most is None:
            return wrapping.wrap(clean(text), max_width, measure)
        return wrapping.wrap_into(clean(text), max_width, measure, most)

    def draw(
        self,
        image: Image.Image,
        xy: tuple[float, float],
        text: str,
        size: int,
        weight: Weight,
        fill: Colour,
        anchor: Anchor = "l",
    ) -> float:
        """Draw `text` on an "L", "RGB" or "RGBA" image and return its width.

        The left end, the middle or the right end of the baseline stands at `xy`. Emoji come in
        colour, on "L" as outlines.
        """
        layout = self._layout(clean(text), size, weight)
        left = xy[0] - layout.width * {"l": 0.0, "m": 0.5, "r": 1.0}[anchor]
        origin = (left, float(round(xy[1])))  # letters that stand on whole pixels are crisper
        box = ink_box(layout, origin, image.size)
        if box[0] < box[2] and box[1] < box[3]:
            _blacken(image, mask(layout, origin, box, with_emoji=image.mode == "L"), box, fill)
            if image.mode != "L":
                _paste_emoji(image, layout, origin, fill)
        return layout.width

    def depth(self, text: str, size: int, weight: Weight) -> float:
        """Return how far the ink of `text` reaches below its baseline, in pixels."""
        return self._layout(clean(text), size, weight).ink()[3]

    def is_rtl(self, text: str) -> bool:
        """Return whether a paragraph of `text` runs from right to left."""
        return bidi.is_rtl(clean(text))

    def runs_one_way(self, text: str) -> bool:
        """Return whether all of `text` runs in the direction of its paragraph."""
        return len(set(bidi.levels(clean(text)))) < 2

    def missing(self, text: str) -> set[str]:
        """Return the characters of `text` that no shipped face draws."""
        return runs.missing(clean(text), self._faces)

    def _layout(self, text: str, size: int, weight: Weight) -> Layout:
        return lay_out(text, self._faces, size, weight)

    def _shortened(self, text: str, size: int, weight: Weight, max_width: int) -> str:
        """Return the longest beginning of `text` that fits with an ellipsis."""
        parts = clusters(text)
        low, high = 0, len(parts)
        while low < high:
            middle = (low + high + 1) // 2
            shorter = _ellipsis(parts[:middle])
            if self._layout(shorter, size, weight).width <= max_width:
                low = middle
            else:
                high = middle - 1
        shorter = _ellipsis(parts[:low])
        return shorter if self._layout(shorter, size, weight).width <= max_width else ""


def _ellipsis(parts: Sequence[str]) -> str:
    return "".join(parts).rstrip() + ELLIPSIS


def _blacken(
    image: Image.Image, alpha: Image.Image, box: tuple[int, int, int, int], fill: Colour
) -> None:
    """Lay `fill` over a box of `image` through `alpha`."""
    if isinstance(fill, int) or image.mode == "L":
        image.paste(fill if isinstance(fill, int) else fill[0], box, alpha)
        return
    alpha = _faded(alpha, fill)
    if image.mode == "RGB":
        image.paste(tuple(fill[:3]), box, alpha)
        return
    layer = Image.new("RGBA", alpha.size, tuple(fill[:3]))
    layer.putalpha(alpha)
    image.alpha_composite(layer, box[:2])


def _paste_emoji(
    image: Image.Image, layout: Layout, origin: tuple[float, float], fill: Colour
) -> None:
    """Draw a line's emoji in colour, as opaque as `fill` is."""
    for placed in layout.runs:
        if not placed.run.is_emoji:
            continue
        picture = emoji.picture(placed.run.text, placed.size)
        x = round(origin[0] + placed.x + (placed.width - picture.width) / 2)
        y = round(origin[1] + emoji.DESCENT * placed.size) - picture.height
        if x + picture.width <= 0 or y + picture.height <= 0:
            continue
        picture = picture.crop((max(0, -x), max(0, -y), picture.width, picture.height))
        picture.putalpha(_faded(picture.getchannel("A"), fill))
        place = (max(0, x), max(0, y))
        if image.mode == "RGBA":
            image.alpha_composite(picture, place)
        else:
            image.paste(picture, place, picture)


def _faded(alpha: Image.Image, fill: Colour) -> Image.Image:
    """Return `alpha` times the opacity of `fill`."""
    if isinstance(fill, int) or len(fill) < 4 or fill[3] == 255:
        return alpha
    opacity = fill[3] / 255
    return alpha.point(lambda value: round(value * opacity))
