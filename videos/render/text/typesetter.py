"""Measuring, fitting and drawing lines of text in any script."""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Concatenate, Literal, ParamSpec, TypeVar

from PIL import Image

from videos.render.text import bidi, emoji, runs, wrapping
from videos.render.text.clusters import clean, split_clusters
from videos.render.text.faces import FACES, Face, Weight
from videos.render.text.refusals import UndrawableText, refuse
from videos.render.text.shaping import (
    LineLayout,
    PlacedRun,
    draw_emoji,
    ink_box,
    lay_out_line,
    render_mask,
)
from videos.render.text.spans import Span, locate_spans

Anchor = Literal["l", "m", "r"]
Colour = int | Sequence[int]  # a level for "L", three or four channels for "RGB" and "RGBA"
ELLIPSIS = "…"
Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")


def _with_next_faces(
    method: Callable[Concatenate["Typesetter", Parameters], Result],
) -> Callable[Concatenate["Typesetter", Parameters], Result]:
    """Return ``method``, called again when a face fails, until other faces draw all of the text."""

    @wraps(method)
    def call(self: "Typesetter", /, *args: Parameters.args, **options: Parameters.kwargs) -> Result:
        while True:
            try:
                return method(self, *args, **options)
            except UndrawableText as error:
                refuse(error)
                runs.choose_face.cache_clear()
                lay_out_line.cache_clear()

    return call


class Typesetter:
    """Sets lines of text; sizes, widths and positions are in pixels, and ``y`` is a baseline.

    Text may be anything that a person typed: controls and direction overrides are removed, line
    breaks become spaces, and a character that no face can draw is left out and logged once.
    """

    def __init__(self, faces: tuple[Face, ...] = FACES) -> None:
        self._faces = faces

    def width(self, text: str, size: int, weight: Weight = Weight.BOLD) -> float:
        """Return the advance width of ``text``."""
        return self._lay_out(clean(text), size, weight).width

    def fit(
        self, text: str, size: int, weight: Weight, max_width: int, min_size: int
    ) -> tuple[str, int]:
        """Return ``text`` and the largest size, from ``size`` to ``min_size``, at which it fits.

        Text that is too wide at ``min_size`` is cut between clusters and ends in an ellipsis; where
        the ellipsis alone does not fit, the text is empty.
        """
        text = clean(text)
        width = self._lay_out(text, size, weight).width
        if width > max_width:
            size = max(min_size, min(size, int(size * max_width / width) + 2))
        while size > min_size and self._lay_out(text, size, weight).width > max_width:
            size -= 1
        if self._lay_out(text, size, weight).width > max_width:
            text = self._truncate(text, size, weight, max_width)
        return text, size

    def wrap(
        self, text: str, size: int, weight: Weight, max_width: int, max_lines: int | None = None
    ) -> list[str]:
        """Return the lines of ``text``, as even as possible, none wider than ``max_width``.

        There are at most ``max_lines``; the last one then holds the rest, which may be too wide.
        """

        def measure(part: str) -> float:
            return self._lay_out(part, size, weight).width

        if max_lines is None:
            return wrapping.wrap(clean(text), max_width, measure)
        return wrapping.wrap_to_lines(clean(text), max_width, measure, max_lines)

    def unbreakable_width(self, text: str, size: int, weight: Weight) -> float:
        """Return the width in pixels of the widest word of ``text``, or what else stays whole."""
        parts = wrapping.split_unbreakable(clean(text))
        return max((self._lay_out(part, size, weight).width for part in parts), default=0.0)

    @_with_next_faces
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
        """Draw ``text`` on an "L", "RGB" or "RGBA" image and return its width.

        The left end, the middle or the right end of the baseline is at ``xy``. Emoji are drawn in
        colour, on "L" as outlines.
        """
        layout = self._lay_out(clean(text), size, weight)
        left = xy[0] - layout.width * {"l": 0.0, "m": 0.5, "r": 1.0}[anchor]
        origin = (left, float(round(xy[1])))  # a baseline on whole pixels is sharper
        box = ink_box(layout, origin, image.size)
        if box[0] < box[2] and box[1] < box[3]:
            mask = render_mask(layout, origin, box, with_emoji=image.mode == "L")
            pictures = [] if image.mode == "L" else draw_emoji(layout)
            _paint_mask(image, mask, box, fill)
            for placed, picture in pictures:
                _paste_emoji(image, placed, picture, origin, fill)
        return layout.width

    @_with_next_faces
    def depth(self, text: str, size: int, weight: Weight) -> float:
        """Return how far the ink of ``text`` reaches below its baseline, in pixels."""
        return self._lay_out(clean(text), size, weight).ink()[3]

    def locate(self, text: str, spans: Sequence[Span], size: int, weight: Weight) -> list[float]:
        """Return the left edge of each span of a clean ``text``, from the left end of the text."""
        return locate_spans(text, spans, lambda part: self.width(part, size, weight))

    def has_emoji(self, text: str) -> bool:
        """Return whether ``text`` has emoji that are drawn in colour."""
        return any(
            placed.run.is_emoji for placed in self._lay_out(clean(text), 16, Weight.BOLD).runs
        )

    def is_rtl(self, text: str) -> bool:
        """Return whether a paragraph of ``text`` runs from right to left."""
        return bidi.is_rtl(clean(text))

    def is_unidirectional(self, text: str) -> bool:
        """Return whether all of ``text`` runs in one direction."""
        return len(set(bidi.resolve_levels(clean(text)))) < 2

    def find_missing(self, text: str) -> set[str]:
        """Return the characters of ``text`` for which no face has a glyph."""
        return runs.find_missing(clean(text), self._faces)

    @_with_next_faces
    def _lay_out(self, text: str, size: int, weight: Weight) -> LineLayout:
        return lay_out_line(text, self._faces, size, weight)

    def _truncate(self, text: str, size: int, weight: Weight, max_width: int) -> str:
        """Return the longest beginning of ``text`` that fits with an ellipsis."""
        parts = split_clusters(text)
        low, high = 0, len(parts)
        while low < high:
            middle = (low + high + 1) // 2
            truncated = _append_ellipsis(parts[:middle])
            if self._lay_out(truncated, size, weight).width <= max_width:
                low = middle
            else:
                high = middle - 1
        truncated = _append_ellipsis(parts[:low])
        return truncated if self._lay_out(truncated, size, weight).width <= max_width else ""


def _append_ellipsis(parts: Sequence[str]) -> str:
    return "".join(parts).rstrip() + ELLIPSIS


def _paint_mask(
    image: Image.Image, alpha: Image.Image, box: tuple[int, int, int, int], fill: Colour
) -> None:
    """Paint ``fill`` over a box of ``image`` through ``alpha``."""
    if isinstance(fill, int) or image.mode == "L":
        image.paste(fill if isinstance(fill, int) else fill[0], box, alpha)
        return
    alpha = _apply_opacity(alpha, fill)
    if image.mode == "RGB":
        image.paste(tuple(fill[:3]), box, alpha)
        return
    layer = Image.new("RGBA", alpha.size, tuple(fill[:3]))
    layer.putalpha(alpha)
    image.alpha_composite(layer, box[:2])


def _paste_emoji(
    image: Image.Image,
    placed: PlacedRun,
    bitmap: Image.Image,
    origin: tuple[float, float],
    fill: Colour,
) -> None:
    """Draw an emoji of a line in colour, with the opacity of ``fill``."""
    x = round(origin[0] + placed.x + (placed.width - bitmap.width) / 2)
    y = round(origin[1] + emoji.DESCENT * placed.size) - bitmap.height
    if x + bitmap.width <= 0 or y + bitmap.height <= 0:
        return
    bitmap = bitmap.crop((max(0, -x), max(0, -y), bitmap.width, bitmap.height))
    bitmap.putalpha(_apply_opacity(bitmap.getchannel("A"), fill))
    corner = (max(0, x), max(0, y))
    if image.mode == "RGBA":
        image.alpha_composite(bitmap, corner)
    else:
        image.paste(bitmap, corner, bitmap)


def _apply_opacity(alpha: Image.Image, fill: Colour) -> Image.Image:
    """Return ``alpha`` times the opacity of ``fill``."""
    if isinstance(fill, int) or len(fill) < 4 or fill[3] == 255:
        return alpha
    opacity = fill[3] / 255
    return alpha.point(lambda value: round(value * opacity))
