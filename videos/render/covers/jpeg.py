"""Conversion of covers: whatever is read becomes an RGB JPEG without metadata."""

from io import BytesIO
from typing import IO

from videos.render.covers.reading import read_picture

MAX_SIDE = 2048  # pixels
QUALITY = 90


def convert_to_jpeg(file: IO[bytes], max_side: int = MAX_SIDE) -> bytes:
    """Return the picture in ``file`` as a JPEG: upright, sRGB, no side longer than ``max_side``.

    Only the first frame of an animation is used. The size is checked before a pixel is decoded.
    Raises ``CoverError``.
    """
    target = BytesIO()
    picture = read_picture(file, max_side, max_side)
    picture.save(target, "JPEG", quality=QUALITY, optimize=True, progressive=True, exif=b"")
    return target.getvalue()
