"""Colours: a palette taken from a picture, and the way from RGB into a film's planes."""

import colorsys
import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Rgb = tuple[int, int, int]
Pixels = NDArray[np.floating]
"""RGB as (height, width, 3), 0 to 255."""

Plane = NDArray[np.uint8]

BT709 = np.array([0.2126, 0.7152, 0.0722], np.float32)
"""What red, green and blue give to the lightness, by ITU-R BT.709."""

AS_BT709 = 1
AS_LIMITED = 1
"""FFmpeg's numbers for what `to_yuv` makes: primaries, transfer and matrix, and their range."""

WHITE: Rgb = (255, 255, 255)
NEUTRAL = 0.08
"""A colour less saturated than this stays grey: lifting it would invent a hue."""


class Yuv(NamedTuple):
    """A picture in YUV 4:2:0: (height, width), and twice half of both."""

    y: Plane
    u: Plane
    v: Plane


class Palette(NamedTuple):
    """Two readable colours of a cover: its own, and a second that differs in hue if it can."""

    first: Rgb
    second: Rgb

    def between(self, share: float) -> Rgb:
        """Return the colour at `share` (0 to 1) of the way from the first to the second."""
        pairs = zip(self.first, self.second, strict=True)
        red, green, blue = (round(a + (b - a) * share) for a, b in pairs)
        return red, green, blue


def to_yuv(pixels: Pixels) -> Yuv:
    """Turn RGB of even size into BT.709 of limited range; chroma is the mean of 2 × 2 pixels."""
    lightness = pixels @ BT709
    blue = (pixels[..., 2] - lightness) * (224 / 255 / 1.8556)
    red = (pixels[..., 0] - lightness) * (224 / 255 / 1.5748)
    return Yuv(
        _to_bytes(16 + lightness * (219 / 255)),
        _to_bytes(128 + _halved(blue)),
        _to_bytes(128 + _halved(red)),
    )


def to_picture(yuv: Yuv) -> Image.Image:
    """Turn what `to_yuv` made back into RGB.

    FFmpeg could too, but its threads would stay, and with them there is no safe fork.
    """
    height, width = yuv.y.shape
    lightness = (yuv.y.astype(np.float32) - 16) * (255 / 219)
    blue, red = (
        np.asarray(
            Image.fromarray(chroma).resize((width, height), Image.Resampling.BILINEAR), np.float32
        )
        for chroma in (yuv.u, yuv.v)
    )
    pixels = np.empty((height, width, 3), np.float32)
    pixels[..., 2] = lightness + (blue - 128) * (255 / 224 * 1.8556)
    pixels[..., 0] = lightness + (red - 128) * (255 / 224 * 1.5748)
    pixels[..., 1] = lightness - pixels[..., 0] * BT709[0] - pixels[..., 2] * BT709[2]
    pixels[..., 1] /= BT709[1]
    return Image.fromarray(_to_bytes(pixels))


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


def _halved(plane: Pixels) -> Pixels:
    rows = plane[::2] + plane[1::2]
    halved: Pixels = (rows[:, ::2] + rows[:, 1::2]) / 4
    return halved


def _to_bytes(plane: Pixels) -> Plane:
    return np.rint(plane).clip(0, 255).astype(np.uint8)
