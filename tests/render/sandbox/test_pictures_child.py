"""What the small pictures show."""

import io

import numpy as np
import pytest
from PIL import Image, ImageDraw

from videos.render.sandbox.pictures import PREVIEW_SIZE
from videos.render.sandbox.pictures_child import (
    MAX_POSTER_BYTES,
    MAX_PREVIEW_BYTES,
    draw_preview,
    make_pictures,
)


def framed(width: int, height: int) -> Image.Image:
    """Return a blue picture with a red frame."""
    picture = Image.new("RGB", (width, height), "#2040c0")
    ImageDraw.Draw(picture).rectangle((0, 0, width - 1, height - 1), outline="#f00000", width=9)
    return picture


@pytest.mark.parametrize(
    ("size", "box"),
    [
        ((720, 1280), (423, 0, 777, 630)),
        ((720, 720), (285, 0, 915, 630)),
        ((2000, 500), (0, 165, 1200, 465)),
    ],
)
def test_a_preview_shows_all_of_a_picture_of_another_shape_before_itself(size, box):
    preview = draw_preview(framed(*size))
    assert preview.size == PREVIEW_SIZE
    left, top, right, bottom = box
    middle = (left + right) // 2, (top + bottom) // 2
    for x, y in ((left + 2, middle[1]), (right - 3, middle[1]), (middle[0], top + 1)):
        red, _green, blue = preview.getpixel((x, y))
        assert red > 2 * blue
    ground = preview.getpixel((5, 5))
    assert sum(ground) > 60  # no black bars


def test_the_preview_of_a_wide_film_fills_the_picture():
    preview = draw_preview(framed(1280, 720))
    red, _green, blue = preview.getpixel((1, 315))
    assert red > 2 * blue  # nothing is cut off at the sides
    assert preview.getpixel((600, 1))[2] > 150  # above, a little is


def test_no_preview_is_larger_than_chats_take():
    noise = np.random.default_rng(1).integers(0, 255, (630, 1200, 3), dtype=np.uint8)
    source = io.BytesIO()
    Image.fromarray(noise).save(source, "JPEG", quality=95)
    source.seek(0)
    assert len(source.getvalue()) > 2 * MAX_PREVIEW_BYTES
    assert len(make_pictures(source).preview) <= MAX_PREVIEW_BYTES


def test_a_poster_full_of_details_is_still_light():
    details = np.random.default_rng(1).integers(0, 255, (23, 40, 3), dtype=np.uint8)
    picture = Image.fromarray(details).resize((1280, 720), Image.Resampling.BICUBIC)
    source, usual = io.BytesIO(), io.BytesIO()
    picture.save(source, "JPEG", quality=95)
    picture.resize((854, 480)).save(usual, "WEBP", quality=64)
    assert len(usual.getvalue()) > MAX_POSTER_BYTES
    source.seek(0)
    assert len(make_pictures(source).poster) <= MAX_POSTER_BYTES
