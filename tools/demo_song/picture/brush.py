"""The painter's tools: colours, gradients, noise, masks and blur.

A picture is `(size, size, 3)` float64 from 0 to 1; a mask is `(size, size)`; places are fractions
of the picture's side, so that everything can be drawn at any size.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw

Pixels = npt.NDArray[np.float64]
Point = tuple[float, float]

OVERSAMPLING: Final = 3


def colour(code: str) -> Pixels:
    """A colour from its six hexadecimal digits."""
    return np.frombuffer(bytes.fromhex(code), dtype=np.uint8) / 255


def grid(size: int) -> tuple[Pixels, Pixels]:
    """The x and y of every pixel's centre."""
    line = (np.arange(size) + 0.5) / size
    x, y = np.meshgrid(line, line)
    return x, y


def gradient(position: Pixels, stops: Sequence[tuple[float, str]]) -> Pixels:
    """A picture whose colour depends on `position`, smooth between stops `(position, colour)`."""
    places = [place for place, _ in stops]
    colours = np.array([colour(code) for _, code in stops])
    return np.stack([np.interp(position, places, colours[:, i]) for i in range(3)], axis=-1)


def blend(under: Pixels, over: Pixels, mask: Pixels) -> Pixels:
    """`over` laid on `under` where the mask is 1."""
    return under + (over - under) * mask[..., None]


def screen(under: Pixels, light: Pixels) -> Pixels:
    """Light added to a picture as a second exposure would add it: it never burns out."""
    return 1 - (1 - under) * (1 - np.clip(light, 0, 1))


def noise(x: Pixels, y: Pixels, seed: int, octaves: int = 5) -> Pixels:
    """Smooth cloudy noise from 0 to 1, with features about one unit wide and finer ones in them."""
    table = np.random.default_rng(seed).random((64, 64))
    total = np.zeros(np.broadcast_shapes(x.shape, y.shape))
    for octave in range(octaves):
        u, v = x * 2**octave + 17.3 * octave, y * 2**octave + 9.1 * octave
        column, row = np.floor(u).astype(int), np.floor(v).astype(int)
        a, b = _smooth(u - column), _smooth(v - row)
        top = _lerp(table[row % 64, column % 64], table[row % 64, (column + 1) % 64], a)
        row = row + 1
        bottom = _lerp(table[row % 64, column % 64], table[row % 64, (column + 1) % 64], a)
        total += _lerp(top, bottom, b) * 0.5**octave
    return total / (2 - 0.5 ** (octaves - 1))


def _smooth(t: Pixels) -> Pixels:
    return t * t * (3 - 2 * t)


def _lerp(a: Pixels, b: Pixels, t: Pixels) -> Pixels:
    return a + (b - a) * t


def ramp(value: Pixels, low: float, high: float) -> Pixels:
    """0 below `low`, 1 above `high`, smooth between; `high` may be the lower one."""
    return _smooth(np.clip((value - low) / (high - low), 0, 1))


class Stencil:
    """A mask that is drawn with shapes, finer than the picture so that its edges are smooth."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.scale = size * OVERSAMPLING
        self.image = Image.new("L", (self.scale, self.scale))
        self.draw = ImageDraw.Draw(self.image)

    def polygon(self, points: Sequence[Point], fill: int = 255) -> None:
        """A filled polygon."""
        self.draw.polygon([(x * self.scale, y * self.scale) for x, y in points], fill=fill)

    def box(self, left: float, top: float, right: float, bottom: float, fill: int = 255) -> None:
        """A filled rectangle."""
        self.polygon([(left, top), (right, top), (right, bottom), (left, bottom)], fill)

    def ellipse(self, centre: Point, width: float, height: float, fill: int = 255) -> None:
        """A filled ellipse of half a width and half a height."""
        (x, y), k = centre, self.scale
        box = ((x - width) * k, (y - height) * k, (x + width) * k, (y + height) * k)
        self.draw.ellipse(box, fill=fill)

    def line(self, points: Sequence[Point], width: float, fill: int = 255) -> None:
        """A line with round joints and ends."""
        places = [(x * self.scale, y * self.scale) for x, y in points]
        self.draw.line(places, fill=fill, width=max(1, round(width * self.scale)), joint="curve")
        for end in (points[0], points[-1]):
            self.ellipse(end, width / 2, width / 2, fill)

    @property
    def mask(self) -> Pixels:
        """What has been drawn, from 0 to 1."""
        small = self.image.resize((self.size, self.size), Image.Resampling.BOX)
        return np.asarray(small, dtype=np.float64) / 255


def blurred(picture: Pixels, radius: float) -> Pixels:
    """A picture or mask through a Gaussian blur; the radius is a fraction of its side."""
    if picture.ndim == 3:
        return np.stack([blurred(picture[..., i], radius) for i in range(3)], axis=-1)
    sigma = radius * picture.shape[0]
    margin = min(picture.shape[0] - 1, int(3 * sigma) + 1)
    padded = np.pad(picture, margin, mode="reflect")
    across = np.fft.rfftfreq(padded.shape[1])
    down = np.fft.fftfreq(padded.shape[0])[:, None]
    transfer = np.exp(-2 * (np.pi * sigma) ** 2 * (across**2 + down**2))
    soft = np.fft.irfft2(np.fft.rfft2(padded) * transfer, padded.shape)
    return soft[margin:-margin, margin:-margin]
