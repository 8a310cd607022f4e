"""The kinds of pixels that decoders return, reduced to five."""

from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from videos.render.covers.modes import simplify_mode


def reopen(image: Image.Image, kind: str, **options: object) -> Image.Image:
    file = BytesIO()
    image.save(file, kind, **options)
    return simplify_mode(Image.open(BytesIO(file.getvalue())), file)


@pytest.mark.parametrize(
    ("mode", "simple"),
    [("1", "L"), ("L", "L"), ("LA", "LA"), ("P", "RGB"), ("RGB", "RGB"), ("RGBA", "RGBA")],
)
def test_a_png_of_each_kind_is_one_of_five(mode, simple):
    assert reopen(Image.new(mode, (4, 4)), "PNG").mode == simple


def test_cmyk_stays():
    assert reopen(Image.new("CMYK", (8, 8)), "JPEG").mode == "CMYK"


def test_sixteen_bits_of_grey_keep_their_shades():
    deep = Image.fromarray(np.array([[0, 257 * 128, 65535]], np.uint16))
    assert np.asarray(reopen(deep, "PNG")).tolist() == [[0, 128, 255]]


def test_one_colour_may_be_transparent():
    red = Image.new("RGB", (1, 1), (255, 0, 0))
    assert reopen(red, "PNG", transparency=(255, 0, 0)).getpixel((0, 0))[3] == 0
    assert reopen(red, "PNG", transparency=(0, 0, 0)).getpixel((0, 0)) == (255, 0, 0, 255)
