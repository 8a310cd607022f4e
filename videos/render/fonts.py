"""The faces that the renderer ships, and loading them at a size and weight."""

from enum import IntEnum
from functools import lru_cache
from pathlib import Path

from PIL import ImageFont

FOLDER = Path(__file__).parent / "fonts"


class Weight(IntEnum):
    """How heavy text is, on the usual scale of 100 to 900."""

    MEDIUM = 500
    BOLD = 700
    HEAVY = 800


@lru_cache(maxsize=64)
def load(file: str, size: int, weight: Weight) -> ImageFont.FreeTypeFont:
    """Return the variable face in `file` at `size` pixels an em."""
    font = ImageFont.truetype(FOLDER / file, size, layout_engine=ImageFont.Layout.RAQM)
    font.set_variation_by_axes([min(32, max(14, size)), weight])
    return font
