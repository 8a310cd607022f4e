"""The two colours of a film, extracted from its cover: bars, ring, halo and timeline use them."""

import colorsys
import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Rgb = tuple[int, int, int]

WHITE: Rgb = (255, 255, 255)
NEUTRAL = 0.08  # a colour less saturated than this stays grey: lifting it would invent a hue


class Palette(NamedTuple):
    """Two colours of a cover that read on dark: the strongest one, and one of another hue if the
    cover has any.
    """

    first: Rgb
    second: Rgb

    def mix(self, share: float) -> Rgb:
        """Return the colour at ``share`` (0 to 1) of the way from the first to the second."""
        pairs = zip(self.first, self.second, strict=True)
        red, green, blue = (round(a + (b - a) * share) for a, b in pairs)
        return red, green, blue

    def gradient(self, shares: NDArray[np.floating]) -> NDArray[np.floating]:
        """Return the colours at ``shares`` (0 to 1), an array whose last axis has length 1; in the
        result that axis holds red, green and blue.
        """
        first, second = (np.array(colour, np.float32) for colour in self)
        colours: NDArray[np.floating] = first + (second - first) * shares
        return colours


def extract_palette(cover: Image.Image) -> Palette:
    """Choose two colours of an RGB ``cover`` and make them light enough for a dark background."""
    swatches = _quantise(cover)
    first = max(swatches, key=_appeal)
    second = max(swatches, key=lambda swatch: _appeal(swatch) * (0.25 + _distance(swatch, first)))
    return Palette(_lift(first), _lift(second))


class _Swatch(NamedTuple):
    hue: float
    lightness: float
    saturation: float
    share: float


def _quantise(cover: Image.Image) -> list[_Swatch]:
    """Return the 16 colours that a median cut leaves of ``cover``; all numbers are 0 to 1."""
    small = cover.resize((96, 96), Image.Resampling.BOX).quantize(16)
    table = np.reshape(small.getpalette() or [], (-1, 3)) / 255
    swatches = []
    for index, count in enumerate(small.histogram()[: len(table)]):
        hue, lightness, saturation = colorsys.rgb_to_hls(*table[index])
        swatches.append(_Swatch(hue, lightness, saturation, count / 96**2))
    return swatches


def _appeal(swatch: _Swatch) -> float:
    """Rate a colour: best is strong and of middling lightness; its area counts less."""
    strength = 0.02 + swatch.saturation * (1.1 - abs(swatch.lightness - 0.55))
    return strength * math.pow(swatch.share, 0.3)


def _distance(one: _Swatch, other: _Swatch) -> float:
    """Return the distance between two hues, at most 0.35: beyond that, further is no better."""
    difference = abs(one.hue - other.hue)
    return min(difference, 1 - difference, 0.35)


def _lift(swatch: _Swatch) -> Rgb:
    """Return the colour, light enough to read and strong enough to glow."""
    hue, lightness, saturation, _ = swatch
    if saturation > NEUTRAL:
        saturation = min(1.0, max(0.45, saturation * 1.25))
    lightness = min(0.76, max(0.66, lightness))
    red, green, blue = colorsys.hls_to_rgb(hue, lightness, saturation)
    return round(red * 255), round(green * 255), round(blue * 255)
