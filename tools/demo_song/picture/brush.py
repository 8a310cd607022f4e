"""Tools for painting: colours, gradients, noise, masks and blur.

A picture is ``(size, size, 3)`` float64 from 0 to 1; a mask is ``(size, size)``. Positions are
fractions of the picture's side, so that everything can be drawn at any size.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw

Pixels = npt.NDArray[np.float64]
Point = tuple[float, float]

OVERSAMPLING: Final = 3


def parse_colour(code: str) -> Pixels:
    """Return a colour, ``(3,)``, from its six hexadecimal digits."""
    return np.frombuffer(bytes.fromhex(code), dtype=np.uint8) / 255


def pixel_grid(size: int) -> tuple[Pixels, Pixels]:
    """Return the x and the y of the centre of every pixel."""
    line = (np.arange(size) + 0.5) / size
    x, y = np.meshgrid(line, line)
    return x, y


def make_gradient(position: Pixels, stops: Sequence[tuple[float, str]]) -> Pixels:
    """Return a picture whose colour depends on ``position``, between stops (position, colour)."""
    places = [place for place, _ in stops]
    colours = np.array([parse_colour(code) for _, code in stops])
    return np.stack([np.interp(position, places, colours[:, i]) for i in range(3)], axis=-1)


def blend(under: Pixels, over: Pixels, mask: Pixels) -> Pixels:
    """Return ``over`` on ``under``, through ``mask`` (0 to 1)."""
    return under + (over - under) * mask[..., None]


def screen(under: Pixels, light: Pixels) -> Pixels:
    """Return a picture with light added by the blend mode "screen", which does not clip."""
    return 1 - (1 - under) * (1 - np.clip(light, 0, 1))


def make_noise(x: Pixels, y: Pixels, seed: int, octaves: int = 5) -> Pixels:
    """Return fractal value noise from 0 to 1; its largest features are about one unit wide."""
    table = np.random.default_rng(seed).random((64, 64))
    total = np.zeros(np.broadcast_shapes(x.shape, y.shape))
    for octave in range(octaves):
        u, v = x * 2**octave + 17.3 * octave, y * 2**octave + 9.1 * octave
        column, row = np.floor(u).astype(int), np.floor(v).astype(int)
        a, b = _ease(u - column), _ease(v - row)
        top = _lerp(table[row % 64, column % 64], table[row % 64, (column + 1) % 64], a)
        row = row + 1
        bottom = _lerp(table[row % 64, column % 64], table[row % 64, (column + 1) % 64], a)
        total += _lerp(top, bottom, b) * 0.5**octave
    return total / (2 - 0.5 ** (octaves - 1))


def _ease(t: Pixels) -> Pixels:
    return t * t * (3 - 2 * t)


def _lerp(a: Pixels, b: Pixels, t: Pixels) -> Pixels:
    return a + (b - a) * t


def smoothstep(value: Pixels, low: float, high: float) -> Pixels:
    """Return 0 at ``low``, 1 at ``high``, and smooth values between; ``low`` may be the larger."""
    return _ease(np.clip((value - low) / (high - low), 0, 1))


class Stencil:
    """A mask that is drawn with shapes, oversampled so that its edges are smooth."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.scale = size * OVERSAMPLING
        self.image = Image.new("L", (self.scale, self.scale))
        self.draw = ImageDraw.Draw(self.image)

    def polygon(self, points: Sequence[Point], fill: int = 255) -> None:
        """Draw a filled polygon."""
        self.draw.polygon([(x * self.scale, y * self.scale) for x, y in points], fill=fill)

    def box(self, left: float, top: float, right: float, bottom: float, fill: int = 255) -> None:
        """Draw a filled rectangle."""
        self.polygon([(left, top), (right, top), (right, bottom), (left, bottom)], fill)

    def ellipse(self, centre: Point, width: float, height: float, fill: int = 255) -> None:
        """Draw a filled ellipse; ``width`` and ``height`` are its radii."""
        (x, y), k = centre, self.scale
        box = ((x - width) * k, (y - height) * k, (x + width) * k, (y + height) * k)
        self.draw.ellipse(box, fill=fill)

    def line(self, points: Sequence[Point], width: float, fill: int = 255) -> None:
        """Draw a line with round joints and ends."""
        places = [(x * self.scale, y * self.scale) for x, y in points]
        self.draw.line(places, fill=fill, width=max(1, round(width * self.scale)), joint="curve")
        for end in (points[0], points[-1]):
            self.ellipse(end, width / 2, width / 2, fill)

    @property
    def mask(self) -> Pixels:
        """The mask at the picture's size, from 0 to 1."""
        small = self.image.resize((self.size, self.size), Image.Resampling.BOX)
        return np.asarray(small, dtype=np.float64) / 255


def blur(picture: Pixels, radius: float) -> Pixels:
    """Return a picture or mask after a Gaussian blur; ``radius`` is a fraction of its side."""
    if picture.ndim == 3:
        return np.stack([blur(picture[..., i], radius) for i in range(3)], axis=-1)
    sigma = radius * picture.shape[0]
    margin = min(picture.shape[0] - 1, int(3 * sigma) + 1)
    padded = np.pad(picture, margin, mode="reflect")
    across = np.fft.rfftfreq(padded.shape[1])
    down = np.fft.fftfreq(padded.shape[0])[:, None]
    transfer = np.exp(-2 * (np.pi * sigma) ** 2 * (across**2 + down**2))
    soft = np.fft.irfft2(np.fft.rfft2(padded) * transfer, padded.shape)
    return soft[margin:-margin, margin:-margin]
