"""Loads a cover, and scales and crops it to what a look shows of it."""

from pathlib import Path

from PIL import Image, ImageOps

from videos.render.covers.reading import read_picture

# The longest shape that is shown whole, width to height or height to width: that of wide films.
MAX_ASPECT = 2.4
TOP_CROP = 0.42  # the share of cropped rows that is cut at the top: faces are rather there
ROUNDING = 4  # pixels by which a shape may miss that of its box for it to fill it


def load_cover(path: Path, side: int) -> Image.Image:
    """Return the whole picture at ``path``, upright, in RGB.

    It is decoded as large as it needs to be for a box whose longer side is ``side`` pixels. Raises
    ``CoverError`` if it cannot be read or is too large.
    """
    return read_picture(path, 2 * side)


def limit_aspect(width: float, height: float) -> float:
    """Return the shape of a picture, its width by its height, as far as it is shown."""
    return min(MAX_ASPECT, max(1 / MAX_ASPECT, width / height))


def scale_cover(cover: Image.Image, width: int, height: int) -> Image.Image:
    """Return a cover scaled so that it just covers a box; what stands out of the box stays.

    Only a picture that is longer than any is shown loses its ends.
    """
    box = limit_aspect(*cover.size)
    scaled_width = max(width, round(height * box))
    scaled_height = max(height, round(width / box))
    if abs(scaled_width - width) <= ROUNDING and abs(scaled_height - height) <= ROUNDING:
        scaled_width, scaled_height = width, height
    return ImageOps.fit(cover, (scaled_width, scaled_height), Image.Resampling.LANCZOS)


def crop_cover(cover: Image.Image, width: int, height: int) -> Image.Image:
    """Return as much of the middle of a scaled cover as a box shows."""
    left, top = (cover.width - width) // 2, round((cover.height - height) * TOP_CROP)
    return cover.crop((left, top, left + width, top + height))
