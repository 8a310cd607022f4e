"""The ground that transparent pictures are laid on: one that sets them off."""

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

DARK, MIDDLE, LIGHT = (22, 22, 28), (112, 112, 120), (240, 240, 244)

LIGHTNESS_LIMIT = 110  # (0 to 255) of a picture: a lighter one is laid on the dark ground
DARK_INK, LIGHT_INK = 70, 192  # what cannot be told from the dark ground, and from the light one
MIN_EDGE = 48  # (0 to 255) by which the opacity falls at the outline of a shape; softer are shadows
MAX_LOST_INK = 0.12  # the share of a picture's outline that may vanish in its ground
SAMPLE_SIDE = 256  # pixels in which the ground is chosen


def lay_on_ground(image: Image.Image) -> Image.Image:
    """Return a picture in RGB; one with transparency is laid on a ground that contrasts with it."""
    if image.mode not in {"LA", "RGBA"}:
        return image.convert("RGB")
    picture = image.convert("RGBA")
    alpha = picture.getchannel("A")
    lowest, highest = alpha.getextrema()
    if lowest == 255 or highest == 0:  # nothing is transparent, or the transparency is a mistake
        return picture.convert("RGB")
    ground = Image.new("RGBA", picture.size, _choose_ground(picture))
    return Image.alpha_composite(ground, picture).convert("RGB")


def _choose_ground(picture: Image.Image) -> tuple[int, int, int]:
    """Return the colour on which most of an RGBA picture can be seen."""
    sample = picture.reduce(max(1, max(picture.size) // SAMPLE_SIDE))
    grey = np.asarray(sample.convert("L"), np.float32)
    alpha = sample.getchannel("A")
    weights = np.asarray(alpha, np.float32)
    is_light = _share(grey * weights, weights) > LIGHTNESS_LIMIT
    outline = weights - np.asarray(alpha.filter(ImageFilter.MinFilter(3)), np.float32)
    outline[outline < MIN_EDGE] = 0
    is_lost = grey > LIGHT_INK if not is_light else grey < DARK_INK
    if _share(is_lost * outline, outline) > MAX_LOST_INK:
        return MIDDLE
    return DARK if is_light else LIGHT


def _share(part: NDArray[np.float32], whole: NDArray[np.float32]) -> float:
    return float(part.sum() / max(1.0, float(whole.sum())))
