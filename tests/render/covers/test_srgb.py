"""Colours of other spaces in sRGB."""

from io import BytesIO

import pytest
from PIL import Image, ImageCms

from videos.render.covers.srgb import find_colours, to_srgb

SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
LAB = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
ORANGE = (250, 150, 90)


def reopen(kind: str, **options: object) -> tuple[Image.Image, BytesIO]:
    file = BytesIO()
    Image.new("RGB", (4, 4), ORANGE).save(file, kind, **options)
    return Image.open(BytesIO(file.getvalue())), file


def test_a_file_that_says_nothing_is_srgb():
    assert find_colours(*reopen("PNG")) is None
    image = Image.new("RGB", (1, 1), ORANGE)
    assert to_srgb(image, None) is image


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_profile_is_what_counts(kind):
    assert find_colours(*reopen(kind, icc_profile=SRGB)) == SRGB


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "LA"])
def test_srgb_itself_changes_nothing_and_transparency_stays(mode):
    image = Image.new("RGBA", (1, 1), (*ORANGE, 77)).convert(mode)
    result = to_srgb(image, SRGB)
    expected = image.convert("RGBA").getpixel((0, 0))
    assert result.convert("RGBA").getpixel((0, 0)) == pytest.approx(expected, abs=2)


@pytest.mark.parametrize("profile", [b"", b"no profile" * 30, LAB])
def test_a_profile_that_cannot_be_used_is_left_out(profile):
    image = Image.new("RGB", (1, 1), ORANGE)
    assert to_srgb(image, profile).getpixel((0, 0)) == ORANGE
