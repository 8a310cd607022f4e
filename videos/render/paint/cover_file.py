"""Loads the cover, as a square picture, from whatever picture file the person has."""

from pathlib import Path

import numpy as np
from PIL import Image, ImageOps

from videos.render.errors import CoverError

FORMATS = ("JPEG", "PNG", "WEBP")
MAX_PIXELS = 50_000_000  # more would take over 150 MB: refused before it is decoded

TOO_LARGE = f"The cover is too large: {MAX_PIXELS:,} pixels are the limit."
UNREADABLE = "The cover cannot be read: it is damaged or not a JPEG, PNG or WebP picture."
DARK, LIGHT = (22, 22, 28), (240, 240, 244)  # what a transparent picture is laid on


def load_cover(path: Path, side: int) -> Image.Image:
    """Return the middle square of the picture at ``path``, upright, in RGB, ``side`` pixels wide.

    Raises ``CoverError`` if it cannot be read or is too large.
    """
    try:
        with Image.open(path, formats=FORMATS) as image:
            if image.width * image.height > MAX_PIXELS:
                raise CoverError(TOO_LARGE)
            image.draft("RGB", (2 * side, 2 * side))  # lets a huge JPEG be decoded small
            upright = _convert_to_rgb(ImageOps.exif_transpose(image))
    except CoverError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise CoverError(TOO_LARGE) from error
    except Exception as error:  # a damaged picture can raise almost anything out of Pillow
        raise CoverError(UNREADABLE) from error
    return ImageOps.fit(upright, (side, side), Image.Resampling.LANCZOS)


def _convert_to_rgb(image: Image.Image) -> Image.Image:
    """Return ``image`` in RGB; a transparent one is laid on a ground that contrasts with it."""
    if image.mode.startswith("I") or image.mode == "F":
        return _convert_deep_grey(image)
    if not image.has_transparency_data:
        return image.convert("RGB")
    picture = image.convert("RGBA")
    grey, alpha = np.asarray(picture.convert("LA"), np.float32).transpose(2, 0, 1)
    lightness = float((grey * alpha).sum() / max(1.0, alpha.sum()))
    ground = Image.new("RGBA", picture.size, DARK if lightness > 110 else LIGHT)
    return Image.alpha_composite(ground, picture).convert("RGB")


def _convert_deep_grey(image: Image.Image) -> Image.Image:
    """Return a grey picture of 16 bits as RGB; Pillow itself would clip it to white."""
    grey = np.asarray(image, np.float32)
    max_value = 65535.0 if float(grey.max(initial=0)) > 255 else 255.0
    return Image.fromarray((grey * (255 / max_value)).clip(0, 255).astype(np.uint8)).convert("RGB")
