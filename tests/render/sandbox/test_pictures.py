"""Small pictures are made in a child process."""

import io

import pytest
from PIL import Image

from tests.media_files import jpeg
from videos.render.errors import CoverError
from videos.render.sandbox.pictures import make_pictures_in_child


def test_a_picture_becomes_a_preview_a_poster_and_a_thumbnail():
    pictures = make_pictures_in_child(jpeg(1920, 1080))
    kinds = {}
    for name in ("preview", "poster", "thumbnail"):
        with Image.open(io.BytesIO(getattr(pictures, name))) as picture:
            kinds[name] = (picture.format, *picture.size)
    assert kinds == {
        "preview": ("JPEG", 1200, 630),
        "poster": ("WEBP", 854, 480),
        "thumbnail": ("WEBP", 320, 180),
    }


@pytest.mark.parametrize("data", [b"", b"no picture", jpeg(64, 64)[:200], b"GIF89a" + bytes(50)])
def test_what_is_no_jpeg_is_refused_with_a_sentence(data):
    with pytest.raises(CoverError, match="cannot be read"):
        make_pictures_in_child(data)
