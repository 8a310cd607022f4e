"""Colours."""

import colorsys
import math
from typing import NamedTuple

import numpy as np
from PIL import Image

Rgb = tuple[int, int, int]

WHITE: Rgb = (255, 255, 255)
NEUTRAL = 0.08
"""A colour less saturated than this stays grey: lifting it would invent a hue."""


class Palette(NamedTuple):
    """Two readable colours of a cover: its own, and a second that differs in hue if it can."""

    first: Rgb
    second: Rgb

    def between(self, share: float) -> Rgb:
        """Return the colour at `share` (0 to 1) of the way from the first to the second."""
        pairs = zip(self.first, self.second, strict=True)
        red, green, blue = (round(a + (b - a) * share) for a, b in pairs)
        return red, green, blue


def palette(cover: Image.Image) -> Palette:
    """Choose two colours of an RGB `cover`, light enough to read on a dark background."""
    swatches = _swatches(cover)
    first = max(swatches, key=_appeal)
    second = max(swatches, key=lambda swatch: _appeal(swatch) * (0.25 + _distance(swatch, first)))
    return Palette(_lifted(first), _lifted(second))


class _Swatch(NamedTuple):
    hue: float
    lightness: float
    saturation: float
    share: float


def _swatches(cover: Image.Image) -> list[_Swatch]:
    """Return the colours that a median cut leaves of `cover`, each from 0 to 1."""
    small = cover.resize((96, 96), Image.Resampling.BOX).quantize(16)
    table = np.reshape(small.getpalette() or [], (-1, 3)) / 255
    swatches = []
    for index, count in enumerate(small.histogram()[: len(table)]):
        hue, lightness, saturation = colorsys.rgb_to_hls(*table[index])
        swatches.append(_Swatch(hue, lightness, saturation, count / 96**2))
    return swatches


def _appeal(swatch: _Swatch) -> float:
    """Prefer strong colours of middling lightness; how much of the cover they fill counts less."""
    strength = 0.02 + swatch.saturation * (1.1 - abs(swatch.lightness - 0.55))
    return strength * math.pow(swatch.share, 0.3)


def _distance(one: _Swatch, other: _Swatch) -> float:
    """Return how far two hues are apart, 0 to 0.35: past that, further is no better."""
    apart = abs(one.hue - other.hue)
    return min(apart, 1 - apart, 0.35)


def _lifted(swatch: _Swatch) -> Rgb:
    """Return the colour made light enough to read and strong enough to glow."""
    hue, lightness, saturation, _ = swatch
    if saturation > NEUTRAL:
        saturation = min(1.0, max(0.45, saturation * 1.25))
    lightness = min(0.76, max(0.66, lightness))
    red, green, blue = colorsys.hls_to_rgb(hue, lightness, saturation)
    return round(red * 255), round(green * 255), round(blue * 255)
