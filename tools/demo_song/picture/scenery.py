"""The landscape of the cover: sky and moon, hills, and the water that reflects them."""

from typing import Final

import numpy as np

from tools.demo_song.picture.brush import (
    Pixels,
    blend,
    blur,
    make_gradient,
    make_noise,
    parse_colour,
    pixel_grid,
    screen,
    smoothstep,
)

WATERLINE: Final = 0.66
MOON: Final = (0.65, 0.35)
MOON_RADIUS: Final = 0.15

_SKY: Final = (
    (0.00, "041230"), (0.18, "08306a"), (0.36, "17588f"), (0.47, "4f74a0"),
    (0.56, "cf8b80"), (0.66, "ffc07a"),
)  # fmt: skip


def paint_sky(size: int) -> Pixels:
    """Return a sky at dusk with thin clouds and a big low moon."""
    x, y = pixel_grid(size)
    picture = make_gradient(y + 0.02 * (make_noise(4 * x, 4 * y, 1) - 0.5), _SKY)
    away = np.hypot(x - MOON[0], y - MOON[1])
    picture = screen(picture, np.exp(-((away / 0.40) ** 2))[..., None] * parse_colour("10405c"))
    picture = screen(
        picture, np.exp(-((away / 0.215) ** 2))[..., None] * parse_colour("e0a05a") * 0.85
    )
    picture = blend(picture, _paint_moon(x, y), smoothstep(MOON_RADIUS - away, -0.0012, 0.0012))
    return _paint_clouds(picture, x, y, away)


def paint_stars(picture: Pixels) -> Pixels:
    """Return the picture with stars where its upper half is dark."""
    size = picture.shape[0]
    _x, y = pixel_grid(size)
    random = np.random.default_rng(21)
    light = np.zeros_like(y)
    for _star in range(190):
        across, down, bright = random.random(), random.random() ** 1.6 * 0.5, random.random() ** 4
        light[int(down * size), int(across * size)] += 0.12 + 0.8 * bright
    glow = (9 * blur(light, 0.0009) + 25 * blur(light, 0.003)) * (size / 1024) ** 2
    dark = smoothstep(picture.max(axis=2), 0.62, 0.40) * smoothstep(y, 0.5, 0.2)
    return screen(picture, (glow * dark)[..., None] * parse_colour("e9ecff"))


def _paint_moon(x: Pixels, y: Pixels) -> Pixels:
    """Return the face of the moon: maria, and warmer colours at its edge."""
    u, v = (x - MOON[0]) / MOON_RADIUS, (y - MOON[1]) / MOON_RADIUS
    seas = smoothstep(make_noise(1.5 * u + 8, 1.5 * v + 3, 6, 4), 0.5, 0.72)
    face = make_gradient(
        np.hypot(u + 0.18, v + 0.2), ((0.0, "fffbe6"), (0.7, "ffeebb"), (1.2, "f8c98a"))
    )
    return blend(face, np.broadcast_to(parse_colour("dfae86"), face.shape), 0.42 * seas)


def _paint_clouds(picture: Pixels, x: Pixels, y: Pixels, away: Pixels) -> Pixels:
    """Return the picture with long thin clouds, bright near the moon."""
    drift = make_noise(2.2 * x + 0.5 * make_noise(3 * x, 9 * y, 4), 11 * y, 12, 6)
    veil = smoothstep(drift, 0.52, 0.74) * smoothstep(y, 0.02, 0.3) * smoothstep(y, 0.66, 0.5)
    lit = np.exp(-((away / 0.26) ** 2))
    body = blend(
        make_gradient(y, ((0.1, "124074"), (0.4, "4478a4"), (0.60, "e89a7c"))),
        np.broadcast_to(parse_colour("ffd9a8"), picture.shape),
        0.75 * lit,
    )
    return blend(picture, body, veil * (0.78 - 0.25 * lit))


def paint_hills(picture: Pixels) -> Pixels:
    """Return the picture with three ridges, the nearer the darker, with mist at the bottom."""
    x, y = pixel_grid(picture.shape[0])
    ridges = ((0.50, 0.13, 31, "4f7aa6"), (0.555, 0.10, 33, "2a5488"), (0.60, 0.07, 36, "173866"))
    for base, height, seed, code in ridges:
        edge = base - height * (make_noise(4.5 * x[:1], 0 * x[:1], seed, 6) - 0.42)
        mask = smoothstep(y - edge, 0, 0.003) * (y < WATERLINE)
        mist = smoothstep(y, 0.49, WATERLINE)[..., None] * 0.72
        body = parse_colour(code) * (1 - mist) + parse_colour("eda07c") * mist
        picture = blend(picture, np.broadcast_to(body, picture.shape), mask)
    return picture


def paint_water(above: Pixels) -> Pixels:
    """Return the picture with the river: the reflection of the upper part, distorted by waves."""
    size = above.shape[0]
    x, y = pixel_grid(size)
    depth = np.clip(y - WATERLINE, 0, 1)
    row = 1.0 / (depth + 0.035)
    wave = make_noise(5 * x * (0.4 + 0.035 * row), 2.6 * row, 51, 4) - 0.5
    swell = make_noise(9 * x * (0.4 + 0.035 * row) + 5, 4.5 * row, 52, 3) - 0.5
    from_x = x + wave * (0.012 + 0.14 * depth) + swell * (0.006 + 0.05 * depth)
    from_y = WATERLINE - depth * 1.32 + swell * (0.01 + 0.34 * depth)
    column = np.clip(from_x * size, 0, size - 1).astype(int)
    line = np.clip(np.minimum(from_y, WATERLINE - 0.002) * size, 0, size - 1).astype(int)
    mirrored = above[line, column]
    deep = make_gradient(y, ((WATERLINE, "2c5a86"), (0.8, "0a2c5c"), (1.0, "030d28")))
    clear = 0.90 - 0.30 * smoothstep(depth, 0, 0.34)
    mirrored = screen(mirrored * clear[..., None], 0.42 * deep)
    glint = smoothstep(wave + swell, 0.16, 0.34) * smoothstep(depth, 0, 0.05)
    mirrored = screen(mirrored, (0.12 * glint)[..., None] * parse_colour("7fb4e8"))
    mirrored = _paint_reflection(mirrored, x, depth, row)
    return blend(above, np.clip(mirrored, 0, 1), smoothstep(y - WATERLINE, -0.0005, 0.0015))


def _paint_reflection(picture: Pixels, x: Pixels, depth: Pixels, row: Pixels) -> Pixels:
    """Return the picture with the moon's reflection: glints that are longer in the foreground."""
    chop = make_noise(30 * (x - MOON[0]) * (0.25 + 0.03 * row), 6.5 * row, 61, 3)
    path = np.exp(-(((x - MOON[0]) / (0.045 + 0.32 * depth)) ** 2))
    glints = smoothstep(chop + 0.22 * path, 0.70, 0.80) * path * smoothstep(depth, 0.0, 0.02)
    shine = 0.30 * path * smoothstep(depth, 0.0, 0.1)
    picture = screen(picture, shine[..., None] * parse_colour("c98a50"))
    return screen(picture, (0.95 * glints)[..., None] * parse_colour("ffe3a6"))
