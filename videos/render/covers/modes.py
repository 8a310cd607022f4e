"""The kinds of pixels that decoders return, reduced to five: L, LA, RGB, RGBA and CMYK."""

from typing import IO

import numpy as np
from PIL import Image

PNG_DEPTH_AT = 24  # where a PNG tells its bits a channel


def simplify_mode(image: Image.Image, file: IO[bytes]) -> Image.Image:
    """Return the picture in L, LA, RGB, RGBA or CMYK, without what made it transparent before.

    ``file`` is what it was decoded from.
    """
    if image.format == "PNG":
        _scale_transparent_colour(image, file)
    if image.mode == "I;16":
        return _reduce_depth(image)
    if image.has_transparency_data:
        return image.convert("LA" if image.mode in {"L", "LA"} else "RGBA")
    if image.mode in {"L", "RGB", "CMYK"}:
        return image
    return image.convert("L" if image.mode == "1" else "RGB")


def _reduce_depth(image: Image.Image) -> Image.Image:
    """Return a grey picture of 16 bits with 8; Pillow itself would clip it to white."""
    deep = np.asarray(image)
    grey = Image.fromarray((deep // 257).astype(np.uint8))
    transparent = image.info.get("transparency")
    if transparent is None:
        return grey
    alpha = Image.fromarray(np.where(deep == transparent, 0, 255).astype(np.uint8))
    return Image.merge("LA", (grey, alpha))


def _scale_transparent_colour(image: Image.Image, file: IO[bytes]) -> None:
    """Make the one transparent colour of a PNG, which has its depth, comparable with 8 bits."""
    colour = image.info.get("transparency")
    file.seek(PNG_DEPTH_AT)
    depth = file.read(1)[0]
    if image.mode == "RGB" and isinstance(colour, tuple) and depth == 16:
        image.info["transparency"] = tuple(value >> 8 for value in colour)
    elif image.mode == "L" and isinstance(colour, int) and depth < 8:
        image.info["transparency"] = min(255, colour * 255 // (2**depth - 1))
