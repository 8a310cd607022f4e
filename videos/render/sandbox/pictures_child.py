"""The child process of ``make_pictures_in_child``: ``python -m …sandbox.pictures_child``.

It reads a JPEG from its standard input.
"""

import sys
from io import BytesIO
from typing import BinaryIO

from PIL import Image, ImageEnhance, ImageFilter

from videos.render.sandbox.answers import encode_answer
from videos.render.sandbox.confinement import confine
from videos.render.sandbox.limits import Limits
from videos.render.sandbox.pictures import (
    POSTER_SIDE,
    PREVIEW_SIZE,
    THUMBNAIL_SIDE,
    UNREADABLE,
    Pictures,
)

LIMITS = Limits(memory=768, cpu_seconds=15)
MAX_PIXELS = 4096 * 4096
MAX_PREVIEW_BYTES = 280_000  # beyond 300 kB, WhatsApp shows no picture
PREVIEW_QUALITIES = (84, 74, 60, 40)  # the first one that fits
MAX_CROP = 0.08  # of a side: a little more width or height than the preview has is cut off
BLUR_RADIUS = 12  # pixels of a picture of a sixth of the size
WEBP = {"format": "WEBP", "method": 5}
WEBP_QUALITY = 64
MAX_POSTER_BYTES = 20_000  # a page waits for it before its film
POSTER_QUALITIES = (WEBP_QUALITY, 54, 44, 34, 24)  # the first one that fits


def make_pictures(source: BinaryIO) -> Pictures:
    """Return the small pictures of the JPEG in ``source``; raises OSError or ValueError."""
    with Image.open(source, formats=["JPEG"]) as file:
        if file.width * file.height > MAX_PIXELS:
            raise ValueError(UNREADABLE)
        picture = file.convert("RGB")
    return Pictures(
        _encode_preview(draw_preview(picture)),
        _encode_poster(_fit(picture, POSTER_SIDE)),
        _encode(_fit(picture, THUMBNAIL_SIDE), quality=WEBP_QUALITY, **WEBP),
    )


def draw_preview(picture: Image.Image) -> Image.Image:
    """Return ``picture`` in the size of previews: whole, before a blurred one of itself.

    Of one that has almost the shape of a preview, such as a wide film's, the edges are cut off.
    """
    width, height = PREVIEW_SIZE
    cover = max(width / picture.width, height / picture.height)
    filled = (round(picture.width * cover), round(picture.height * cover))
    if filled[0] <= width * (1 + MAX_CROP) and filled[1] <= height * (1 + MAX_CROP):
        return _crop(picture.resize(filled, Image.Resampling.LANCZOS), width, height)
    small = _crop(picture.resize((filled[0] // 6 + 1, filled[1] // 6 + 1)), width // 6, height // 6)
    blurred = small.filter(ImageFilter.GaussianBlur(BLUR_RADIUS))
    ground = ImageEnhance.Color(blurred.resize(PREVIEW_SIZE, Image.Resampling.BICUBIC))
    result = ImageEnhance.Brightness(ground.enhance(1.4)).enhance(0.8)
    fit = min(width / picture.width, height / picture.height)
    size = (max(1, round(picture.width * fit)), max(1, round(picture.height * fit)))
    whole = picture.resize(size, Image.Resampling.LANCZOS)
    result.paste(whole, ((width - size[0]) // 2, (height - size[1]) // 2))
    return result


def _crop(picture: Image.Image, width: int, height: int) -> Image.Image:
    """Return the middle of ``picture``."""
    left, top = (picture.width - width) // 2, (picture.height - height) // 2
    return picture.crop((left, top, left + width, top + height))


def _fit(picture: Image.Image, side: int) -> Image.Image:
    copy = picture.copy()
    copy.thumbnail((side, side), Image.Resampling.LANCZOS)
    return copy


def _encode_preview(picture: Image.Image) -> bytes:
    for quality in PREVIEW_QUALITIES:
        file = _encode(picture, format="JPEG", quality=quality, optimize=True, progressive=True)
        if len(file) <= MAX_PREVIEW_BYTES:
            break
    return file


def _encode_poster(picture: Image.Image) -> bytes:
    for quality in POSTER_QUALITIES:
        file = _encode(picture, quality=quality, **WEBP)
        if len(file) <= MAX_POSTER_BYTES:
            break
    return file


def _encode(picture: Image.Image, **options: object) -> bytes:
    target = BytesIO()
    picture.save(target, **options)  # type: ignore[arg-type]  # the options of the format
    return target.getvalue()


def main(source: BinaryIO, target: BinaryIO) -> None:
    """Write the pictures of the one in ``source``, or an error, to ``target``."""
    confine(LIMITS)
    try:
        pictures = make_pictures(BytesIO(source.read()))
    except (OSError, ValueError, MemoryError, Image.DecompressionBombError):
        target.write(encode_answer({"error": UNREADABLE}))
        return
    files = (pictures.preview, pictures.poster, pictures.thumbnail)
    target.write(encode_answer({"sizes": [len(file) for file in files]}, b"".join(files)))


if __name__ == "__main__":
    main(sys.stdin.buffer, sys.stdout.buffer)
