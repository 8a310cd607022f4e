"""Pictures in YUV 4:2:0: conversion from and to RGB by BT.709, and fixed-point alpha blending."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Pixels = NDArray[np.floating]  # RGB, (height, width, 3), 0 to 255
Plane = NDArray[np.uint8]
Int16Plane = NDArray[np.int16]  # a plane with room to calculate in, or an alpha mask for one

# What red, green and blue contribute to the luma, by ITU-R BT.709.
LUMA_WEIGHTS = np.array([0.2126, 0.7152, 0.0722], np.float32)

# FFmpeg's numbers for what ``to_yuv`` makes: the primaries, transfer and matrix, and their range.
FFMPEG_BT709 = 1
FFMPEG_LIMITED_RANGE = 1

OPAQUE = 128  # the alpha of full ink: with it no difference between two pixels leaves 16 bits
WHITE_YUV = (235, 128, 128)


class Yuv(NamedTuple):
    """A picture in YUV 4:2:0: Y as (height, width), U and V with half of both."""

    y: Plane
    u: Plane
    v: Plane


def to_yuv(pixels: Pixels) -> Yuv:
    """Convert RGB of even size to BT.709, limited range; chroma is the mean of 2 × 2 pixels."""
    luma = pixels @ LUMA_WEIGHTS
    blue = (pixels[..., 2] - luma) * (224 / 255 / 1.8556)
    red = (pixels[..., 0] - luma) * (224 / 255 / 1.5748)
    return Yuv(
        _to_bytes(16 + luma * (219 / 255)),
        _to_bytes(128 + _halve(blue)),
        _to_bytes(128 + _halve(red)),
    )


def to_image(yuv: Yuv) -> Image.Image:
    """Convert what ``to_yuv`` made back to an RGB image.

    FFmpeg could too, but its threads would stay alive, and with them there is no safe fork.
    """
    height, width = yuv.y.shape
    luma = (yuv.y.astype(np.float32) - 16) * (255 / 219)
    blue, red = (
        np.asarray(
            Image.fromarray(chroma).resize((width, height), Image.Resampling.BILINEAR), np.float32
        )
        for chroma in (yuv.u, yuv.v)
    )
    pixels = np.empty((height, width, 3), np.float32)
    pixels[..., 2] = luma + (blue - 128) * (255 / 224 * 1.8556)
    pixels[..., 0] = luma + (red - 128) * (255 / 224 * 1.5748)
    pixels[..., 1] = luma - pixels[..., 0] * LUMA_WEIGHTS[0] - pixels[..., 2] * LUMA_WEIGHTS[2]
    pixels[..., 1] /= LUMA_WEIGHTS[1]
    return Image.fromarray(_to_bytes(pixels))


def _halve(plane: Pixels) -> Pixels:
    rows = plane[::2] + plane[1::2]
    halved: Pixels = (rows[:, ::2] + rows[:, 1::2]) / 4
    return halved


def _to_bytes(plane: Pixels) -> Plane:
    return np.rint(plane).clip(0, 255).astype(np.uint8)


def to_int16(planes: Yuv) -> list[Int16Plane]:
    """Return the planes with room to calculate in."""
    return [plane.astype(np.int16) for plane in planes]


def compute_gains(target: Pixels, ground: list[Int16Plane]) -> list[Int16Plane]:
    """Return what each plane of ``ground`` gains to become the RGB ``target`` of the same size."""
    return [plane - before for plane, before in zip(to_yuv(target), ground, strict=True)]


def compute_white_gains(ground: list[Int16Plane]) -> list[Int16Plane]:
    """Return what each plane of ``ground`` gains to become white."""
    return [np.int16(white) - plane for plane, white in zip(ground, WHITE_YUV, strict=True)]


def compute_colour_gains(
    colour: tuple[int, int, int], ground: list[Int16Plane]
) -> list[Int16Plane]:
    """Return what each plane of ``ground`` gains to become one RGB ``colour``."""
    target = to_yuv(np.full((2, 2, 3), colour, np.float32))
    return [np.int16(plane[0, 0]) - before for plane, before in zip(target, ground, strict=True)]


def halve_alpha(alpha: Int16Plane) -> Int16Plane:
    """Return the alpha (0 to ``OPAQUE``) of the chroma of a mask of even size."""
    rows = alpha[::2] + alpha[1::2]
    halved: Int16Plane = rows[:, ::2] + rows[:, 1::2]
    halved >>= 2
    return halved


def blend_inks(
    ground: Int16Plane,
    gain: Int16Plane,
    alpha: Int16Plane,
    other_gain: Int16Plane,
    other_alpha: Int16Plane,
) -> Plane:
    """Return ``ground`` plus each alpha of its gain; both together are at most ``OPAQUE``."""
    mixed = gain * alpha
    mixed += other_gain * other_alpha
    mixed += OPAQUE // 2
    mixed >>= 7
    mixed += ground
    return mixed.astype(np.uint8)


def blend(ground: Int16Plane, gain: Int16Plane, alpha: NDArray[np.integer]) -> Plane:
    """Return ``ground`` plus ``alpha``, 0 to ``OPAQUE``, of its ``gain``."""
    mixed = gain * alpha.view(np.int16)
    mixed += OPAQUE // 2
    mixed >>= 7
    mixed += ground
    return mixed.astype(np.uint8)


def blend_white(plane: int, ground: Int16Plane, alpha: Int16Plane) -> Plane:
    """Return pixels of the plane with this number (0 to 2), blended with white by ``alpha``."""
    return blend(ground, np.int16(WHITE_YUV[plane]) - ground, alpha)


def compute_disc_alpha(
    radius: float, x: float, y: float, width: int, height: int
) -> tuple[Int16Plane, Int16Plane, Int16Plane]:
    """Return the alpha of a disc around column ``x`` and row ``y``, one mask for each of the three
    planes of a picture of that even size.
    """
    columns, rows = np.arange(width) + 0.5, np.arange(height)[:, np.newaxis] + 0.5
    coverage = (radius - np.hypot(columns - x, rows - y) + 0.5).clip(0, 1) * OPAQUE
    halved = coverage.reshape(height // 2, 2, width // 2, 2).mean(axis=(1, 3))
    luma, chroma = (np.rint(alpha).astype(np.int16) for alpha in (coverage, halved))
    return luma, chroma, chroma


def mix(one: Plane, other: Plane, share: int) -> Plane:
    """Return a plane with ``share``, 0 to ``OPAQUE``, of the ``other`` in it."""
    mixed: NDArray[np.uint16] = one.astype(np.uint16)
    mixed *= np.uint16(OPAQUE - share)
    mixed += other * np.uint16(share)
    mixed += np.uint16(OPAQUE // 2)
    mixed >>= np.uint16(7)
    return mixed.astype(np.uint8)


def mix_pictures(one: Yuv, other: Yuv, share: int) -> Yuv:
    """Return a picture with ``share``, 0 to ``OPAQUE``, of the ``other`` in it."""
    return Yuv(*(mix(plane, more, share) for plane, more in zip(one, other, strict=True)))
