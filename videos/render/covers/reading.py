"""Reads pictures: whatever is taken becomes upright, opaque, 8 bits a channel and sRGB."""

from contextlib import suppress
from pathlib import Path
from typing import IO

from PIL import ExifTags, Image

from videos.render.covers.formats import START, PictureFormat, find_format, refusal
from videos.render.covers.ground import lay_on_ground
from videos.render.covers.jpeg_scans import has_too_many_scans
from videos.render.covers.modes import simplify_mode
from videos.render.covers.srgb import find_colours, to_srgb
from videos.render.errors import CoverError
from videos.render.errors import gettext_noop as _

MAX_PIXELS = 25_000_000  # more would take over 100 MB: refused before it is decoded

TOO_LARGE = _(
    "The cover is too large: %(megapixels)d megapixels are the limit. Make it smaller and use that."
) % {"megapixels": MAX_PIXELS // 1_000_000}

TRANSPOSITIONS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def read_picture(
    source: Path | IO[bytes], min_side: int, max_side: int | None = None
) -> Image.Image:
    """Return the whole picture in ``source`` in RGB; of an animation its first frame.

    ``min_side`` pixels of its sides are enough: a huge JPEG may be decoded smaller. ``max_side`` is
    what its longer side is reduced to. Raises ``CoverError`` with a sentence.
    """
    if isinstance(source, Path):
        try:
            with source.open("rb") as file:
                return read_picture(file, min_side, max_side)
        except OSError as error:
            raise CoverError(
                _("The cover cannot be read: %(error)s.") % {"error": error.strerror}
            ) from error
    source.seek(0)
    start = source.read(START)
    kind = find_format(start)
    if kind is None:
        raise CoverError(refusal(start))
    try:
        return _decode(source, kind, min_side, max_side)
    except CoverError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise CoverError(TOO_LARGE) from error
    except Exception as error:  # a damaged picture can raise almost anything out of Pillow
        raise CoverError(_damage_message(kind)) from error


def _damage_message(kind: PictureFormat) -> str:
    text = _(
        "The cover cannot be read: this %(format)s file is damaged or not whole. Save or download "
        "it again and use that."
    )
    return text % {"format": kind.name}


def _decode(
    file: IO[bytes], kind: PictureFormat, min_side: int, max_side: int | None
) -> Image.Image:
    """Return the picture; raises whatever Pillow raises, and ``CoverError``."""
    if kind.name == "JPEG" and has_too_many_scans(file):
        raise CoverError(_damage_message(kind))
    file.seek(0)
    with Image.open(file, formats=[kind.decoder]) as image:
        if image.width * image.height > MAX_PIXELS:
            raise CoverError(TOO_LARGE)
        image.draft("RGB", (min_side, min_side))
        image.load()
        transposition = TRANSPOSITIONS.get(_read_orientation(image))
        colours = find_colours(image, file)
        picture = simplify_mode(image, file)
        if transposition is not None:
            picture = picture.transpose(transposition)
        if max_side is not None:
            picture.thumbnail((max_side, max_side), Image.Resampling.LANCZOS)
        result = lay_on_ground(to_srgb(picture, colours))
    result.info = {}  # neither profile nor comment goes on
    return result


def _read_orientation(image: Image.Image) -> int:
    """Return how the camera was held, as Exif numbers it; damaged Exif tells nothing."""
    with suppress(Exception):  # damage can raise almost anything, and a warning
        return int(image.getexif().get(ExifTags.Base.Orientation, 1))
    return 1
