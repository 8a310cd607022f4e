"""Colour spaces that are named by numbers instead of a profile, and their conversion to sRGB.

The numbers are those of ITU-T H.273 (tables 2 and 3). High dynamic range is brought to that of a
film: up to three quarters of paper white nothing changes, what is lighter is pressed together.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Floats = NDArray[np.floating]
Chromaticities = tuple[float, ...]  # x and y of white, red, green and blue

D65 = (0.3127, 0.3290)
SRGB: Chromaticities = (*D65, 0.64, 0.33, 0.30, 0.60, 0.15, 0.06)
PRIMARIES: dict[int, Chromaticities] = {
    4: (0.310, 0.316, 0.67, 0.33, 0.21, 0.71, 0.14, 0.08),
    5: (*D65, 0.64, 0.33, 0.29, 0.60, 0.15, 0.06),
    6: (*D65, 0.630, 0.340, 0.310, 0.595, 0.155, 0.070),
    7: (*D65, 0.630, 0.340, 0.310, 0.595, 0.155, 0.070),
    9: (*D65, 0.708, 0.292, 0.170, 0.797, 0.131, 0.046),
    11: (0.314, 0.351, 0.680, 0.320, 0.265, 0.690, 0.150, 0.060),
    12: (*D65, 0.680, 0.320, 0.265, 0.690, 0.150, 0.060),
    22: (*D65, 0.630, 0.340, 0.295, 0.605, 0.155, 0.077),
}
GAMMAS = {4: 2.2, 5: 2.8, 8: 1.0}
PQ, HLG = 16, 18
PAPER_WHITE, HLG_PEAK = 203.0, 1000.0  # candela per square metre (ITU-R BT.2408)

KNEE = 0.75  # of paper white: lighter colours of high dynamic range are pressed together
SRGB_GAMMA, GAMMA_TOLERANCE = 1 / 2.2, 0.05  # as in libpng: what differs by less is the same
CHROMATICITY_TOLERANCE = 0.005
MIN_GAMMA, MAX_GAMMA = 0.1, 3.0  # of a PNG: others are mistakes
ROWS = 256  # that are converted at once
BRADFORD = np.array(
    ((0.8951, 0.2664, -0.1614), (-0.7502, 1.7135, 0.0367), (0.0389, -0.0685, 1.0296))
)


@dataclass(frozen=True)
class ColourSpace:
    """``light`` is the linear light of each of 256 values, 1 for white; ``matrix`` makes sRGB's."""

    light: Floats
    matrix: Floats
    is_hdr: bool = False
    is_hlg: bool = False


def from_code_points(primaries: int, transfer: int) -> ColourSpace | None:
    """Return the colour space that two code points name, None for sRGB and what is like it."""
    chromaticities = PRIMARIES.get(primaries, SRGB)
    values = np.linspace(0, 1, 256)
    if transfer == PQ:
        return ColourSpace(_decode_pq(values), _matrix(chromaticities), is_hdr=True)
    if transfer == HLG:
        light = _decode_hlg(values)
        return ColourSpace(light, _matrix(chromaticities), is_hdr=True, is_hlg=True)
    if transfer in GAMMAS:
        return ColourSpace(values ** GAMMAS[transfer], _matrix(chromaticities))
    if chromaticities == SRGB:
        return None
    return ColourSpace(_decode_srgb(values), _matrix(chromaticities))


def from_gamma(
    gamma: float | None, chromaticities: Chromaticities | None = None
) -> ColourSpace | None:
    """Return the colour space of a PNG's chunks gAMA and cHRM, None for sRGB and for mistakes."""
    if gamma is None or not MIN_GAMMA < gamma < MAX_GAMMA:
        return None
    values = np.linspace(0, 1, 256)
    is_srgb_gamma = abs(gamma / SRGB_GAMMA - 1) < GAMMA_TOLERANCE
    light = _decode_srgb(values) if is_srgb_gamma else values ** (1 / gamma)
    corners = chromaticities or SRGB
    if np.allclose(corners, SRGB, rtol=0, atol=CHROMATICITY_TOLERANCE):
        return None if is_srgb_gamma else ColourSpace(light, np.eye(3))
    try:
        matrix = _matrix(corners)
    except (np.linalg.LinAlgError, ZeroDivisionError):
        return None
    return ColourSpace(light, matrix) if np.abs(matrix).max() < 10 else None


def convert(image: Image.Image, space: ColourSpace) -> Image.Image:
    """Return an RGB picture of that colour space in sRGB."""
    pixels = np.asarray(image)
    light, matrix = space.light.astype(np.float32), space.matrix.T.astype(np.float32)
    encode = np.rint(_encode_srgb(np.linspace(0, 1, 1 << 14)) * 255).astype(np.uint8)
    result = np.empty_like(pixels)
    for row in range(0, len(pixels), ROWS):
        part = light[pixels[row : row + ROWS]]
        if space.is_hlg:
            part = _apply_hlg_system_gamma(part)
        part = part @ matrix
        if space.is_hdr:
            part = _press_highlights(part)
        steps = np.rint(part.clip(0, 1) * (len(encode) - 1)).astype(np.uint16)
        result[row : row + ROWS] = encode[steps]
    return Image.fromarray(result)


def _matrix(chromaticities: Chromaticities) -> Floats:
    """Return what makes linear sRGB of linear light with these primaries."""
    to_xyz, white = _to_xyz(chromaticities)
    srgb_to_xyz, srgb_white = _to_xyz(SRGB)
    adaption = np.diag((BRADFORD @ srgb_white) / (BRADFORD @ white))
    adapted: Floats = np.linalg.inv(BRADFORD) @ adaption @ BRADFORD @ to_xyz
    return np.linalg.inv(srgb_to_xyz) @ adapted


def _to_xyz(chromaticities: Chromaticities) -> tuple[Floats, Floats]:
    """Return the matrix from linear light to CIE XYZ, and the white in it."""
    points = [(x / y, 1, (1 - x - y) / y) for x, y in np.reshape(chromaticities, (4, 2)).tolist()]
    white, primaries = np.array(points[0]), np.array(points[1:]).T
    return primaries * np.linalg.solve(primaries, white), white


def _decode_srgb(values: Floats) -> Floats:
    return np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)


def _encode_srgb(light: Floats) -> Floats:
    return np.where(light <= 0.0031308, light * 12.92, 1.055 * light ** (1 / 2.4) - 0.055)


def _decode_pq(values: Floats) -> Floats:
    """Return light in units of paper white (SMPTE ST 2084)."""
    power = values ** (1 / 78.84375)
    light: Floats = (power - 0.8359375).clip(0) / (18.8515625 - 18.6875 * power)
    return light ** (1 / 0.1593017578125) * (10_000 / PAPER_WHITE)


def _decode_hlg(values: Floats) -> Floats:
    """Return the light of the scene, 0 to 1 (ITU-R BT.2100)."""
    high = (np.exp((values - 0.55991073) / 0.17883277) + 0.28466892) / 12
    return np.where(values <= 0.5, values**2 / 3, high)


def _apply_hlg_system_gamma(light: Floats) -> Floats:
    """Return the light of a screen in units of paper white (ITU-R BT.2100)."""
    luma = light @ np.array((0.2627, 0.6780, 0.0593), np.float32)
    result: Floats = light * (luma**0.2 * np.float32(HLG_PEAK / PAPER_WHITE))[..., np.newaxis]
    return result


def _press_highlights(light: Floats) -> Floats:
    """Return light of which nothing is brighter than white; hues stay."""
    highest = np.maximum(light.max(axis=2, keepdims=True), 1e-6)
    over = (highest - KNEE).clip(0, None) / (1 - KNEE)
    pressed = np.minimum(highest, KNEE) + (1 - KNEE) * (1 - np.exp(-over))
    result: Floats = light * (pressed / highest)
    return result
