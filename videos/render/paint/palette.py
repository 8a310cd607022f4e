"""The two colours of a film, extracted from its cover: bars, ring, halo and timeline use them."""

import colorsys
import math
from hashlib import blake2b
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from videos.render.paint.yuv import LUMA_WEIGHTS, Pixels

Rgb = tuple[int, int, int]

WHITE: Rgb = (255, 255, 255)
NEUTRAL = 0.08  # a colour less saturated than this stays grey: lifting it would invent a hue

# Of a cover without colours the film gets one of these pairs, chosen by the song's title.
TONES: tuple[tuple[Rgb, Rgb], ...] = (
    ((132, 172, 255), (206, 150, 255)),
    ((110, 214, 240), (132, 150, 255)),
    ((255, 150, 190), (150, 142, 255)),
    ((120, 230, 200), (96, 164, 255)),
    ((222, 150, 255), (255, 142, 180)),
    ((255, 176, 132), (204, 118, 224)),
)
# How much stronger they are in a picture than in bars and rings, and how bright (0 to 255) that is
# at most, on average: in white there would be nothing left of them.
TONE_STRENGTH, MAX_TONED_BRIGHTNESS = 1.2, 150.0

# How far apart red, green and blue are in a cover without colours, as a share of white, on average;
# and in one that has enough of its own.
MAX_GREY_CHROMA, MIN_OWN_CHROMA = 0.03, 0.07


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

    def swap(self) -> "Palette":
        """Return the palette whose colours have changed places."""
        return Palette(self.second, self.first)

    def gradient(self, shares: NDArray[np.floating]) -> NDArray[np.floating]:
        """Return the colours at ``shares`` (0 to 1), an array whose last axis has length 1; in the
        result that axis holds red, green and blue.
        """
        first, second = (np.array(colour, np.float32) for colour in self)
        colours: NDArray[np.floating] = first + (second - first) * shares
        return colours


def extract_palette(cover: Image.Image, title: str = "") -> Palette:
    """Choose two colours of an RGB ``cover`` and make them light enough for a dark background.

    A cover that has none gets two of ``TONES``, always the same ones for the same ``title``.
    """
    swatches = _quantise(cover)
    if all(swatch.chroma < NEUTRAL for swatch in swatches):
        digest = blake2b(title.encode("utf-8", "replace"), digest_size=8).digest()
        return Palette(*TONES[int.from_bytes(digest) % len(TONES)])
    first = max(swatches, key=_appeal)
    second = max(swatches, key=lambda swatch: _appeal(swatch) * (0.25 + _distance(swatch, first)))
    return Palette(_lift(first), _lift(second))


def tone(pixels: Pixels, palette: Palette) -> Pixels:
    """Return RGB ``pixels``, (height, width, 3), in the palette's colours if they have none.

    The more colour a picture has, the less it changes.
    """
    chroma = float((pixels.max(axis=2) - pixels.min(axis=2)).mean()) / 255
    share = (MIN_OWN_CHROMA - chroma) / (MIN_OWN_CHROMA - MAX_GREY_CHROMA)
    if share <= 0:
        return pixels
    height, width, _ = pixels.shape
    across = np.linspace(0, 0.5, width, dtype=np.float32)
    along = (np.linspace(0, 0.5, height, dtype=np.float32)[:, np.newaxis] + across)[..., np.newaxis]
    colours = palette.gradient(along)
    lightness = (colours @ LUMA_WEIGHTS)[..., np.newaxis]
    strong = (lightness + (colours - lightness) * TONE_STRENGTH).clip(0, None)
    luma = (pixels @ LUMA_WEIGHTS)[..., np.newaxis]
    luma *= min(1.0, MAX_TONED_BRIGHTNESS / max(1.0, float(luma.mean())))
    toned = luma * strong / lightness
    mixed: Pixels = pixels + (toned - pixels) * np.float32(min(1.0, share))
    return mixed.clip(0, 255, out=mixed)


class _Swatch(NamedTuple):
    hue: float
    lightness: float
    saturation: float
    share: float
    chroma: float


def _quantise(cover: Image.Image) -> list[_Swatch]:
    """Return the 16 colours that a median cut leaves of ``cover``; all numbers are 0 to 1."""
    small = cover.resize((96, 96), Image.Resampling.BOX).quantize(16)
    table = np.reshape(small.getpalette() or [], (-1, 3)) / 255
    swatches = []
    for index, count in enumerate(small.histogram()[: len(table)]):
        hue, lightness, saturation = colorsys.rgb_to_hls(*table[index])
        chroma = float(np.ptp(table[index]))
        swatches.append(_Swatch(hue, lightness, saturation, count / 96**2, chroma))
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
    hue, lightness, saturation = swatch.hue, swatch.lightness, swatch.saturation
    if saturation > NEUTRAL:
        saturation = min(1.0, max(0.45, saturation * 1.25))
    lightness = min(0.76, max(0.66, lightness))
    red, green, blue = colorsys.hls_to_rgb(hue, lightness, saturation)
    return round(red * 255), round(green * 255), round(blue * 255)
