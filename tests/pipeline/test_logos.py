"""Storing logos."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from tests.factories import a_user
from videos.models import Asset
from videos.pipeline.logos import store_logo
from videos.render.errors import LogoError

pytestmark = pytest.mark.django_db


def logo(colour: tuple[int, ...] = (255, 200, 0, 128), format: str = "PNG") -> SimpleUploadedFile:
    """Return the upload of a logo of 40 × 20 pixels with a transparent border."""
    image, target = Image.new("RGBA", (60, 40)), BytesIO()
    image.paste(colour, (10, 10, 50, 30))
    image.save(target, format, lossless=True)
    return SimpleUploadedFile(f"logo.{format.lower()}", target.getvalue())


@pytest.mark.parametrize("format", ["PNG", "WEBP"])
def test_a_logo_becomes_a_png_with_its_transparency_and_is_stored_once(format):
    owner = a_user()
    first, again = (store_logo(owner, logo(format=format)) for _ in range(2))
    assert first == again
    assert (first.kind, first.width, first.height) == ("logo", 40, 20)
    with first.file.open() as file, Image.open(file) as image:
        assert (image.format, image.getpixel((5, 5))) == ("PNG", (255, 200, 0, 128))


def test_what_is_no_logo_has_a_sentence():
    with pytest.raises(LogoError, match="is no picture that can be used"):
        store_logo(a_user(), SimpleUploadedFile("a.png", b"words"))
    assert not Asset.objects.exists()
