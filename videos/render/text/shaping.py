"""Placing the runs of a line from left to right, and rendering them as an alpha mask."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from math import ceil, floor
from typing import TypedDict

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

from videos.render.text import emoji
from videos.render.text.faces import MONOCHROME_EMOJI, Face, Weight, load_font
from videos.render.text.refusals import drawing
from videos.render.text.runs import Run, itemize

# Glyphs are drawn this many times larger and then averaged: FreeType's hinting then changes neither
# stems nor gaps, and glyphs can be placed at fractions of a pixel.
OVERSAMPLING = 4
CLOCK_TIME = re.compile(r"[0-9]+(?::[0-9]{2})+")  # set in tabular figures: its width stays the same
THINNING = 0.007  # ems taken from both sides of a bold face's strokes to look medium

Box = tuple[int, int, int, int]  # left, top, right, bottom in pixels


class RaqmOptions(TypedDict):
    """The options of a run for raqm."""

    direction: str
    language: str | None
    features: list[str] | None


@dataclass(frozen=True)
class PlacedRun:
    """A run and its position: ``x`` and ``width`` in pixels from the start of its line."""

    run: Run
    x: float
    width: float
    size: int
    weight: Weight

    def font(self) -> ImageFont.FreeTypeFont:
        """Return the run's font, oversampled; for an emoji the monochrome one."""
        return _load_font(self.run, self.size, self.weight)

    @cached_property
    def ink(self) -> tuple[float, float, float, float]:
        """The ink box of the glyphs, from the start of the line and its baseline."""
        font, text = self.font(), self.run.text
        with drawing(self.run.face, text):
            left, top, right, bottom = font.getbbox(text, anchor="ls", **_raqm_options(self.run))
        return (
            self.pen_x + left / OVERSAMPLING,
            top / OVERSAMPLING,
            self.pen_x + right / OVERSAMPLING,
            bottom / OVERSAMPLING,
        )

    @property
    def is_too_bold(self) -> bool:
        """Return whether the face has only a weight that is bolder than the text's."""
        face = MONOCHROME_EMOJI if self.run.is_emoji else self.run.face
        return face.bold and self.weight < Weight.BOLD

    @property
    def pen_x(self) -> float:
        """Return the x where the first glyph starts: an emoji's outline is centred in its width."""
        if not self.run.is_emoji:
            return self.x
        with drawing(self.run.face, self.run.text):
            advance = _advance_width(self.run, self.size, self.weight)
        return self.x + (self.width - advance) / 2


@dataclass(frozen=True)
class LineLayout:
    """A line's runs from left to right, and its width in pixels."""

    runs: tuple[PlacedRun, ...]
    width: float

    def ink(self) -> tuple[float, float, float, float]:
        """Return the ink box of the whole line, from its start and baseline."""
        boxes = [placed.ink for placed in self.runs]
        lefts, tops, rights, bottoms = zip(*boxes, strict=True) if boxes else ((0.0,),) * 4
        return min(lefts), min(tops), max(rights), max(bottoms)


@lru_cache(maxsize=4096)
def lay_out_line(text: str, faces: tuple[Face, ...], size: int, weight: Weight) -> LineLayout:
    """Return the layout of a clean line at ``size`` pixels an em. Raises UndrawableText."""
    placed: list[PlacedRun] = []
    x = 0.0
    for run in itemize(text, faces):
        with drawing(run.face, run.text):
            width = (
                emoji.advance_width(run.text, size)
                if run.is_emoji
                else _advance_width(run, size, weight)
            )
        placed.append(PlacedRun(run, x, width, size, weight))
        x += width
    return LineLayout(tuple(placed), x)


def render_mask(
    layout: LineLayout, origin: tuple[float, float], box: Box, with_emoji: bool
) -> Image.Image:
    """Return the part in ``box`` of a line whose baseline starts at ``origin``, as alpha (L).

    Raises UndrawableText.
    """
    visible = [placed for placed in layout.runs if with_emoji or not placed.run.is_emoji]
    light = [placed for placed in visible if not placed.is_too_bold]
    drawn = _draw_runs(light, origin, box)
    if len(light) < len(visible):
        bold = _draw_runs([placed for placed in visible if placed.is_too_bold], origin, box)
        drawn = ImageChops.lighter(drawn, _thin(bold, visible[0].size))
    return drawn.reduce(OVERSAMPLING)


def draw_emoji(layout: LineLayout) -> list[tuple[PlacedRun, Image.Image]]:
    """Return the emoji of a line, each with its picture in colour. Raises UndrawableText."""
    pictures = []
    for placed in layout.runs:
        if placed.run.is_emoji:
            with drawing(placed.run.face, placed.run.text):
                pictures.append((placed, emoji.draw_emoji(placed.run.text, placed.size)))
    return pictures


def _draw_runs(visible: Sequence[PlacedRun], origin: tuple[float, float], box: Box) -> Image.Image:
    """Return runs in ``box``, oversampled (L)."""
    left, top, right, bottom = box
    sheet = Image.new("L", ((right - left) * OVERSAMPLING, (bottom - top) * OVERSAMPLING))
    draw = ImageDraw.Draw(sheet)
    for placed in visible:
        start, _, end, _ = placed.ink
        if origin[0] + end < left or origin[0] + start > right:
            continue
        x, y = origin[0] + placed.pen_x - left, origin[1] - top
        with drawing(placed.run.face, placed.run.text):
            draw.text(
                (x * OVERSAMPLING, y * OVERSAMPLING),
                placed.run.text,
                255,
                placed.font(),
                anchor="ls",
                **_raqm_options(placed.run),
            )
    return sheet


def _thin(sheet: Image.Image, size: int) -> Image.Image:
    """Return a bold oversampled drawing in about the medium weight, by eroding its strokes."""
    pixels = min(1.0, THINNING * size * OVERSAMPLING)
    return Image.blend(sheet, sheet.filter(ImageFilter.MinFilter(3)), pixels)


def ink_box(layout: LineLayout, origin: tuple[float, float], size: tuple[int, int]) -> Box:
    """Return the box of the pixels that a line at ``origin`` touches in an image of ``size``."""
    left, top, right, bottom = layout.ink()
    return (
        max(0, floor(origin[0] + left) - 1),
        max(0, floor(origin[1] + top) - 1),
        min(size[0], ceil(origin[0] + right) + 1),
        min(size[1], ceil(origin[1] + bottom) + 1),
    )


def _load_font(run: Run, size: int, weight: Weight) -> ImageFont.FreeTypeFont:
    face = MONOCHROME_EMOJI if run.is_emoji else run.face
    return load_font(face, max(1, round(size * face.scale * OVERSAMPLING)), weight, size)


def _advance_width(run: Run, size: int, weight: Weight) -> float:
    return _load_font(run, size, weight).getlength(run.text, **_raqm_options(run)) / OVERSAMPLING


def _raqm_options(run: Run) -> RaqmOptions:
    features = ["tnum"] if CLOCK_TIME.fullmatch(run.text) else None
    return {"direction": run.direction, "language": run.language, "features": features}
