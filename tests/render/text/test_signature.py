"""The author's name in handwriting."""

import numpy as np
import pytest

from videos.render.layout import get_layout
from videos.render.options import Look, VideoFormat
from videos.render.paint.card import signature_box
from videos.render.text import Typesetter, render_signature

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
    image = render_signature(name, height, width)
    assert image.mode == "RGBA"
    assert image.width <= width
    assert image.height <= 3 * height


def test_it_has_white_ink_over_a_dark_shadow():
    pixels = np.asarray(render_signature("Mira", 60, 400)).astype(int)
    ink = pixels[pixels[..., 3] > 240]
    shadow = pixels[(pixels[..., 3] > 20) & (pixels[..., 3] < 120)]
    assert ink.mean() > 240
    assert shadow[:, :3].mean() < 60


@pytest.mark.parametrize("name", ["Mira", "Ваня", "김민지"])
def test_it_rises_to_the_right(name):
    alpha = np.asarray(render_signature(name * 3, 60, 900))[..., 3]
    half = alpha.shape[1] // 2
    rows = np.arange(alpha.shape[0])[:, None]
    left, right = (
        (rows * side).sum() / side.sum() for side in (alpha[:, :half] > 250, alpha[:, half:] > 250)
    )
    assert right < left - 5


def test_it_is_tight_around_what_is_seen():
    image = render_signature("Mira", 60, 400)
    assert image.getbbox() == (0, 0, *image.size)


@pytest.mark.parametrize("form", list(VideoFormat))
@pytest.mark.parametrize("has_lyrics", [False, True])
def test_a_name_of_fifty_letters_is_signed_whole_in_a_wave(form, has_lyrics, monkeypatch):
    name = "Maximiliane Alexandra von Hohenlohe-Schillingsfürs"
    room = get_layout(form, has_lyrics, Look.WAVE).signature
    drawn = []
    draw = Typesetter.draw
    monkeypatch.setattr(
        Typesetter, "draw", lambda self, *args: drawn.append(args[2]) or draw(self, *args)
    )
    place = signature_box(room, name)
    assert drawn == [name]
    assert place.height >= 40
    assert room.x <= place.x < place.right <= room.right
    assert room.y <= place.y < place.bottom <= room.bottom
