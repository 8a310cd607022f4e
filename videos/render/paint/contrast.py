"""Contrast between colours, as WCAG 2.2 defines it, and colours that are light enough to read."""

import numpy as np
from numpy.typing import NDArray

from videos.render.paint.palette import Rgb
from videos.render.paint.yuv import Pixels

LUMINANCE_WEIGHTS = np.array([0.2126, 0.7152, 0.0722], np.float32)
MIN_CONTRAST = 4.5  # of text
FLARE = 0.05  # the light that every screen adds
MARGIN = 1.03  # for what rounding and the encoder take away
STEPS = 64  # of the way to white


def compute_luminance(pixels: Pixels) -> NDArray[np.floating]:
    """Return the relative luminance (0 to 1) of RGB pixels, whose last axis is gone."""
    shares = pixels / 255
    linear = np.where(shares <= 0.04045, shares / 12.92, ((shares + 0.055) / 1.055) ** 2.4)
    luminance: NDArray[np.floating] = linear @ LUMINANCE_WEIGHTS
    return luminance


def lighten(colour: Rgb, ground: float, contrast: float = MIN_CONTRAST) -> Rgb:
    """Return the colour, mixed with as little white as its ``contrast`` needs.

    ``ground`` is the luminance of what lies behind it.
    """
    needed = (ground + FLARE) * contrast * MARGIN - FLARE
    shares = np.linspace(0, 1, STEPS + 1)[:, np.newaxis]
    mixed = np.array(colour, np.float32) * (1 - shares) + 255 * shares
    light_enough = np.flatnonzero(compute_luminance(mixed) >= needed)
    red, green, blue = mixed[light_enough[0] if len(light_enough) else -1].round().astype(int)
    return int(red), int(green), int(blue)
