"""Placing the runs of a line from left to right, and turning them into an alpha mask."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from math import ceil, floor
from typing import TypedDict

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

from videos.render.text import emoji
from videos.render.text.faces import MONOCHROME_EMOJI, Face, Weight, load
from videos.render.text.runs import Run, runs

# Glyphs are drawn this many times larger and averaged: FreeType's hinting then bends neither
# stems nor gaps, and letters may stand at fractions of a pixel.
OVERSAMPLING = 4
CLOCK = re.compile(r"[0-9]+(?::[0-9]{2})+")  # digits of one width, so that it runs calmly
THINNER = 0.007  # ems that a bold face's strokes lose on either side to look medium

Box = tuple[int, int, int, int]  # left, top, right, bottom in pixels


class Shaping(TypedDict):
    """What raqm is told of a run beside its text."""

    direction: str
    language: str | None
    features: list[str] | None


@dataclass(frozen=True)
class Placed:
    """A run and where it stands, in pixels from the start of its line."""

    run: Run
    x: float
    width: float
    size: int
    weight: Weight

    def font(self) -> ImageFont.FreeTypeFont:
        """Return the run's face, oversampled; for an emoji the monochrome one."""
        return _font(self.run, self.size, self.weight)

    @cached_property
    def ink(self) -> tuple[float, float, float, float]:
        """The box that glyphs blacken, from the start of the line and its baseline."""
        font, text = self.font(), self.run.text
        left, top, right, bottom = font.getbbox(text, anchor="ls", **_shaping(self.run))
        return (
            self.pen + left / OVERSAMPLING,
            top / OVERSAMPLING,
            self.pen + right / OVERSAMPLING,
            bottom / OVERSAMPLING,
        )

    @property
    def too_bold(self) -> bool:
        """Return whether the face has no weight as light as is wanted."""
        face = MONOCHROME_EMOJI if self.run.is_emoji else self.run.face
        return face.bold and self.weight < Weight.BOLD

    @property
    def pen(self) -> float:
        """Return where the first glyph starts: an emoji's outline stands amid its place."""
        if not self.run.is_emoji:
            return self.x
        return self.x + (self.width - _length(self.run, self.size, self.weight)) / 2


@dataclass(frozen=True)
class Layout:
    """A line's runs from left to right, and its width in pixels."""

    runs: tuple[Placed, ...]
    width: float

    def ink(self) -> tuple[float, float, float, float]:
        """Return the box that the whole line blackens, from its start and baseline."""
        boxes = [placed.ink for placed in self.runs]
        lefts, tops, rights, bottoms = zip(*boxes, strict=True) if boxes else ((0.0,),) * 4
        return min(lefts), min(tops), max(rights), max(bottoms)


@lru_cache(maxsize=4096)
def lay_out(text: str, faces: tuple[Face, ...], size: int, weight: Weight) -> Layout:
    """Return where the runs of a clean line stand at `size` pixels an em."""
    placed: list[Placed] = []
    x = 0.0
    for run in runs(text, faces):
        width = emoji.advance(run.text, size) if run.is_emoji else _length(run, size, weight)
        placed.append(Placed(run, x, width, size, weight))
        x += width
    return Layout(tuple(placed), x)


def mask(layout: Layout, origin: tuple[float, float], box: Box, with_emoji: bool) -> Image.Image:
    """Return what of a line whose baseline starts at `origin` falls in `box`, as alpha (L)."""
    shown = [placed for placed in layout.runs if with_emoji or not placed.run.is_emoji]
    light = [placed for placed in shown if not placed.too_bold]
    drawn = _draw(light, origin, box)
    if len(light) < len(shown):
        bold = _draw([placed for placed in shown if placed.too_bold], origin, box)
        drawn = ImageChops.lighter(drawn, _thinned(bold, shown[0].size))
    return drawn.reduce(OVERSAMPLING)


def _draw(shown: Sequence[Placed], origin: tuple[float, float], box: Box) -> Image.Image:
    """Return runs in `box`, oversampled (L)."""
    left, top, right, bottom = box
    sheet = Image.new("L", ((right - left) * OVERSAMPLING, (bottom - top) * OVERSAMPLING))
    draw = ImageDraw.Draw(sheet)
    for placed in shown:
        start, _, end, _ = placed.ink
        if origin[0] + end < left or origin[0] + start > right:
            continue
        draw.text(
            ((origin[0] + placed.pen - left) * OVERSAMPLING, (origin[1] - top) * OVERSAMPLING),
            placed.run.text,
            255,
            placed.font(),
            anchor="ls",
            **_shaping(placed.run),
        )
    return sheet


def _thinned(sheet: Image.Image, size: int) -> Image.Image:
    """Return a bold oversampled drawing in about the medium weight: strokes lose their edges."""
    pixels = min(1.0, THINNER * size * OVERSAMPLING)
    return Image.blend(sheet, sheet.filter(ImageFilter.MinFilter(3)), pixels)


def ink_box(layout: Layout, origin: tuple[float, float], size: tuple[int, int]) -> Box:
    """Return the pixels of an image of `size` that a line at `origin` touches."""
    left, top, right, bottom = layout.ink()
    return (
        max(0, floor(origin[0] + left) - 1),
        max(0, floor(origin[1] + top) - 1),
        min(size[0], ceil(origin[0] + right) + 1),
        min(size[1], ceil(origin[1] + bottom) + 1),
    )


def _font(run: Run, size: int, weight: Weight) -> ImageFont.FreeTypeFont:
    face = MONOCHROME_EMOJI if run.is_emoji else run.face
    return load(face, max(1, round(size * face.scale * OVERSAMPLING)), weight, size)


def _length(run: Run, size: int, weight: Weight) -> float:
    return _font(run, size, weight).getlength(run.text, **_shaping(run)) / OVERSAMPLING


def _shaping(run: Run) -> Shaping:
    features = ["tnum"] if CLOCK.fullmatch(run.text) else None
    return {"direction": run.direction, "language": run.language, "features": features}
