"""The author's name as if signed by hand."""

import numpy as np
import pytest

from videos.render.text import signature

NAMES = [
    "Mira Solène",
    "Ваня Ёжиков",
    "花と蝶",
    "مريم",
    "שירה",
    "김민지",
    "DJ 🎧",
    "W" * 50,
    "😀" * 50,
    "",
]


@pytest.mark.parametrize("name", [*NAMES, "W" * 50, "😀" * 50, ""])
@pytest.mark.parametrize(("height", "width"), [(60, 380), (24, 90)])
def test_it_is_never_wider_than_it_may_be(name, height, width):
    image = signature(name, height, width)
    assert image.mode == "RGBA"
    assert image.width <= width
    assert image.height <= 3 * height


def test_it_has_white_ink_over_a_dark_shadow():
    pixels = np.asarray(signature("Mira", 60, 400)).astype(int)
    ink = pixels[pixels[..., 3] > 240]
    shadow = pixels[(pixels[..., 3] > 20) & (pixels[..., 3] < 120)]
    assert ink.mean() > 240
    assert shadow[:, :3].mean() < 60


@pytest.mark.parametrize("name", ["Mira", "Ваня", "김민지"])
def test_it_rises_to_the_right(name):
    alpha = np.asarray(signature(name * 3, 60, 900))[..., 3]
    half = alpha.shape[1] // 2
    rows = np.arange(alpha.shape[0])[:, None]
    left, right = (
        (rows * side).sum() / side.sum() for side in (alpha[:, :half] > 250, alpha[:, half:] > 250)
    )
    assert right < left - 5


def test_it_is_tight_around_what_is_seen():
    image = signature("Mira", 60, 400)
    assert image.getbbox() == (0, 0, *image.size)
