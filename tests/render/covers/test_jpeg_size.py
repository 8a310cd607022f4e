from io import BytesIO

import pytest
from PIL import Image

from videos.render.covers.jpeg import convert_to_jpeg
from videos.render.covers.jpeg_size import jpeg_size


@pytest.mark.parametrize("size", [(40, 30), (1, 700), (513, 257)])
def test_the_size_of_what_we_make_is_read(size: tuple[int, int]) -> None:
    picture = BytesIO()
    Image.new("RGB", size, "red").save(picture, "PNG")
    assert jpeg_size(convert_to_jpeg(picture, 2048)) == size


def test_anything_else_is_an_error() -> None:
    with pytest.raises(ValueError, match="no JPEG"):
        jpeg_size(b"words")
